"""Signing in and out, confirming, changing the password."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from thongsuot.foundation.accounts import actions, reauth, throttle
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.accounts.visitors import address_of
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

DEVICE_COOKIE = "ts_device"
DEVICE_AGE = 180 * 24 * 3600


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: the wish of the request if it stays on this site, else the front."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wish
    return settings.LOGIN_REDIRECT_URL


def _known_device(request: HttpRequest, username: str) -> bool:
    try:
        known = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE, max_age=DEVICE_AGE
        )
    except signing.BadSignature:
        return False
    return username in known


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door: the form, or in with a right password."""
    if request.method != "POST":
        context = {"next": safe_next(request), "oidc": bool(settings.OIDC_ISSUER)}
        return render(request, "accounts/sign_in.html", context)
    username = request.POST.get("username", "").strip().lower()[:150]
    known = _known_device(request, username)
    now = timezone.now()
    code, user = "accounts.too-many", None
    if throttle.may_try(username, address_of(request), now, known_device=known):
        code = "accounts.wrong"
        user = authenticate(
            request, username=username, password=request.POST.get("password", "")[:1000]
        )
    if user is None:
        if code == "accounts.wrong":
            throttle.note_failure(username, address_of(request), now)
        context = {
            "next": safe_next(request),
            "username": username,
            "error": say(Problem(code)),
        }
        return render(request, "accounts/sign_in.html", context, status=422)
    throttle.forget(username)
    login(request, user)
    reauth.confirm(request, now)
    response = HttpResponseRedirect(safe_next(request))
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([username], salt=DEVICE_COOKIE),
        max_age=DEVICE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, on this device."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@never_cache
@login_required
@sensitive_post_parameters("password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password again before signing; then on to where the person was going."""
    own = bool(getattr(request.user, "has_usable_password", lambda: False)())
    shown = {"next": safe_next(request), "oidc": bool(settings.OIDC_ISSUER), "own": own}
    if request.method != "POST":
        return render(request, "accounts/confirm.html", shown)
    user = request.user
    now = timezone.now()
    right = (
        isinstance(user, User)
        and throttle.may_try(user.username, address_of(request), now, known_device=True)
        and authenticate(
            request, username=user.username, password=request.POST.get("password", "")[:1000]
        )
    )
    if not right:
        throttle.note_failure(str(user.get_username()), address_of(request), now)
        context = shown | {"error": say(Problem("accounts.confirm"))}
        return render(request, "accounts/confirm.html", context, status=422)
    reauth.confirm(request, now)
    return HttpResponseRedirect(safe_next(request))


@never_cache
@login_required
@sensitive_post_parameters("old", "new", "again")
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    if request.method != "POST":
        owed = bool(getattr(request.user, "must_change_password", False))
        return render(request, "accounts/password.html", {"owed": owed})
    user = request.user
    name, now = str(user.get_username()), timezone.now()
    new = request.POST.get("new", "")[:1000]
    if new != request.POST.get("again", "")[:1000]:
        return _password_refused(request, [Problem("accounts.not-same")])
    if not throttle.may_try(name, address_of(request), now, known_device=True):
        return _password_refused(request, [Problem("accounts.too-many")])
    actor = Actor(user=int(user.pk or 0), name=str(user))
    act = Act(by=actor, key=f"password-{actor.user}-{request.POST.get('key', '')[:64]}", at=now)
    try:
        changed = actions.change_password(act, old=request.POST.get("old", "")[:1000], new=new)
    except Refused as refused:
        if any(p.code == "accounts.old-password" for p in refused.problems):
            throttle.note_failure(name, address_of(request), now)
        return _password_refused(request, refused.problems)
    update_session_auth_hash(request, changed)
    return render(request, "accounts/password.html", {"done": True})


def _password_refused(request: HttpRequest, problems: Sequence[Problem]) -> HttpResponse:
    context = {"errors": [say(p) for p in problems]}
    return render(request, "accounts/password.html", context, status=422)
