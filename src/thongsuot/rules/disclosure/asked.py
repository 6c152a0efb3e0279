"""What somebody has typed into the one box: the number of a paper, an old office, or an address."""

import re
from dataclasses import dataclass

from thongsuot.rules.disclosure.offices import OldOffice, office_in
from thongsuot.rules.kernel.text import tidy
from thongsuot.rules.proof.code import hash_beginning

RECEIPT, NUMBER, OFFICE, PLACE, EMPTY = "receipt", "number", "office", "place", "empty"
LONGEST = 400  # signs that are read
_NUMBER = re.compile(r"(?=[^ ]*\d)(?=[^ ]*[^\W\d_])(?=[^ ]*[-./_])[^\s,;]{6,80}")
_STREET = re.compile(r"^[\d/]+[a-z]?$|^[pqhx]\.?\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. ``office`` and ``place`` where an old office is named."""

    sort: str
    text: str
    office: OldOffice | None = None
    place: str = ""


def asked_in(text: str) -> Asked:
    """What a text asks for; any text is something, an empty one included.

    A number is one word with letters, digits and a sign between them, as the offices number their
    papers; the code of a signed receipt carries its own check and is known by it.
    """
    clean = tidy(text.replace("\x00", ""))[:LONGEST].strip()
    if not clean:
        return Asked(EMPTY, "")
    if hash_beginning(clean[:60]):
        return Asked(RECEIPT, clean)
    if _NUMBER.fullmatch(clean) and not _STREET.match(clean):
        return Asked(NUMBER, clean)
    found = office_in(clean)
    if found is not None:
        return Asked(OFFICE, clean, found[0], found[1])
    return Asked(PLACE, clean, None, clean)
