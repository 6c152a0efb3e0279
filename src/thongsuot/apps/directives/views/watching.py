"""Who owes what to whom; the exceptions of a leader; the calendar address and what it answers."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.directives import actions, ical, lists, queries
from thongsuot.apps.directives.actions.feeds import digest_of, new_secret
from thongsuot.apps.directives.models import Feed
from thongsuot.apps.directives.views.frame import tabs
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.foundation.wording import day, number
from thongsuot.rules.kernel.deadline import Standing

MOST_LINES = 20


def polite(request: HttpRequest, debtor: queries.Debtor, now: datetime) -> str:
    """The words of a reminder to be pasted into Zalo: what, since when, where to answer."""
    actor = actor_in(request)
    lines = [
        _("Kính gửi %(name)s,") % {"name": debtor.name},
        _("Tính đến %(on)s, hệ thống còn ghi các việc sau đã quá hạn:") % {"on": day(now)},
    ]
    for number_, debt in enumerate(debtor.debts[:MOST_LINES], 1):
        line = _("%(n)s. %(task)s (hạn %(due)s, quá %(late)s ngày làm việc)") % {
            "n": number_,
            "task": debt.duty.task[:160],
            "due": day(debt.duty.due_at or now),
            "late": number(debt.late),
        }
        lines.append(line)
    left = len(debtor.debts) - MOST_LINES
    if left > 0:
        lines.append(_("… và %(n)s việc khác.") % {"n": number(left)})
    url = request.build_absolute_uri(reverse("directives:duties") + "?tre=1")
    lines += [
        _("Nhờ đồng chí báo cáo tiến độ hoặc khó khăn tại: %(url)s") % {"url": url},
        _("Nếu đã làm xong, xin bấm Báo cáo hoàn thành. Trân trọng cảm ơn."),
        actor.name,
    ]
    return "\n".join(lines)


@require_GET
@login_required
def chase(request: HttpRequest) -> HttpResponse:
    """The chase board: who owes what to whom, oldest first, with words to send."""
    actor, now = actor_in(request), clock.now()
    debtors = queries.chase(actor, now)
    context = {
        **tabs(request, "chase"),
        "debtors": [(d, polite(request, d, now)) for d in debtors],
        "words": lists.STANDINGS,
        "tones": lists.STANDING_TONES,
        "shown": sum(len(d.debts) for d in debtors),
        "every": queries.overdue(actor, now).count(),
        "questions": list(queries.questions_owed(actor).select_related("meeting")[:100]),
        "silent_state": Standing.SILENT,
    }
    return render(request, "directives/chase.html", context)


@require_GET
@login_required
def exceptions(request: HttpRequest) -> HttpResponse:
    """What a leader looks at first: silent, late, to accept, asked for more time, given back."""
    actor, today = actor_in(request), clock.today()
    context = {
        **tabs(request, "exceptions"),
        "figures": queries.figures(actor, today, exact=True),
        "shares": queries.by_lead(actor, today),
        "unnamed": queries.unnamed(actor).count(),
    }
    return render(request, "directives/exceptions.html", context)


def _calendar(request: HttpRequest, secret: str = "") -> HttpResponse:
    actor = actor_in(request)
    found = Feed.objects.filter(user=actor.user, revoked_at__isnull=True).first()
    url = request.build_absolute_uri(reverse("directives:feed", args=[secret])) if secret else ""
    context: dict[str, Any] = {**tabs(request, "calendar"), "feed": found, "url": url}
    context["days"] = ical.events_of(actor, clock.now())[:100]
    return render(request, "directives/calendar.html", context)


@require_GET
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """The person's days, and the address under which a calendar program reads them."""
    return _calendar(request)


@require_POST
@login_required
def feed_make(request: HttpRequest) -> HttpResponse:
    """Make the address; it is shown this once."""
    secret = new_secret()
    actions.make_feed(act_of(request), digest=digest_of(secret))
    return _calendar(request, secret)


@require_POST
@login_required
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """End the address."""
    actions.revoke_feed(act_of(request))
    return _calendar(request)


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The person's days as iCalendar, for who has the secret; nothing for anybody else."""
    found = Feed.objects.filter(digest=digest_of(secret), revoked_at__isnull=True).first()
    user = User.objects.filter(pk=found.user, is_active=True).first() if found else None
    if found is None or user is None:
        raise Http404
    actor = actor_of(user, clock.today(), found.appointment)
    now, site = clock.now(), request.build_absolute_uri("/").rstrip("/")
    text = ical.text_of(ical.events_of(actor, now), now, request.get_host(), site)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="viec.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
