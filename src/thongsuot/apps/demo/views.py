"""The first page of the demonstration: pick a role and enter; and the day on which the story plays."""

from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.demo import cast_reports, story_day
from thongsuot.apps.demo.cast import EVERY_SIGN, PASSWORD
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.accounts.views import safe_next

SIGNS = (*EVERY_SIGN, *cast_reports.SIGNS)
BACKEND = "thongsuot.foundation.accounts.backends.PasswordBackend"


def _only_in_the_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Every role a visitor may take, and what to look at first in it."""
    _only_in_the_demonstration()
    context = {
        "signs": SIGNS,
        "password": PASSWORD,  # of invented people: signing asks for it again
        "days": story_day.CHOICES,
        "story_day": story_day.current(),
    }
    return render(request, "demo/roles.html", context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of the story."""
    _only_in_the_demonstration()
    user = get_object_or_404(
        User,
        username__in=[s.username for s in SIGNS],
        username=request.POST.get("username", ""),
    )
    login(request, user, backend=BACKEND)
    reauth.confirm(request, timezone.now())
    return redirect(safe_next(request))


@require_POST
def play_on(request: HttpRequest) -> HttpResponse:
    """Let the story play on another of its days, for every visitor of this demonstration."""
    _only_in_the_demonstration()
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    if day not in dict(story_day.CHOICES):
        raise Http404
    story_day.set_day(day)
    return redirect(safe_next(request))
