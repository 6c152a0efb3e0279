"""Duties (nhiệm vụ): who, what, where, by when, and tell whom; and everything said about them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models.boards import Milestone, Point
from thongsuot.apps.directives.models.choices import (
    DutyState,
    EveryWord,
    Lane,
    LineKind,
    Manner,
    Relation,
    TermWord,
)
from thongsuot.apps.directives.models.documents import Document, Meeting
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Person, Unit
from thongsuot.foundation.files.models import StoredFile
from thongsuot.rules.directives import lifecycle
from thongsuot.rules.directives.duty import LONGEST_TASK, LONGEST_TEXT

OPEN = Q(state__in=lifecycle.OPEN)
TO_DO = Q(state__in=lifecycle.TO_DO)
BOUND = ~Q(state__in=(lifecycle.DRAFT, lifecycle.DROPPED))


class Duty(models.Model):
    """A duty. A draft may lack anything; an issued one has lead, person, place and due moment.

    ``ledger`` is the body under whose chain of the trail every act on it stands. ``due_at`` is the
    moment at which it, or the next answer of its rhythm, is due; ``due_on`` its local day;
    ``first_due_on`` the day first given, whatever became of it. The ``…_words`` are the words of
    the source, kept beside what was made of them: ``quote`` is the sentence, ``start`` and ``end``
    its place in the text of the document. ``above`` is the duty it carries on (chain).
    """

    ledger = models.BigIntegerField()
    code = models.CharField(max_length=60, blank=True)  # the office's own number; NV-… when none
    batch = models.BigIntegerField(null=True, blank=True)  # the import it came with
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="duties"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="duties"
    )
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="duties")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="duties"
    )
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    assigner = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("nhiệm vụ đã giao, còn phải theo dõi"),
        related_name="+",
    )
    lead = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("nhiệm vụ đang chủ trì"),
        null=True,
        blank=True,
        related_name="+",
    )
    report_to = BodyField(
        when_closed="moves",
        open_rows=OPEN,
        what=_("nhiệm vụ chờ báo cáo về"),
        null=True,
        blank=True,
        related_name="+",
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.CharField(max_length=LONGEST_TASK)
    product = models.CharField(max_length=LONGEST_TEXT, blank=True)
    place_words = models.CharField(max_length=LONGEST_TEXT, blank=True)
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.NORMAL)
    manner = models.CharField(max_length=8, choices=Manner.choices, default=Manner.TASK)
    laws = models.JSONField(default=list, blank=True)

    term_kind = models.CharField(max_length=8, choices=TermWord.choices, blank=True)
    term_day = models.DateField(null=True, blank=True)
    every = models.CharField(max_length=12, choices=EveryWord.choices, blank=True)
    anchor_on = models.DateField(null=True, blank=True)
    hours = models.JSONField(default=list, blank=True)  # ["09:00"]; empty: the end of work
    until_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)

    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    lead_words = models.CharField(max_length=LONGEST_TEXT, blank=True)
    parts_words = models.CharField(max_length=LONGEST_TASK, blank=True)
    due_words = models.CharField(max_length=LONGEST_TEXT, blank=True)
    rhythm_words = models.CharField(max_length=LONGEST_TEXT, blank=True)
    report_words = models.CharField(max_length=LONGEST_TEXT, blank=True)

    state = models.CharField(max_length=12, choices=DutyState.choices, default=DutyState.DRAFT)
    percent = models.PositiveSmallIntegerField(default=0)
    said_at = models.DateTimeField(null=True, blank=True)  # last word from the lead for this due
    done_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    told_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.CharField(max_length=1200)
    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "code"], condition=~Q(code=""), name="directives_duty_code_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DutyState.values), name="directives_duty_state"
            ),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="directives_duty_lane"),
            models.CheckConstraint(
                condition=Q(manner__in=Manner.values), name="directives_duty_manner"
            ),
            models.CheckConstraint(
                condition=~OPEN
                | Q(
                    lead__isnull=False,
                    due_at__isnull=False,
                    due_on__isnull=False,
                    first_due_on__isnull=False,
                    issued_at__isnull=False,
                ),
                name="directives_duty_open_has_lead_and_day",
            ),
            models.CheckConstraint(
                condition=Q(every="") | (Q(term_day__isnull=True) & Q(anchor_on__isnull=False)),
                name="directives_duty_day_or_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True) | Q(end__gt=F("start")),
                name="directives_duty_span",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="directives_duty_percent"),
            models.CheckConstraint(condition=~Q(above=F("id")), name="directives_duty_not_itself"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="directives_duty_due"),
            models.Index(fields=["state", "due_on", "id"], name="directives_duty_state_due"),
            models.Index(fields=["lane", "due_on", "id"], name="directives_duty_lane_due"),
            models.Index(fields=["lead", "due_on", "id"], name="directives_duty_lead"),
            models.Index(fields=["assigner", "due_on", "id"], name="directives_duty_assigner"),
            models.Index(fields=["person", "due_on", "id"], name="directives_duty_person"),
            models.Index(fields=["unit", "due_on", "id"], name="directives_duty_unit"),
            models.Index(fields=["folded", "id"], name="directives_duty_folded"),
            models.Index(fields=["due_on", "id"], condition=TO_DO, name="directives_duty_to_do"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(asked_on__isnull=False),
                name="directives_duty_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.task[:80]


class DutyPlace(models.Model):
    """A territory in which a duty is to be done."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="places", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit"], name="directives_dutyplace_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} @ {self.unit_id}"


class DutyPart(models.Model):
    """The piece of a co-ordinating body (phối hợp), and whether it is done."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="parts", db_index=False)
    body = BodyField(
        when_closed="moves",
        open_rows=Q(done_at__isnull=True, duty__state__in=lifecycle.OPEN),
        what=_("phần việc phối hợp chưa xong"),
        related_name="+",
    )
    what = models.CharField(max_length=LONGEST_TEXT)
    done_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=LONGEST_TASK, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "body"], name="directives_dutypart_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.body_id}"


class Party(models.Model):
    """Which bodies a duty concerns, so that a person's list is one question. Kept with the duty."""

    body = BodyField(when_closed="stays", related_name="+", db_index=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="parties")
    relation = models.CharField(max_length=8, choices=Relation.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "relation", "duty"], name="directives_party_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.relation} {self.duty_id}"


class DutyLine(models.Model):
    """One line of the history of a duty. Only ever added to.

    ``due_at`` of an answer is the due moment it answers; of a change of day the day before.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=LineKind.choices)
    state = models.CharField(max_length=12, choices=DutyState.choices)
    words = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    nothing = models.BooleanField(default=False)  # không phát sinh
    due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    body = BodyField(when_closed="stays", null=True, related_name="+")
    user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    post = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="directives_dutyline_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}/{self.number} {self.kind}"


class Evidence(models.Model):
    """A file put to a line as evidence (minh chứng). Only ever added to."""

    line = models.ForeignKey(DutyLine, models.PROTECT, related_name="evidence", db_index=False)
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="directives_evidence_once")
        ]

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """A rung of the ladder that was taken: for which due day, to whom. Only ever added to."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="reminders", db_index=False)
    due_on = models.DateField()
    rung = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=8)
    people = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "due_on", "rung"], name="directives_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.due_on:%Y-%m-%d} {self.rung}"


class Feed(models.Model):
    """A person's calendar address: who knows the secret reads the days, until it is revoked.

    Only the hash of the secret is kept. ``appointment`` is the post it reads for.
    """

    user = models.BigIntegerField()
    appointment = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="directives_feed_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
