"""Numbers that the law sets for sessions, each from a day on and each with its source.

None of these was read in the text of the law: all are *to be confirmed* and shown so. An office
may replace a number from a day on; the newest one in force on the day counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PAPERS_DAYS = "papers-days"  # working days before the session by which deputies have the papers
INVITE_DAYS = "invite-days"  # working days before a regular session by which it is convened
INVITE_EXTRA_DAYS = "invite-extra-days"  # the same for an extraordinary session
REVIEW_DAYS = "review-days"  # working days before the session for the review by the council's board
OPINION_DAYS = "opinion-days"  # working days before the session for the opinion of the Party
PUBLISH_DAYS = "publish-days"  # working days after the vote by which a resolution is published
QUORUM = "quorum"  # share of all deputies who must be present, in hundredths of a percent
MAJORITY = "majority"  # share of all deputies that must be exceeded by votes for
KEYS = (
    PAPERS_DAYS, INVITE_DAYS, INVITE_EXTRA_DAYS, REVIEW_DAYS, OPINION_DAYS, PUBLISH_DAYS, QUORUM,
    MAJORITY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number from a day on. ``confirmed``: somebody read it in the source and says so."""

    key: str
    value: int
    since: date
    source: str = ""
    confirmed: bool = False


_FIRST = date(2025, 1, 1)
_LAW = "72-2025-QH15"
USUAL = (
    Parameter(PAPERS_DAYS, 5, _FIRST, _LAW),
    Parameter(INVITE_DAYS, 14, _FIRST, _LAW),
    Parameter(INVITE_EXTRA_DAYS, 5, _FIRST, _LAW),
    Parameter(REVIEW_DAYS, 7, _FIRST, _LAW),
    Parameter(OPINION_DAYS, 10, _FIRST),
    Parameter(PUBLISH_DAYS, 10, _FIRST, _LAW),
    Parameter(QUORUM, 6_667, _FIRST, _LAW),
    Parameter(MAJORITY, 5_000, _FIRST, _LAW),
)


def in_force(key: str, on: date, given: Iterable[Parameter] = ()) -> Parameter:
    """The number in force on a day: the newest one that has begun, the office's own before ours.

    Raises KeyError for a key that is not in ``KEYS``.
    """
    own = [p for p in given if p.key == key and p.since <= on]
    if own:
        return max(own, key=lambda p: p.since)
    usual = [p for p in USUAL if p.key == key]
    if not usual:
        raise KeyError(key)
    return usual[0]


def unconfirmed(on: date, given: Iterable[Parameter] = ()) -> tuple[Parameter, ...]:
    """The numbers in force on a day that nobody has confirmed against the text."""
    own = tuple(given)
    found = (in_force(key, on, own) for key in KEYS)
    return tuple(p for p in found if not p.confirmed)
