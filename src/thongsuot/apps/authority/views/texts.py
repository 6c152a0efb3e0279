"""Texts with their days and changes, the twelve groups, what is about to expire, what clashes."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority import actions, lists, permit
from thongsuot.apps.authority.models import Clash, FieldGroup, Rule, TextDays
from thongsuot.apps.authority.models.choices import Effect, Reading, Status
from thongsuot.apps.authority.queries.table import text_values
from thongsuot.apps.authority.views.frame import Box, Form, asked, day_in, iso, sure_day, tabs
from thongsuot.apps.authority.words import office_of
from thongsuot.apps.registry.models import LegalText
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.authority.access import may_keep
from thongsuot.rules.authority.texts import standing
from thongsuot.rules.kernel.problem import Problem

STANDING_TONES = {"in-force": "even", "to-come": "wait", "suspended": "lost", "over": "quiet"}


def standing_word(code: str) -> str:
    """How a text stands on a day, in words."""
    return {
        "in-force": _("còn hiệu lực"),
        "to-come": _("chưa có hiệu lực"),
        "suspended": _("đang ngưng hiệu lực"),
        "over": _("hết hiệu lực"),
    }[code]


@require_GET
def texts(request: HttpRequest) -> HttpResponseBase:
    """The register of texts."""
    listing = Listing(lists.TEXTS, lists.text_rows(), request)
    return answer(listing, "authority/texts.html", tabs(request, "texts"))


def text_of(key: str) -> LegalText:
    """The text of that key in the register. Raises Refused (404) when there is none."""
    row = LegalText.objects.filter(key=key[:60], days__isnull=False).select_related("days").first()
    if row is None:
        raise Refused.missing(Problem("authority.text-missing", key[:60]))
    return row


@require_GET
def text(request: HttpRequest, key: str) -> HttpResponse:
    """One text: from when until when, part by part, what changes it, which rules rest on it."""
    row = text_of(key)
    today = clock.today()
    value = text_values({row.pk})[row.pk]
    state = standing(value, today)
    rules = (
        row.rules.filter(live=True).select_related("matter").order_by("article", "clause", "code")
    )
    context = {
        **tabs(request, "texts"),
        "text": row,
        "days": row.days,
        "standing": standing_word(state),
        "standing_tone": STANDING_TONES[state],
        "reading_tone": lists.READING_TONES[Reading(row.days.reading)],
        "parts": [
            (p, standing_word(standing(value, today, p.article, p.clause)))
            for p in row.parts.order_by("article", "clause")
        ],
        "changed": row.changed_by.select_related("by").order_by("on"),
        "changes": row.changes.select_related("text").order_by("on"),
        "rules": [(r, office_of(r, "to")) for r in rules],
        "sources": row.days.sources.split(),
        "left": (row.days.until - today).days if row.days.until else None,
    }
    return render(request, "authority/text.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def days(request: HttpRequest, key: str) -> HttpResponse:
    """Say from when until when a text is in force."""
    permit.refuse(may_keep(actor_in(request)))
    row = text_of(key)
    boxes = (
        Box("since", _("Có hiệu lực từ ngày"), "day", required=False, value=iso(row.days.since)),
        Box(
            "until",
            _("Ngày đầu tiên hết hiệu lực"),
            "day",
            required=False,
            value=iso(row.days.until),
        ),
        Box("reading", _("Đã đọc"), "choice", choices=Reading.choices, value=row.days.reading),
        Box("note", _("Ghi chú"), "long", required=False, most=2_000, value=row.days.note),
    )
    sent = request.POST
    return asked(
        request,
        Form(_("Hiệu lực của %(number)s") % {"number": row.number}, boxes,
             reverse("authority:text", args=[row.key]), _("Ghi")),
        lambda act: actions.write_days(
            act, key=row.key, since=day_in(sent.get("since", ""), needed=False),
            until=day_in(sent.get("until", ""), needed=False), reading=sent.get("reading", ""),
            note=sent.get("note", ""),
        ),
        _("Đã ghi hiệu lực của văn bản."),
        tabs(request, "texts"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def part(request: HttpRequest, key: str) -> HttpResponse:
    """An article or clause that begins or ends on other days than its text."""
    permit.refuse(may_keep(actor_in(request)))
    row = text_of(key)
    boxes = (
        Box("article", _("Điều"), most=20),
        Box("clause", _("Khoản"), required=False, most=20),
        Box("heading", _("Nội dung"), required=False),
        Box("since", _("Có hiệu lực từ ngày"), "day", required=False),
        Box("until", _("Ngày đầu tiên hết hiệu lực"), "day", required=False),
    )
    sent = request.POST
    return asked(
        request,
        Form(_("Điều, khoản có ngày riêng của %(number)s") % {"number": row.number}, boxes,
             reverse("authority:text", args=[row.key]), _("Ghi")),
        lambda act: actions.write_part(
            act, key=row.key, article=sent.get("article", ""), clause=sent.get("clause", ""),
            heading=sent.get("heading", ""), since=day_in(sent.get("since", ""), needed=False),
            until=day_in(sent.get("until", ""), needed=False),
        ),
        _("Đã ghi ngày của điều, khoản."),
        tabs(request, "texts"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, key: str) -> HttpResponse:
    """What another text does to this one."""
    permit.refuse(may_keep(actor_in(request)))
    row = text_of(key)
    others = LegalText.objects.filter(days__isnull=False).exclude(pk=row.pk).order_by("number")
    boxes = (
        Box("by", _("Văn bản sửa đổi"), "choice", choices=others.values_list("key", "number")),
        Box("effect", _("Làm gì"), "choice", choices=Effect.choices),
        Box("on", _("Từ ngày"), "day"),
        Box("until", _("Đến trước ngày"), "day", required=False,
            help=_("Với gia hạn, rút ngắn: ngày hết hiệu lực mới. Với ngưng hiệu lực: ngày áp dụng lại.")),
        Box("article", _("Điều"), required=False, most=20),
        Box("clause", _("Khoản"), required=False, most=20),
        Box("note", _("Ghi chú"), "long", required=False, most=2_000),
    )  # fmt: skip
    sent = request.POST
    return asked(
        request,
        Form(_("Văn bản khác tác động lên %(number)s") % {"number": row.number}, boxes,
             reverse("authority:text", args=[row.key]), _("Ghi")),
        lambda act: actions.write_change(
            act, key=row.key, by=sent.get("by", ""), on=sure_day(sent.get("on", "")),
            effect=sent.get("effect", ""), article=sent.get("article", ""),
            clause=sent.get("clause", ""), until=day_in(sent.get("until", ""), needed=False),
            note=sent.get("note", ""),
        ),
        _("Đã ghi."),
        tabs(request, "texts"),
    )  # fmt: skip


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """The twelve groups of fields with their fields, texts and rules."""
    rows = FieldGroup.objects.order_by("number").prefetch_related("fields")
    counted = (
        Rule.objects.filter(live=True)
        .exclude(status=Status.WITHDRAWN)
        .values_list("matter__field__group")
        .annotate(n=Count("pk"))
    )
    decrees = (
        TextDays.objects.filter(of_set=True, field__isnull=False)
        .values_list("field__group")
        .annotate(n=Count("pk"))
    )
    by_rule, by_text = dict(counted), dict(decrees)
    context = {
        **tabs(request, "rules"),
        "groups": [(g, by_text.get(g.pk, 0), by_rule.get(g.pk, 0)) for g in rows],
    }
    return render(request, "authority/groups.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def group(request: HttpRequest, number: int) -> HttpResponse:
    """Put the name of a group right."""
    permit.refuse(may_keep(actor_in(request)))
    row = FieldGroup.objects.filter(number=min(number, 32_000)).first()
    if row is None:
        raise Refused.missing(Problem("authority.group-name-needed"))
    boxes = (
        Box("name", _("Tên nhóm"), most=160, value=row.name),
        Box("named", _("Đã đọc tên này trong văn bản"), "tick", value="1" if row.named else ""),
        Box("note", _("Văn bản, trang"), "long", required=False, most=160, value=""),
    )
    sent = request.POST
    return asked(
        request,
        Form(_("Nhóm lĩnh vực %(n)s") % {"n": number}, boxes, reverse("authority:groups"), _("Ghi")),
        lambda act: actions.name_group(
            act, number=row.number, name=sent.get("name", ""), named=sent.get("named") == "1",
            note=sent.get("note", ""),
        ),
        _("Đã ghi tên nhóm."),
        tabs(request, "rules"),
    )  # fmt: skip


@require_GET
def expiry(request: HttpRequest) -> HttpResponse:
    """What ends, on which day, how many days are left, and which matters then belong to nobody."""
    today = clock.today()
    ending = (
        TextDays.objects.filter(Q(until__gt=today))
        .select_related("text", "field")
        .annotate(
            count=Count(
                "text__rules",
                filter=Q(text__rules__live=True, text__rules__status=Status.PUBLISHED),
                distinct=True,
            )
        )
        .order_by("until", "text__number")
    )
    by_day: defaultdict[date, list[Any]] = defaultdict(list)
    for row in ending:
        if row.until is not None:
            by_day[row.until].append(row)
    context = {
        **tabs(request, "expiry"),
        "days": [
            {
                "on": on,
                "left": (on - today).days,
                "texts": rows,
                "rules": sum(r.count for r in rows),
            }
            for on, rows in sorted(by_day.items())
        ],
        "delegations": _ending_delegations(request, today),
    }
    return render(request, "authority/expiry.html", context)


def _ending_delegations(request: HttpRequest, today: date) -> list[Any]:
    rows = lists.delegation_rows(actor_in(request)).filter(state="signed", until__gt=today)
    return list(
        rows.select_related("giver__person", "giver_post", "post", "person").order_by("until")[:50]
    )


@require_GET
def clashes(request: HttpRequest) -> HttpResponse:
    """Rules that cannot both be followed."""
    rows = list(Clash.objects.order_by("settled_on", "code"))
    codes = {c for row in rows for c in (row.first, row.second)}
    held = {
        r.code: r
        for r in Rule.objects.filter(live=True, code__in=codes).select_related("matter", "text")
    }
    context = {
        **tabs(request, "clashes"),
        "clashes": [
            {
                "row": row,
                "sides": [(held[c], office_of(held[c], "to")) for c in (row.first, row.second) if c in held],
                "sources": row.sources.split(),
            }
            for row in rows
        ],
    }  # fmt: skip
    return render(request, "authority/clashes.html", context)


BASE = "tham-quyen/van-ban/"
urlpatterns = [
    path(BASE, texts, name="texts"),
    path(f"{BASE}<slug:key>/", text, name="text"),
    path(f"{BASE}<slug:key>/hieu-luc/", days, name="text-days"),
    path(f"{BASE}<slug:key>/dieu-khoan/", part, name="text-part"),
    path(f"{BASE}<slug:key>/tac-dong/", change, name="text-change"),
    path("tham-quyen/linh-vuc/", groups, name="groups"),
    path("tham-quyen/linh-vuc/<int:number>/", group, name="group"),
    path("tham-quyen/het-hieu-luc/", expiry, name="expiry"),
    path("tham-quyen/diem-venh/", clashes, name="clashes"),
]
