"""Decisions on their way, every step of each, the papers, who was asked, and what is to be done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.decisions.models.choices import Act, PaperKind, Stance, State, Track
from thongsuot.apps.decisions.models.sessions import Session
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.decisions.docket import OVER

GOES_ON = ~Q(state__in=sorted(OVER))


class Docket(models.Model):
    """One matter on its way to a decision (hồ sơ trình).

    ``owner`` is the committee that submits, ``party`` whose board gives the opinion, ``council``
    who decides on the council's track. ``state`` and ``since`` always equal the last step;
    ``number`` is that of the resolution or decision once there is one.
    """

    title = models.CharField(max_length=300)
    summary = models.TextField()
    track = models.CharField(max_length=9, choices=Track.choices)
    matter = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=500, blank=True)
    owner = BodyField(
        when_closed="moves",
        open_rows=GOES_ON,
        what=_("hồ sơ trình đang giải quyết"),
        related_name="+",
        db_index=False,
    )
    party = BodyField(
        when_closed="moves",
        open_rows=GOES_ON,
        what=_("hồ sơ trình qua cấp ủy"),
        null=True,
        blank=True,
        related_name="+",
    )
    council = BodyField(
        when_closed="moves",
        open_rows=GOES_ON,
        what=_("hồ sơ trình HĐND"),
        null=True,
        blank=True,
        related_name="+",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    since = models.DateField()
    urgent = models.BooleanField(default=False)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="dockets"
    )
    number = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=700)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="decisions_docket_state"
            ),
            models.CheckConstraint(
                condition=Q(track__in=Track.values), name="decisions_docket_track"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SCHEDULED) | Q(session__isnull=False),
                name="decisions_docket_scheduled_has_session",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[State.RESOLVED, State.PUBLISHED, State.IMPLEMENTING, State.DONE]
                )
                | Q(decided_on__isnull=False) & ~Q(number=""),
                name="decisions_docket_decided_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="decisions_docket_owner"),
            models.Index(fields=["unit", "state"], name="decisions_docket_unit"),
            models.Index(fields=["since", "id"], name="decisions_docket_since"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What people call it: HST-7."""
        return f"HST-{self.pk}"


class DocketStep(models.Model):
    """One step of a decision: from which state to which, by whom, on which number and reason."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12, choices=Act.choices)
    src = models.CharField(max_length=12, choices=State.choices)
    dst = models.CharField(max_length=12, choices=State.choices)
    on = models.DateField()
    number = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    by_body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["docket", "id"], name="decisions_step_in_order")]

    def __str__(self) -> str:
        return f"{self.docket_id} {self.act}"


class DocketPaper(models.Model):
    """One paper of a decision: what it is, its number and day, its file. The newest of a kind counts."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=PaperKind.choices)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=100, blank=True)
    day = models.DateField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["docket", "kind"], name="decisions_paper_of")]

    def __str__(self) -> str:
        return self.title


class Consultation(models.Model):
    """That a body was asked for its opinion on a draft, by a day."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="consultations")
    body = BodyField(when_closed="stays", related_name="+")
    due_on = models.DateField()
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.docket_id} → {self.body_id}"


class Opinion(models.Model):
    """What a body answered that was asked; once and for good."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="opinion")
    stance = models.CharField(max_length=9, choices=Stance.choices)
    text = models.TextField(blank=True)
    number = models.CharField(max_length=100, blank=True)
    on = models.DateField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.stance}"


class Vote(models.Model):
    """How the council voted on a matter in a session."""

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="votes")
    session = models.ForeignKey(Session, models.PROTECT, related_name="votes")
    members = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    carried = models.BooleanField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.docket_id}: {self.votes_for}/{self.members}"


class Task(models.Model):
    """What is to be done to carry a decision out: who leads, by when.

    ``duty`` points (kind:id) at the duty that another room keeps for it, empty until it was
    handed over; the words, the lead and the day stay what was decided.
    """

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=500)
    lead = BodyField(
        when_closed="moves",
        open_rows=Q(done_on__isnull=True, duty=""),  # a duty is moved by the room that keeps it
        what=_("việc thực hiện nghị quyết, quyết định"),
        related_name="+",
    )
    due_on = models.DateField()
    duty = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_how = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["docket", "id"], name="decisions_task_in_order")]

    def __str__(self) -> str:
        return self.text
