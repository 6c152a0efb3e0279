"""The doors of difficulties for the walk over the whole site: who gets which answer."""

from typing import Any

from tests.pages.handover.stage import Stage

from thongsuot.apps.difficulties import actions
from thongsuot.apps.difficulties.models import Difficulty

PEOPLE = ("anonymous", "lan", "hoa", "minh", "son", "khanh", "hang", "quantri", "xa", "het")


def _told(others: int, **some: int) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, others) | {"anonymous": 302, **some}


POSTED = dict.fromkeys(PEOPLE, 405)
OWN = _told(200)
RAISES = _told(200, hang=403, quantri=403, het=403)
# raised by ward A, held by the steering committee; the inspection reads its area
SEEN = _told(404, minh=200, khanh=200, hang=200)
ANSWERS = _told(404, minh=403, khanh=200, hang=403)


def _args(*names: str) -> Any:
    return lambda stage, things: [things.get(n) for n in names]


def rows() -> dict[str, tuple[Any, dict[str, int]]]:
    """Every door of the room."""
    none = _args()
    return {
        "difficulties:all": (none, OWN),
        "difficulties:raise": (none, RAISES),
        "difficulties:similar": (none, RAISES),
        "difficulties:overview": (none, _told(403, lan=200, minh=200, khanh=200, hang=200, xa=200)),
        "difficulties:occasion": (none, OWN),
        "difficulties:move": (
            lambda stage, things: [stage.bodies["steering"]],
            _told(403, khanh=200),
        ),
        "difficulties:one": (_args("difficulty"), SEEN),
        "difficulties:join": (_args("difficulty"), POSTED),
        "difficulties:act": (_args("difficulty", "tra-loi"), ANSWERS),
        "difficulties:library": (none, OWN),
        "difficulties:situation": (_args("situation"), _told(200, quantri=404, het=404)),
        "difficulties:use": (_args("situation"), POSTED),
        "difficulties:retire": (
            _args("situation"),
            _told(403, khanh=200, quantri=404, het=404),
        ),
    }


def things(stage: Stage) -> dict[str, int]:
    """One that waits, and one answered that stands in the library."""
    s = stage.story
    numbers = []
    for title in ("Ai ký giấy phép xây dựng?", "Ai ký chứng thực bản sao?"):
        done = actions.raise_difficulty(
            s.act(s.minh), sort="difficulty", title=title, text=f"{title} Chưa rõ ai ký.",
            field="khac",
        )  # fmt: skip
        numbers.append(int(str(done["difficulty"])))
    waiting, answered = numbers
    khanh = s.actor(
        stage.users["khanh"].pk, "Lê Minh Khánh", s.city.role, stage.bodies["steering"], s.area
    )
    actions.answer_difficulty(
        s.act(khanh), difficulty_id=answered, answer="accepted", text="Công chức tư pháp ký thay."
    )
    row = Difficulty.objects.get(pk=answered)
    made = actions.write_situation(
        s.act(khanh), difficulty_id=answered, title=row.title, question=row.text,
        answer="Công chức tư pháp ký thay theo ủy quyền.",
    )  # fmt: skip
    return {"difficulty": waiting, "situation": int(str(made["situation"]))}
