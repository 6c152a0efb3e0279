"""The name a file is shown and saved under: what people typed, without what harms."""

import re
from pathlib import PurePosixPath

from thongsuot.foundation.files.kinds import ENDINGS, MEANINGFUL
from thongsuot.rules.kernel.text import tidy

LONGEST = 150
NAMELESS = "tep"
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # no file system of an office takes them
_DEVICE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.I)


def display_name(raw: str) -> str:
    """The last part of the path, on one line, without direction marks, devices or reserved signs.

    Never empty, at most 150 characters; the ending survives the cut.
    """
    last = raw.replace("\\", "/").rsplit("/", 1)[-1]
    name = _FORBIDDEN.sub("-", tidy(last.replace("\x00", ""))).strip(" .")
    name = _DEVICE.sub(r"_\1", name)
    if len(name) > LONGEST:
        ending = PurePosixPath(name).suffix[:12]
        name = name[: LONGEST - len(ending)].rstrip(" .") + ending
    return name or NAMELESS


def ending_of(name: str) -> str:
    """The ending in small letters without the dot; empty when it means nothing to a computer."""
    ending = PurePosixPath(name).suffix.removeprefix(".").lower()
    return ending if ending in MEANINGFUL else ""


def agrees(name: str, media: str) -> bool:
    """Whether the ending of the name, if it has one, is one of that media type."""
    ending = ending_of(name)
    return not ending or ending in ENDINGS[media]


def name_for(name: str, media: str) -> str:
    """The name to save a download under: with the ending of what the file is."""
    clean = display_name(name)
    return clean if ending_of(clean) in ENDINGS[media] else f"{clean}.{ENDINGS[media][0]}"
