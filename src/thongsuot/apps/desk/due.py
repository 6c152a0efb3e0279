"""What waits for a person beside handover and duties: reports, briefs, milestones, boards, answers.

Each room says what is owed; here it becomes one list, what is overdue first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.directives import waiting
from thongsuot.apps.directives.queries import questions_owed
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.models import Recipient
from thongsuot.apps.reporting.queries.returns import owed
from thongsuot.apps.reporting.queries.rounds import latest_rounds
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation.wording import day, moment, number
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import local_day
from thongsuot.rules.kernel.period import Period

SHOWN = 30
LATE, TODAY, COMING = 0, 1, 2
TONES = {LATE: "lost", TODAY: "wait", COMING: "quiet"}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits: what is to be done, with what, by when, where to do it.

    ``when`` is the deadline as written; ``rank`` 0 is overdue, 1 due today or waiting now, 2 later.
    """

    rank: int
    on: date
    what: str
    title: str
    url: str
    when: str = ""
    note: str = ""

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.rank]


def everything_due(actor: Actor, now: datetime) -> tuple[Due, ...]:
    """What is overdue first, then by day; of each kind at most a page. A fixed number of queries."""
    if actor.hat is None:
        return ()
    found = [
        *_reports(actor, now),
        *_gathering(actor, now),
        *_briefs(actor, now),
        *_steps(actor, now),
        *_boards(actor, now),
        *_answers(actor, now),
    ]
    return tuple(sorted(found, key=lambda d: (d.rank, d.on, d.title)))


def _rank(due: date, today: date) -> int:
    return LATE if due < today else TODAY if due == today else COMING


def _reports(actor: Actor, now: datetime) -> Iterator[Due]:
    for row in owed(actor, now)[:SHOWN]:
        due = row.round.due_at
        rank = LATE if due < now else _rank(local_day(due), local_day(now))
        yield Due(
            TODAY if row.received_at else rank,
            local_day(due),
            _("Sửa báo cáo được mở lại") if row.received_at else _("Nộp báo cáo"),
            row.round.series.name,
            reverse("reporting:return", args=[row.pk]),
            moment(due),
            period_words(row.round.series.kind, row.round.period),
        )


def _gathering(actor: Actor, now: datetime) -> Iterator[Due]:
    """Periods that one's bodies gather and that are not whole yet, with how many are there."""
    own = permit.own_bodies(actor)
    series = permit.gathered_series(actor).filter(body__in=own, closed_at__isnull=True)
    for line in latest_rounds(series, now):
        counts, round_ = line.counts, line.round
        if round_.locked_at or not counts.waiting + counts.silent:
            continue
        yield Due(
            LATE if counts.silent else COMING,
            local_day(round_.due_at),
            _("Đôn đốc nộp báo cáo") if counts.silent else _("Đang gom báo cáo"),
            round_.series.name,
            reverse("reporting:round", args=[round_.pk]),
            moment(round_.due_at),
            _("%(n)s/%(all)s đơn vị đã báo cáo")
            % {"n": number(counts.received), "all": number(counts.expected)},
        )


def _briefs(actor: Actor, now: datetime) -> Iterator[Due]:
    """Papers to recipients that are not signed yet: for a head to sign, for the others to write."""
    rows = (
        permit.visible_briefs(actor)
        .filter(
            signed_at__isnull=True,
            made_at__lte=now,
            snapshot__recipient__series__body__in=permit.own_bodies(actor),
        )
        .select_related("snapshot__recipient__series")
        .defer("snapshot__content", "words")
        .order_by("snapshot__since", "pk")
    )
    for row in rows[:SHOWN]:
        to: Recipient = row.snapshot.recipient
        signs = permit.allowed(actor, "brief.sign", row)
        yield Due(
            TODAY,
            row.snapshot.until,
            _("Đọc và ký văn bản") if signs else _("Soạn tiếp, trình ký"),
            _("%(kind)s gửi %(to)s") % {"kind": row.get_kind_display(), "to": to.name},
            reverse("reporting:brief", args=[row.pk]),
            "",
            period_words(to.kind, Period(row.snapshot.since, row.snapshot.until)),
        )


def _steps(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_day(now)
    for step in waiting.steps_owed(actor, today):
        yield Due(
            _rank(step.due_on, today),
            step.due_on,
            _("Mốc kế hoạch"),
            step.title,
            reverse("directives:plan", args=[step.plan_id]),
            day(step.due_on),
            step.plan.title,
        )


def _boards(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_day(now)
    for one in waiting.rounds_due(actor, now):
        name = "directives:board-say" if one.mine_missing else "directives:board"
        said = {"n": number(one.said), "all": number(one.of)}
        yield Due(
            _rank(one.on, today),
            one.on,
            _("Báo nội dung trọng tâm") if one.mine_missing else _("Đôn đốc nội dung trọng tâm"),
            one.board.title,
            reverse(name, args=[one.board.pk]),
            day(one.on),
            _("%(n)s/%(all)s nơi đã báo") % said if one.owned else "",
        )


def _answers(actor: Actor, now: datetime) -> Iterator[Due]:
    today = local_day(now)
    for row in questions_owed(actor).select_related("meeting")[:SHOWN]:
        due = row.due_on
        yield Due(
            _rank(due, today) if due else TODAY,
            due or row.meeting.on,
            _("Trả lời, báo cáo bổ sung"),
            row.asked[:200],
            reverse("directives:meeting", args=[row.meeting_id]),
            day(due) if due else "",
            row.meeting.title,
        )
