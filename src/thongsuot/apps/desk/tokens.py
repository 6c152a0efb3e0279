"""The page of a person's own access tokens: list, make, revoke."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.foundation.accounts import tokens
from thongsuot.foundation.accounts.models import ApiToken
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.actor import Actor

DAYS = (30, 90, 180, 366)
SHOWN = 12  # signs of a secret that are kept, so that its owner knows which one it is


@dataclass(frozen=True, slots=True)
class Line:
    """One token as the page shows it. ``state`` is valid, ended, revoked or post-ended."""

    token: ApiToken
    post: str
    state: str


def _state(token: ApiToken, held: dict[int, str]) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at <= timezone.now():
        return "ended"
    return "valid" if token.appointment in held else "post-ended"


def _lines(actor: Actor) -> list[Line]:
    held = {h.appointment: f"{h.post}, {h.body_name}" for h in actor.hats}
    rows = ApiToken.objects.filter(user=actor.user).order_by("revoked_at", "-made_at", "-pk")
    lines = [Line(t, held.get(t.appointment, ""), _state(t, held)) for t in rows]
    return sorted(lines, key=lambda line: line.state != "valid")


def _page(request: ActorRequest, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "lines": _lines(request.actor),
        "hats": request.actor.hats,
        "days": DAYS,
        "chosen": request.actor.hat.appointment if request.actor.hat else 0,
        "given": request.POST,
        **more,
    }
    return render(request, "desk/tokens.html", context, status=status)


@require_GET
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """One's own tokens, the valid ones first, and the form for another."""
    return _page(request)  # type: ignore[arg-type]  # the actor middleware has set the actor


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < SHOWN else 0


def _act(request: ActorRequest) -> Act:
    """Tokens live in real time, also where the demonstration shows a day of its story."""
    key = f"token-{request.actor.user}-{request.POST.get('key', '')[:64]}"
    return Act(by=request.actor, key=key, at=timezone.now())


@require_POST
@never_cache
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is on this one answer and nowhere else."""
    asking: ActorRequest = request  # type: ignore[assignment]  # as above
    given = asking.POST
    secret = tokens.new_secret()
    try:
        tokens.make_token(
            _act(asking),
            name=given.get("name", "")[:100],
            appointment=_number(given.get("appointment", "")),
            secret_hash=tokens.hash_of(secret),
            prefix=secret[:SHOWN],
            days=_number(given.get("days", "")),
            write=given.get("scope") == "write",
        )
    except Refused as refused:
        if any(p.code == "trail.key-reused" for p in refused.problems):
            # Sent twice: the secret of the first answer is not kept, so it cannot be shown again.
            messages.warning(
                request,
                _("Mã này vừa được tạo. Nếu chưa kịp chép, hãy thu hồi nó và tạo mã khác."),
            )
            return redirect("desk:tokens")
        return _page(asking, refused.status, problems=[say(p) for p in refused.problems])
    return _page(asking, 201, secret=secret)


@require_POST
@never_cache
@login_required
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """End a token at once."""
    tokens.revoke_token(_act(request), token_id=token)  # type: ignore[arg-type]  # as above
    messages.success(request, _("Đã thu hồi mã truy cập. Chương trình đang dùng mã sẽ bị từ chối."))
    return redirect("desk:tokens")
