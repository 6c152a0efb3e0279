"""The address under which a calendar program reads a person's days."""

import hashlib
import secrets

from thongsuot.apps.directives.models import Feed
from thongsuot.apps.directives.steps import Result
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def digest_of(secret: str) -> str:
    """What is kept of the secret of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """A secret that nobody guesses; shown once, only its hash is kept."""
    return secrets.token_urlsafe(32)


@action("directives.feed-made")
def make_feed(act: Act, *, digest: str) -> Result:
    """Make the calendar address of the person for the post acted in; an earlier one ends.

    Shapes: ``digest`` is that of a fresh secret, so that the secret itself is never written down.
    """
    act.lock(f"directives-feed:{act.by.user}")
    if act.by.hat is None:
        raise Refused.forbidden(Problem("directives.no-post-today", act.by.name))
    Feed.objects.filter(user=act.by.user, revoked_at__isnull=True).update(revoked_at=act.at)
    made = Feed.objects.create(
        user=act.by.user, appointment=act.by.hat.appointment, digest=digest, made_at=act.at
    )
    act.record(
        chain=f"directives-feed:{act.by.user}",
        subject=Ref("feed", made.pk),
        after={"appointment": act.by.hat.appointment},
    )
    return {"feed": made.pk}


@action("directives.feed-revoked")
def revoke_feed(act: Act) -> Result:
    """End the calendar address of the person at once."""
    act.lock(f"directives-feed:{act.by.user}")
    ended = Feed.objects.filter(user=act.by.user, revoked_at__isnull=True).first()
    if ended is None:
        raise Refused.because("directives.feed-none")
    Feed.objects.filter(pk=ended.pk).update(revoked_at=act.at)
    act.record(chain=f"directives-feed:{act.by.user}", subject=Ref("feed", ended.pk))
    return {"feed": ended.pk}
