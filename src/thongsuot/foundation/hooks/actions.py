"""Asking to be told, and asking no more."""

import re
from collections.abc import Sequence

from thongsuot.foundation.hooks.addresses import address_of
from thongsuot.foundation.hooks.models import Cursor, Delivery, Endpoint, State
from thongsuot.foundation.hooks.signing import new_salt
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.foundation.trail.models import ChainHead
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

MOST = 10
MOST_KINDS = 50
KIND = re.compile(r"[a-z][a-z_]{0,39}\.([a-z0-9]+(-[a-z0-9]+)*)?")


@action("hooks.endpoint-made")
def make_endpoint(act: Act, *, name: str, url: str, kinds: Sequence[str]) -> Result:
    """Have an address told what happens from now on, as far as the post acted in may see it.

    Raises Refused: no post, no name, an address that may not be called, kinds of no known form,
    too many endpoints.
    """
    hat = act.by.hat
    if hat is None:
        raise Refused.forbidden(Problem("hooks.no-post"))
    address_of(url)
    problems = [] if name.strip() else [Problem("hooks.name")]
    if not 0 < len(kinds) <= MOST_KINDS or not all(KIND.fullmatch(k) for k in kinds):
        problems.append(Problem("hooks.kinds"))
    if Endpoint.objects.filter(user=act.by.user, active=True).count() >= MOST:
        problems.append(Problem("hooks.too-many", "", {"most": MOST}))
    refuse_if(problems)
    made = Endpoint.objects.create(
        user_id=act.by.user,
        appointment=hat.appointment,
        body=hat.body,
        name=name.strip(),
        url=url,
        kinds=list(kinds),
        salt=new_salt(),
        made_at=act.at,
    )
    Cursor.objects.bulk_create(
        Cursor(endpoint=made, chain=head.chain, seq=head.size) for head in ChainHead.objects.all()
    )
    act.record(
        chain="hooks",
        subject=Ref("endpoint", made.pk),
        after={"name": made.name, "url": url, "kinds": list(kinds)},
    )
    return {"endpoint": made.pk}


@action("hooks.endpoint-ended")
def end_endpoint(act: Act, *, endpoint_id: int, reason: str = "") -> Result:
    """Tell an address of one's own nothing more; calls still waiting are dropped."""
    found = Endpoint.objects.filter(pk=endpoint_id, user=act.by.user, active=True).first()
    if found is None:
        raise Refused.missing(Problem("hooks.no-endpoint"))
    stop(found, act)
    act.record(
        chain="hooks",
        subject=Ref("endpoint", found.pk),
        after={"active": False},
        reason=reason,
    )
    return {"endpoint": found.pk}


def stop(endpoint: Endpoint, act: Act) -> None:
    """Write that an endpoint has ended."""
    Endpoint.objects.filter(pk=endpoint.pk).update(active=False, ended_at=act.at)
    waiting = Delivery.objects.filter(endpoint=endpoint, state=State.WAITING)
    waiting.update(state=State.DEAD, error="ended")
