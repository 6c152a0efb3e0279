"""What every act at a guarded place begins with."""

from thongsuot.apps.guarding import permit
from thongsuot.apps.guarding.models import Guard, Place
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy

Result = dict[str, object]
LARGEST = 2**63 - 1


def chain_of(place_id: int) -> str:
    """The chain of the trail on which every act at a place stands."""
    return f"guarding:{place_id}"


def chain_of_body(body_id: int) -> str:
    """The chain for the guards of a body and its absences."""
    return f"guarding-body:{body_id}"


def begin(act: Act, place_id: int, right: str) -> Place:
    """Take the place for this act; others wait.

    Raises Refused: 404 for no place in sight, 403 without the right, 422 when guarding has ended.
    """
    place = permit.place_in_sight(act.by, place_id)
    act.lock(chain_of(place_id))
    place.refresh_from_db()
    permit.allow(act.by, right, place.body_id)
    if place.until is not None:
        raise Refused.because("guarding.ended", place.name, until=place.until)
    return place


def guard_of(body: int, guard_id: int) -> Guard:
    """A guard of that body who still stands guard. Raises Refused."""
    found = None
    if 0 < guard_id <= LARGEST:
        rows = Guard.objects.filter(pk=guard_id, body=body, retired_at__isnull=True)
        found = rows.select_related("person").first()
    if found is None:
        raise Refused.because("guarding.guard-missing")
    return found


def worded(text: str, most: int, code: str) -> str:
    """A text that must be there, tidied. Raises Refused when empty or longer than ``most``."""
    clean = tidy(text)
    if not clean or len(clean) > most:
        raise Refused([Problem(code, "", {"most": most})])
    return clean


def optional(text: str, most: int) -> str:
    """A text that may be left out, tidied. Raises Refused when longer than ``most``."""
    clean = tidy(text)
    if len(clean) > most:
        raise Refused([Problem("guarding.text-too-long", "", {"most": most})])
    return clean
