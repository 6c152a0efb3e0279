"""Every pair of colours that meets on a page is far enough apart, in every look (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

import thongsuot.foundation.ui

TOKENS = (Path(thongsuot.foundation.ui.__file__).parent / "static/ui/tokens.css").read_text()
PRINT = (Path(thongsuot.foundation.ui.__file__).parent / "static/ui/print.css").read_text()
LOOKS = ["look: light", "look: dark", "look: contrast", "machine: contrast in the dark"]

GROUNDS = ("paper", "sheet", "sheet-2")
TEXT = [
    (ink, ground)
    for ink in ("ink", "ink-2", "press", "press-deep", "lost", "wait", "even")
    for ground in GROUNDS
]
TEXT += [(s, f"{s}-2") for s in ("press", "lost", "wait", "even")]
TEXT += [("ink", f"{s}-2") for s in ("press", "lost", "wait", "even")]
TEXT += [("ink-2", f"{s}-2") for s in ("press", "lost", "wait", "even")]
TEXT += [
    ("on-press", "press"),
    ("on-press", "press-deep"),
    ("on-lost", "lost"),
    ("on-lost", "lost-deep"),
    ("paper", "ink"),
]
# Not text: the edge of a box, the ring of focus, the fills of a bar, the way in the mark.
SHAPES = [
    (s, ground)
    for s in ("edge", "focus", "fill-even", "fill-kept", "fill-wait", "fill-lost")
    for ground in GROUNDS
]
SHAPES += [("on-mark", "mark"), ("mark", "sheet"), ("focus", "press-2")]


def colours(look: str) -> dict[str, str]:
    block = TOKENS.split(f"/* {look} */")[1].split("}")[0]
    return dict(re.findall(r"--ts-([a-z0-9-]+): (#[0-9a-f]{6});", block))


def channels(look: str) -> dict[str, str]:
    block = TOKENS.split(f"/* {look} */")[1].split("}")[0]
    return dict(re.findall(r"--ts-([a-z0-9-]+)-rgb: ([0-9, ]+);", block))


def light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def apart(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_near(look: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    known = colours(look)
    return [
        f"{a} on {b}: {apart(known[a], known[b]):.2f}"
        for a, b in pairs
        if apart(known[a], known[b]) < least
    ]


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert round(apart("#000000", "#ffffff"), 2) == 21
    assert round(apart("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("look", LOOKS)
def test_text_stands_out_from_its_ground(look) -> None:
    assert not too_near(look, TEXT, 7 if "contrast" in look else 4.5)


@pytest.mark.parametrize("look", LOOKS)
def test_shapes_that_mean_something_stand_out_from_their_ground(look) -> None:
    assert not too_near(look, SHAPES, 3)


@pytest.mark.parametrize("look", [*LOOKS, "machine: dark", "machine: contrast"])
def test_a_colour_and_its_channels_are_the_same_colour(look) -> None:
    known = colours(look)
    for name, given in channels(look).items():
        said = ", ".join(str(int(known[name][i : i + 2], 16)) for i in (1, 3, 5))
        assert given == said, name


@pytest.mark.parametrize("look", ["dark", "contrast"])
def test_a_look_is_the_same_whether_the_person_or_the_machine_asks(look) -> None:
    assert colours(f"look: {look}") == colours(f"machine: {look}")


def test_every_look_names_the_same_colours() -> None:
    names = {look: set(colours(look)) for look in LOOKS}
    assert all(n == names["look: light"] for n in names.values())


def test_no_dark_ink_is_spent_on_paper() -> None:
    grounds = re.findall(
        r"--ts-(?:paper|sheet|sheet-2|press-2|lost-2|wait-2|even-2): (#[0-9a-f]+)", PRINT
    )
    assert set(grounds) == {"#ffffff"}


def test_colours_are_named_in_the_tokens_and_nowhere_else() -> None:
    folder = Path(thongsuot.foundation.ui.__file__).parent / "static/ui"
    for name in ("base.css", "parts.css", "tables.css", "pages.css", "widths.css"):
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", (folder / name).read_text()), name
