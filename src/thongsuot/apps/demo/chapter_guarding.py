"""Two stores of Hà Đông guarded round the clock in the last days of June: one round late, one gap refused."""

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import timezone

from thongsuot.apps.demo import names
from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.guarding import actions, codes
from thongsuot.apps.guarding.jobs import watch_all
from thongsuot.apps.guarding.models import Shift
from thongsuot.apps.registry.models import Appointment, AppointmentStatus, Person, Post
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

STORES = (
    ("hd-tp", "Kho lưu trữ số 1 (minh họa)", ("Cửa chính", "Giá A", "Cửa sau")),
    ("hd-vp", "Kho lưu trữ số 2 (minh họa)", ("Cửa chính", "Hành lang")),
)
SEED, FOUR = 2424, 4
FIRST, LAST = date(2025, 6, 22), date(2025, 7, 1)  # guarded from six in the morning to six
HOURS = (6, 14, 22)
LATE = 25  # minutes


@action("demo.guards-placed")
def place_guards(act: Act, *, body_id: int, people: list[str]) -> Result:
    """Give the guards of the story their posts in an office."""
    act.record(chain="demo", subject=Ref("body", body_id), after={"guards": people})
    made = []
    for name in people:
        person = Person.objects.create(full_name=name, folded=fold(name), demo=True)
        post = Post.objects.create(
            body_id=body_id, title="Nhân viên bảo vệ", role=Role.CLERK, recorded_at=act.at
        )
        Appointment.objects.create(
            person=person,
            post=post,
            status=AppointmentStatus.OFFICIAL,
            authority="Số liệu minh họa",
            recorded_at=act.at,
        )
        made.append(person.pk)
    return {"people": made}


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def guard(teller: "Teller", stage: Stage) -> None:
    """Both stores from 22 June, with rosters to the first of July, up to the morning of the 24th."""
    draw = names.people(SEED)
    for number, (body, name, points) in enumerate(STORES):
        _one(teller, stage.bodies[body], name, points, list(islice(draw, FOUR)), number)


def _one(  # one store of the story
    teller: "Teller", body: int, name: str, points: tuple[str, ...], people: list[str], number: int
) -> None:
    teller.at = _at(FIRST, 5, 30)
    placed = place_guards(teller.act("lan"), body_id=body, people=people)
    guards = []
    for n, person in enumerate(list(placed["people"])):  # type: ignore[call-overload]  # plain values
        badge = codes.hashed(badge_of(number, n))
        done = actions.enrol_guard(
            teller.act("lan"), body_id=body, person_id=int(str(person)), badge=badge
        )
        guards.append(int(str(done["guard"])))
    teller.at = _at(FIRST, 5, 59)
    opened = actions.open_place(
        teller.act("lan"),
        body_id=body,
        name=name,
        address="Hà Đông, Hà Nội",
        first_id=guards[0],
        head_id=guards[1],
        settings={"every": 240, "rest_hours": 8, "week_hours": 56},
        demo=True,
    )
    place = int(str(opened["place"]))
    walls = [codes.point_code_for(f"demo/{place}/{point}") for point in points]
    for wall, point in zip(walls, points, strict=True):
        actions.add_point(teller.act("lan"), place_id=place, name=point, code=wall)
    _publish(teller, place, guards)
    _stand_in(teller, place, guards)
    _days(teller, place, guards, walls, number)


def badge_of(store: int, guard_: int) -> str:
    """The code of a guard of the story; documented, so that visitors can hand over a shift."""
    return f"KHO {'AB'[store]} NGUOI {'ABCD'[guard_]}"


def _publish(teller: "Teller", place: int, guards: list[int]) -> None:
    """The roster as first drawn has a hole, and is refused; then the whole one is published."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    since = [_at(day, hour) for day in days for hour in HOURS]
    shifts: list[dict[str, object]] = [
        {"guard": guards[n % FOUR], "since": s, "until": s + timedelta(hours=8)}
        for n, s in enumerate(since)
    ]
    until = _at(LAST, 6)

    def publish(shifts: list[dict[str, object]]) -> None:
        actions.publish_roster(
            teller.act("lan"), place_id=place, since=since[0], until=until, shifts=shifts
        )

    try:
        publish([s for s in shifts if s != shifts[19]])
    except Refused:
        publish(shifts)
    else:
        raise RuntimeError("a roster with a gap was published")


def _stand_in(teller: "Teller", place: int, guards: list[int]) -> None:
    """A guard asks off on 28 June: leaving the shift empty is refused, another takes it."""
    shift = Shift.objects.get(place=place, since=_at(date(2025, 6, 28), 14))
    reason = "Việc gia đình; bỏ trống 14:00–22:00 bị từ chối nên có người trực thay"
    for able in (0, *(g for g in guards if g != shift.guard_id)):
        try:
            actions.change_shift(teller.act("lan"), shift_id=shift.pk, guard_id=able, reason=reason)
        except Refused:
            continue
        break


def _days(teller: "Teller", place: int, guards: list[int], walls: list[str], number: int) -> None:
    """Hand-overs and rounds up to the morning of the 24th; one round of the first store is late."""
    end = _at(date(2025, 6, 24), 6, 10)
    moment, turn = _at(FIRST, 10), 0
    while moment < end:
        late = LATE if number == 0 and moment == _at(date(2025, 6, 23), 2) else 0
        if late:
            watch_all(moment + timedelta(minutes=16))
        for n, wall in enumerate(walls):
            teller.at = moment + timedelta(minutes=late - 10 + 3 * n)
            actions.scan_point(teller.act("lan"), place_id=place, code=wall)
        if moment.hour in HOURS and moment > _at(FIRST, 6):
            for later, who in enumerate((turn % FOUR, (turn + 1) % FOUR)):
                teller.at = moment + timedelta(minutes=later)
                actions.scan_badge(
                    teller.act("lan"), place_id=place, badge=codes.hashed(badge_of(number, who))
                )
            turn += 1
        moment += timedelta(hours=4)
