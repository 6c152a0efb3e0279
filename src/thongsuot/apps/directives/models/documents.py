"""Documents that give duties, to whom they went, and working sessions with what was said there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models.choices import DocumentKind
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.foundation.files.models import StoredFile


class Document(models.Model):
    """A document (văn bản chỉ đạo) with its text; ``kept_by`` is the body that put it on the register.

    ``covers_from`` … ``covers_to`` is the period it is about, both days inside (từ 1 đến 15/9).
    ``carries_out`` is the upper document that it implements.
    """

    issuer = BodyField(when_closed="stays", related_name="+")
    kept_by = BodyField(when_closed="stays", related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    signer = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)
    carries_out = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_out_by"
    )
    folded = models.CharField(max_length=700)
    folded_text = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="directives_document_kind"
            ),
            models.CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_to__isnull=True)
                | Q(covers_to__gte=F("covers_from")),
                name="directives_document_period",
            ),
            models.CheckConstraint(
                condition=~Q(carries_out=F("id")), name="directives_document_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["issued_on", "id"], name="directives_document_on"),
            models.Index(fields=["folded", "id"], name="directives_document_folded"),
            models.Index(fields=["kept_by", "issued_on"], name="directives_document_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Recipient(models.Model):
    """A body to which a document went (nơi nhận)."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="recipients", db_index=False
    )
    body = BodyField(when_closed="stays", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "body"], name="directives_recipient_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.body_id}"


class Meeting(models.Model):
    """A working session (buổi làm việc): who came, what was heard, what was concluded.

    ``conclusion`` is the document that came of it; its duties are drafted from there.
    """

    host = BodyField(when_closed="stays", related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    title = models.CharField(max_length=500)
    place = models.CharField(max_length=300, blank=True)
    head = models.CharField(max_length=300)  # trưởng đoàn, người chủ trì: name and post as said
    conclusion = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["on", "id"], name="directives_meeting_on"),
            models.Index(fields=["host", "on"], name="directives_meeting_host"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A body at a session: expected, and whether it came; what it reported, if it did."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", db_index=False)
    body = BodyField(when_closed="stays", related_name="+")
    came = models.BooleanField(null=True)
    people = models.CharField(max_length=500, blank=True)
    heard = models.CharField(max_length=1000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "body"], name="directives_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.body_id}"


class Question(models.Model):
    """Something asked at a session, the answer on record, and the follow-up that was promised.

    A question without an answer, or whose follow-up has not come, is owed by ``owed_by``.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="questions")
    asked_by = models.CharField(max_length=200, blank=True)
    asked = models.CharField(max_length=1000)
    owed_by = BodyField(
        when_closed="moves",
        open_rows=Q(closed_at__isnull=True),
        what=_("câu trả lời, báo cáo bổ sung còn nợ"),
        related_name="+",
    )
    due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(answer=""),
                name="directives_question_closed_with_answer",
            )
        ]
        indexes = [
            models.Index(
                fields=["owed_by", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="directives_question_owed",
            )
        ]

    def __str__(self) -> str:
        return self.asked[:80]
