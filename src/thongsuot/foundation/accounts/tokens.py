"""Keys for programs: made once, shown once, kept as a hash, bound to one post."""

import hashlib
import secrets
from datetime import datetime, timedelta

from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

PREFIX = "ts_"
LONGEST = timedelta(days=366)


def hash_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """A token no one can guess (256 bits), with a prefix that scanners recognise."""
    return PREFIX + secrets.token_urlsafe(32)


@action("accounts.token-made")
def make_token(
    act: Act, *, name: str, appointment: int, secret_hash: str, prefix: str, days: int, write: bool
) -> Result:
    """Register a token for the person acting, in one of the posts held today.

    The secret itself never comes here: the caller makes it, shows it once and passes its hash.
    Raises Refused when the post is not held, or the time asked for is not 1–366 days.
    """
    problems = []
    if appointment not in {hat.appointment for hat in act.by.hats}:
        problems.append(Problem("accounts.not-your-post"))
    if not 1 <= days <= LONGEST.days:
        problems.append(Problem("accounts.token-days", facts={"most": LONGEST.days}))
    if not name.strip():
        problems.append(Problem("accounts.token-name"))
    refuse_if(problems)
    token = ApiToken.objects.create(
        user_id=act.by.user,
        appointment=appointment,
        name=name.strip(),
        prefix=prefix,
        hash=secret_hash,
        may_write=write,
        made_at=act.at,
        expires_at=act.at + timedelta(days=days),
    )
    act.record(
        chain="accounts", subject=Ref("token", token.pk), after={"name": name, "write": write}
    )
    return {"id": token.pk}


@action("accounts.token-revoked")
def revoke_token(act: Act, *, token_id: int) -> Result:
    """End a token of one's own at once. Raises Refused when there is no such token."""
    token = ApiToken.objects.filter(pk=token_id, user_id=act.by.user, revoked_at=None).first()
    if token is None:
        raise Refused.missing(Problem("accounts.no-token"))
    token.revoked_at = act.at
    token.save(update_fields=["revoked_at"])
    act.record(chain="accounts", subject=Ref("token", token.pk), after={"revoked": True})
    return {"id": token.pk}


def token_for(secret: str, at: datetime) -> ApiToken | None:
    """The valid token behind a secret, with its user; None when unknown, ended or revoked."""
    if not secret.startswith(PREFIX):
        return None
    return (
        ApiToken.objects.select_related("user")
        .filter(hash=hash_of(secret), revoked_at=None, expires_at__gt=at, user__is_active=True)
        .first()
    )


def accounts_of(user_ids: list[int]) -> dict[int, User]:
    """Accounts by id."""
    return User.objects.in_bulk(user_ids)
