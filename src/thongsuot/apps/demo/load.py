"""Plays the story into an empty office, act by act, as its people would have done it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from thongsuot.apps.demo import (
    cast,
    chapter_authority,
    chapter_continuity,
    chapter_custody,
    chapter_decisions,
    chapter_difficulties,
    chapter_digitising,
    chapter_disclosure,
    chapter_duties,
    chapter_guarding,
    chapter_holding,
    chapter_oversight,
    chapter_procedures,
    chapter_proof,
    chapter_rearrangement,
    chapter_reports,
    chapter_settling,
    items,
    story_day,
    story_minutes,
    story_rules,
)
from thongsuot.apps.demo.bodies import DISTRICT_OFFICES
from thongsuot.apps.demo.cast import HANDING, Stage, slug_of, team
from thongsuot.apps.demo.models import StoryDay
from thongsuot.apps.handover import actions
from thongsuot.apps.handover.listing import Listed, open_rows
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.ref import Ref

TEAMS_BEGIN = "Quyết định thành lập các tổ (minh họa)"


@dataclass
class Teller:
    """Tells the story in order: each act a little later than the one before, by a named person."""

    at: datetime
    count: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)

    def on(self, day: date, hour: int = 8) -> None:
        """Go on at an hour of a later day."""
        self.at = timezone.make_aware(datetime.combine(day, time(hour)))

    def act(self, username: str) -> Act:
        """The next act of that person."""
        if username not in self.actors:
            user = User.objects.get(username=username)
            self.actors[username] = actor_of(user, timezone.localtime(self.at).date())
        return self.act_as(self.actors[username])

    def act_as(self, actor: Actor) -> Act:
        """The next act of somebody who has no account in the story."""
        self.count += 1
        self.at += timedelta(minutes=1)
        return Act(by=actor, key=f"story/{self.count:04d}", at=self.at)


@action("demo.cast-placed")
def place_cast(act: Act) -> Result:
    """Put the bodies and people of the story into the registry."""
    stage = cast.place(act.at)
    act.record(chain="demo", subject=Ref("demo", 1), after={"bodies": len(stage.bodies)})
    return {"bodies": stage.bodies, "new": stage.new_units, "old": stage.old_wards,
            "district": stage.district, "city": stage.city}  # fmt: skip


@action("demo.items-listed")
def list_items(
    act: Act, *, transition_id: int, bodies: dict[str, int], old: dict[str, int]
) -> Result:
    """Put the inventories of all district bodies on the list at once."""
    chain = f"transition:{transition_id}"
    transition = Transition.objects.get(pk=transition_id)
    rows = list(_listed(items.rows(list(old)), bodies, old))
    entry = act.record(
        chain=chain, subject=Ref("transition", transition_id), after={"rows": len(rows)}
    )
    return {"rows": open_rows(entry, transition, rows)}


def _listed(
    rows: Iterable[items.Row], bodies: dict[str, int], old: dict[str, int]
) -> Iterable[Listed]:
    for number, r in enumerate(rows, 2):
        yield Listed(
            kind=r.kind,
            code=r.code,
            title=r.title,
            giver=bodies[r.giver],
            quantity=r.quantity,
            measure=r.measure,
            unit=old[r.unit] if r.unit else None,
            field=r.field,
            value=r.value,
            place=r.place,
            container=r.container,
            secrecy=r.secrecy,
            citizen=r.citizen,
            next_due=r.next_due,
            annex={"counted_on": items.COUNTED.isoformat(), **r.annex},
            note="Số liệu minh họa",
            row=number,
        )


def cast_of(value: object) -> dict[str, int]:
    """A mapping of names to ids, out of the answer of an act."""
    return {str(name): int(pk) for name, pk in dict(value).items()}  # type: ignore[call-overload]  # plain values


def play() -> bool:
    """Play the whole story up to 24/06/2025. Returns False when it is there already."""
    if StoryDay.objects.exists():
        return False
    teller = Teller(timezone.make_aware(datetime.combine(date(2025, 6, 2), time(8))))
    director = Actor(user=0, name="Người dựng câu chuyện minh họa")
    placed = place_cast(Act(by=director, key="story/cast", at=teller.at))
    stage = Stage(
        bodies=cast_of(placed["bodies"]),
        district=int(str(placed["district"])),
        city=int(str(placed["city"])),
        new_units=cast_of(placed["new"]),
        old_wards=cast_of(placed["old"]),
        people={},
    )
    transition = _open(teller, stage)
    chapter_authority.empower(teller, stage)
    teller.on(date(2025, 6, 9))
    list_items(
        teller.act("lan"), transition_id=transition, bodies=stage.bodies, old=stage.old_wards
    )
    story_rules.decide(teller, stage, transition)
    chapter_settling.close_books(teller, stage, transition)
    story_minutes.count_and_sign(teller, stage, transition)
    chapter_holding.hold(teller, stage, transition)
    chapter_settling.settle(teller, stage, transition)
    chapter_custody.box_and_seal(teller, stage, transition)
    chapter_proof.prove(teller, transition)
    chapter_digitising.scan_archives(teller, stage)
    chapter_guarding.guard(teller, stage)
    chapter_continuity.copy_data(teller, stage, transition)
    chapter_disclosure.tell_the_public(teller, stage)
    chapter_duties.prepare(teller, stage)
    _tell_of_the_city(teller, director)
    chapter_reports.prepare(teller, stage)
    chapter_reports.report_weekly(teller)
    chapter_difficulties.ask_and_answer(teller, stage)
    chapter_decisions.decide(teller, stage)
    chapter_procedures.prepare_desks(teller, stage)
    chapter_authority.delegate(teller, stage)
    story_day.set_day(story_day.FIRST)
    return True


def _tell_of_the_city(teller: Teller, director: Actor) -> None:
    """Thành phố Hồ Chí Minh in September: duties, what is rearranged, who is commended."""
    act = Act(by=director, key="story/city", at=teller.at)
    city = chapter_duties.lead_the_city(teller, act)
    chapter_rearrangement.rearrange(teller, city)
    chapter_oversight.commend(teller, city)


def _open(teller: Teller, stage: Stage) -> int:
    ids = stage.bodies
    slugs = [slug_of(name) for name in stage.new_units]
    begins = [
        f"{s}-{part}"
        for s in slugs
        for part in ("du", "hdnd", "ubnd", "vp", "kt", "vhxh", "hcc", "mttq")
    ]
    teams = [
        {"team": ids[HANDING], "side": "handing", "for_body": ids[o.key]} for o in DISTRICT_OFFICES
    ]
    teams += [
        {"team": ids[team(s)], "side": "receiving", "for_body": ids[f"{s}-ubnd"]} for s in slugs
    ]
    done = actions.create_transition(
        teller.act("khanh"),
        name="Quận Hà Đông kết thúc hoạt động",
        unit_id=stage.district,
        days={
            "freeze_on": date(2025, 6, 15),
            "trial_from": date(2025, 6, 20),
            "trial_to": date(2025, 6, 26),
            "lessons_on": date(2025, 6, 27),
            "effective_on": date(2025, 7, 1),
            "deadline_on": date(2025, 8, 1),
        },
        ends=[{"body": ids[o.key], "payroll": 21} for o in DISTRICT_OFFICES],
        begins=[
            {"body": ids[key], "payroll": 5 if key.endswith(("ubnd", "du", "vp")) else 3}
            for key in begins
        ],
        teams=teams,
        residual_id=ids["hn-snv"],
        basis="Nghị quyết 1656/NQ-UBTVQH15",
        demo=True,
    )
    return int(str(done["transition"]))
