"""Who may open which page of a guarded place."""

from datetime import timedelta

from tests.apps.guarding.conftest import clock, people
from tests.pages.handover.stage import CAST

from thongsuot.apps.guarding import actions, codes
from thongsuot.apps.guarding.models import Shift


def told(default: int, **others: int) -> dict[str, int]:
    """The same answer for everybody but those named."""
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


def of(*names: str):
    """Arguments by the names of things."""
    return lambda _stage, things: [things.get(name) for name in names]


def things(stage) -> dict[str, int]:
    """One store of the office, opened on 20 June, with guards, a point and a published roster."""
    story, at = stage.story, clock(20, 6)
    guards = [
        actions.enrol_guard(
            story.act(story.lan, at=at), body_id=story.office, person_id=person.pk,
            badge=codes.hashed(f"MA-{n}"),
        )["guard"]
        for n, person in enumerate(people(story))
    ]  # fmt: skip
    place = actions.open_place(
        story.act(story.lan, at=at), body_id=story.office, name="Kho lưu trữ 1",
        first_id=guards[0], head_id=guards[1], settings={"rest_hours": 8},
    )["place"]  # fmt: skip
    point = actions.add_point(
        story.act(story.lan, at=at), place_id=place, name="Cửa trước", code="CUATRC"
    )["point"]
    since = [clock(20 + n // 3, (6, 14, 22)[n % 3]) for n in range(21)]
    actions.publish_roster(
        story.act(story.lan, at=at), place_id=place, since=since[0], until=clock(27, 6),
        shifts=[
            {"guard": guards[n % 4], "since": s, "until": s + timedelta(hours=8)}
            for n, s in enumerate(since)
        ],
    )  # fmt: skip
    shift = Shift.objects.filter(place=place).order_by("-since").first()
    return {
        "guarded": place, "check_point": point, "guard_shift": shift.pk,
        "guard_body": story.office, "guard": guards[1],
    }  # fmt: skip


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    sees = told(404, lan=200, khanh=200, hang=200)
    heads = told(404, lan=200, khanh=403, hang=403)
    body = told(403, lan=200)
    return {
        "guarding:places": (of(), told(200)),
        "guarding:open": (of("guard_body"), body),
        "guarding:enrol": (of("guard_body"), body),
        "guarding:place": (of("guarded"), sees),
        "guarding:scan": (of("guarded"), dict.fromkeys(told(405), 405)),
        "guarding:order": (of("guarded"), heads),
        "guarding:shifts": (of("guarded"), sees),
        "guarding:roster": (of("guarded"), heads),
        "guarding:absence": (of("guarded"), heads),
        "guarding:shift": (of("guarded", "guard_shift"), heads),
        "guarding:book": (of("guarded"), sees),
        "guarding:people": (of("guarded"), sees),
        "guarding:add-point": (of("guarded"), heads),
        "guarding:retire-point": (of("guarded", "check_point"), heads),
        "guarding:hand-on": (of("guarded"), told(404, lan=200, khanh=200, hang=403)),
        "guarding:end": (of("guarded"), heads),
    }
