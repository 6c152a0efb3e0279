"""What every act on reports begins with."""

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.models import Return, Round
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem

Result = dict[str, object]
LONGEST_TEXT = 500


def round_chain(round_id: int) -> str:
    """The chain of the trail for one period: whoever files waits for whoever locks."""
    return f"reporting:{round_id}"


def series_chain(series_id: int) -> str:
    """The chain of the trail for a series, its recipients, snapshots and briefs."""
    return f"reporting-series:{series_id}"


def body_chain(body_id: int) -> str:
    """The chain of the trail for the forms, templates and scores of a body."""
    return f"reporting-body:{body_id}"


def begin_return(act: Act, return_id: int, right: str) -> Return:
    """Take a period for this act and give the return as it stands then.

    Raises Refused: 404 for a return out of sight, 403 for whoever may not.
    """
    found = permit.return_in_sight(act.by, return_id)
    permit.allow(act.by, right, found)
    act.lock(round_chain(found.round_id))
    return Return.objects.select_related("round__series__form", "round__version__form").get(
        pk=found.pk
    )


def begin_round(act: Act, round_id: int, right: str) -> Round:
    """Take a period for this act. Raises Refused (404, 403) as for a return."""
    found = permit.round_in_sight(act.by, round_id)
    permit.allow(act.by, right, found)
    act.lock(round_chain(found.pk))
    return Round.objects.select_related("series__form", "version__form").get(pk=found.pk)


def worded(text: str, code: str = "", subject: str = "", most: int = LONGEST_TEXT) -> str:
    """A text as it is kept. Raises Refused when it is too long, or empty and ``code`` is given."""
    plain = " ".join(text.replace("\x00", "").split())
    if code and not plain:
        raise Refused([Problem(code, subject)])
    if len(plain) > most:
        raise Refused.because("reporting.words-too-long", subject or plain[:40], most=most)
    return plain


def signed_name(act: Act) -> str:
    """Who acts, as written down: name and post."""
    post = act.by.hat.post if act.by.hat else ""
    return (f"{act.by.name}, {post}" if post else act.by.name)[:200]
