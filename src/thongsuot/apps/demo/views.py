"""The first page of the demonstration: pick a role and enter; and the day on which the story plays."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.demo import cast_reports, story_day
from thongsuot.apps.demo.cast import CITY_SIGNS, PASSWORD, SIGNS, Sign
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.accounts.views import safe_next


@dataclass(frozen=True, slots=True)
class Story:
    """One of the stories told: who plays in it, on which of the days; it opens on ``opens``."""

    title: str
    what: str
    signs: tuple[Sign, ...]
    days: frozenset[date]
    opens: date


DAYS = tuple(day for day, _what in story_day.CHOICES)
STORIES = (
    Story(
        "Quận Hà Đông kết thúc hoạt động",
        "Tháng 6/2025: bàn giao hồ sơ, tài sản, trụ sở về các phường, xã; bảng cân đối cho thấy không bỏ sót thứ gì.",
        SIGNS,
        frozenset(day for day in DAYS if day <= date(2025, 7, 8)),
        story_day.FIRST,
    ),
    Story(
        "TP. Hồ Chí Minh: giao việc, đôn đốc",
        "Tháng 9/2025: kết luận thành nhiệm vụ, chín nội dung trọng tâm, mười bảy phường, xã, đại hội hai cấp.",
        CITY_SIGNS,
        frozenset({date(2025, 9, 26)}),
        date(2025, 9, 26),
    ),
    Story(
        "TP. Hồ Chí Minh: báo cáo tuần",
        "Tháng 7/2025: mười bảy phường, xã nộp; nơi tổng hợp nhắc, chốt số liệu, soạn và ký báo cáo.",
        cast_reports.SIGNS,
        frozenset({date(2025, 7, 8), date(2025, 7, 16)}),
        date(2025, 7, 16),
    ),
)
BACKEND = "thongsuot.foundation.accounts.backends.PasswordBackend"


def _only_in_the_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Every role a visitor may take, and what to look at first in it."""
    _only_in_the_demonstration()
    context = {
        "stories": STORIES,
        "password": PASSWORD,  # of invented people: signing asks for it again
        "days": story_day.CHOICES,
        "story_day": story_day.current(),
    }
    return render(request, "demo/roles.html", context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people, on a day on which their story plays."""
    _only_in_the_demonstration()
    name = request.POST.get("username", "")
    story = next((s for s in STORIES if name in {sign.username for sign in s.signs}), None)
    if story is None:
        raise Http404
    user = get_object_or_404(User, username=name)
    if story_day.current() not in story.days:
        story_day.set_day(story.opens)
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
