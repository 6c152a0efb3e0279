"""Who is told when something of a duty waits for them: in the act's own transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.models import Appointment, Person, Serves
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, Way, register
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.actor import Role

ISSUED, RETURNED, DONE = "directives.issued", "directives.returned", "directives.to-accept"
BACK, RECALLED = "directives.sent-back", "directives.recalled"
ASKED, EXTENDED = "directives.extension-asked", "directives.extended"
NOT_EXTENDED, MOVED = "directives.not-extended", "directives.moved"
REMINDER, ABOVE = "directives.reminder", "directives.reminder-above"
HEADS = (Role.LEADER, Role.TEAM_HEAD, Role.STEERING)
SAYS = {
    ISSUED: "Nhiệm vụ mới, hạn {due}: {task}",
    RETURNED: "Nhiệm vụ bị trả lại: {task}",
    DONE: "Chờ nghiệm thu: {task}",
    BACK: "Yêu cầu làm tiếp: {task}",
    RECALLED: "Đã thu hồi nhiệm vụ: {task}",
    ASKED: "Xin gia hạn: {task}",
    EXTENDED: "Đã gia hạn đến {due}: {task}",
    NOT_EXTENDED: "Không gia hạn, hạn vẫn là {due}: {task}",
    MOVED: "Nhận nhiệm vụ của cơ quan trước, hạn {due}: {task}",
}


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(ISSUED, _("Nhiệm vụ mới giao")),
            Kind(RETURNED, _("Nhiệm vụ bị trả lại")),
            Kind(DONE, _("Nhiệm vụ chờ nghiệm thu")),
            Kind(BACK, _("Nhiệm vụ phải làm tiếp")),
            Kind(RECALLED, _("Nhiệm vụ bị thu hồi"), Way.SITE),
            Kind(ASKED, _("Xin gia hạn nhiệm vụ")),
            Kind(EXTENDED, _("Nhiệm vụ được gia hạn"), Way.SITE),
            Kind(NOT_EXTENDED, _("Nhiệm vụ không được gia hạn")),
            Kind(MOVED, _("Nhiệm vụ chuyển từ cơ quan trước")),
            Kind(REMINDER, _("Nhắc việc đến hạn, quá hạn")),
            Kind(ABOVE, _("Việc quá hạn của cơ quan, của nơi được giao")),
        ]
    )


def heads_of(bodies: Iterable[int], on: date) -> dict[int, set[int]]:
    """The accounts of the heads of each body on a day, those of the offices serving it among them."""
    wanted = {b for b in bodies if b}
    serving: defaultdict[int, set[int]] = defaultdict(set)
    for body, served in (
        Serves.objects.on(on).filter(served__in=wanted).values_list("body", "served")
    ):
        serving[body].add(served)
    held = Appointment.objects.on(on).filter(
        post__body__in=wanted | serving.keys(),
        post__role__in=HEADS,
        person__account__isnull=False,
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for body, account in held.values_list("post__body", "person__account"):
        for one in {body} & wanted | serving.get(body, set()):
            found[one].add(account)
    return dict(found)


def accounts_of(people: Iterable[int]) -> dict[int, int]:
    """The account of each person who has one."""
    rows = Person.objects.filter(pk__in={p for p in people if p}, account__isnull=False)
    return dict(rows.values_list("pk", "account"))


def issued(act: Act, duties: Sequence[Duty]) -> None:
    """Tell the person and the heads of the lead."""
    to_lead(act, duties, ISSUED)


def to_lead(act: Act, duties: Sequence[Duty], kind: str) -> None:
    """Tell the person of each duty and the heads of its lead, except who just did it."""
    heads = heads_of({d.lead_id or 0 for d in duties}, act.on)
    accounts = accounts_of({d.person_id or 0 for d in duties})
    for duty in duties:
        person = accounts.get(duty.person_id or 0)
        people = heads.get(duty.lead_id or 0, set()) | ({person} if person else set())
        _tell(act, duty, kind, people)


def to_assigner(act: Act, duty: Duty, kind: str) -> None:
    """Tell the heads of the assigner."""
    _tell(act, duty, kind, heads_of([duty.assigner_id], act.on).get(duty.assigner_id, set()))


def _tell(act: Act, duty: Duty, kind: str, people: set[int]) -> None:
    told = people - {act.by.user}
    if told:
        due = day(duty.due_on) if duty.due_on else "–"
        title = SAYS[kind].format(task=duty.task[:200], due=due)
        tell(told, kind, title, reverse("directives:duty", args=[duty.pk]), at=act.at)
