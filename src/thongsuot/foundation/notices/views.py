"""The bell's list, and how a person wishes to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thongsuot.foundation import clock
from thongsuot.foundation.notices import actions, queries
from thongsuot.foundation.notices.forms import ChoiceForm

PER_PAGE = 50
LONGEST = 18  # digits of a key


def _me(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first; ``?chua-doc=1`` only what is unread."""
    unread = request.GET.get("chua-doc") == "1"
    found = queries.notices_of(_me(request), unread=unread)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    waiting, here = queries.unread_count(_me(request)), reverse("notices:list")
    unread_url = f"{here}?chua-doc=1"
    context = {
        "page": page,
        "entries": [(_("Tất cả"), here, None), (_("Chưa đọc"), unread_url, waiting)],
        "current": unread_url if unread else here,
        "waiting": waiting,
        "newest": max((notice.pk for notice in page), default=0),
    }
    return render(request, "notices/list.html", context)


@require_POST
@login_required
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where the notice leads."""
    url = actions.open_notice(pk, user=_me(request), at=clock.now())
    return HttpResponseRedirect(url) if url else redirect("notices:list")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything up to the newest one shown as read."""
    text = request.POST.get("up_to", "")
    up_to = int(text[:LONGEST]) if text.isascii() and text.isdigit() else 0
    count = actions.read_all(user=_me(request), up_to=up_to, at=clock.now())
    messages.success(request, _("Đã đánh dấu {n} thông báo là đã đọc.").format(n=count))
    return redirect("notices:list")


@never_cache
@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """The form with the person's wishes, or keep them."""
    me = _me(request)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        rest=queries.rest_of(me),
        ways=queries.ways_of(me),
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        actions.choose(
            user=me,
            ways=form.ways(),
            quiet=(chosen["quiet_from"], chosen["quiet_to"]),
            digest_at=chosen["digest_at"],
            working_days_only=chosen["working_days_only"],
        )
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notices:choices")
    status = 422 if form.is_bound else 200
    context = {"form": form, "email": getattr(request.user, "email", "")}
    return render(request, "notices/choices.html", context, status=status)
