"""The register of rules: the list, one rule with who checked it, the acts on it, rules from Excel."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority import actions, beside, lists, permit
from thongsuot.apps.authority.imports import CODE
from thongsuot.apps.authority.models import Clash, Field, Matter, Review, Rule
from thongsuot.apps.authority.models.choices import (
    Reading,
    ReviewState,
    RuleKind,
    Status,
    Tier,
    Verdict,
)
from thongsuot.apps.authority.queries.places import place_named, unit_names
from thongsuot.apps.authority.views.frame import Box, Form, asked, day_in, iso, money_in, tabs
from thongsuot.apps.authority.words import office_of, period_words
from thongsuot.apps.registry.models import BodyKind, LegalText
from thongsuot.foundation import clock
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.authority.access import may_check, may_keep
from thongsuot.rules.authority.columns import RULE_COLUMNS
from thongsuot.rules.authority.values import CHECKERS
from thongsuot.rules.kernel.problem import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS_TONES = lists.STATUS_TONES
DRAFT = "du-thao"  # ?ban=du-thao: the draft that waits beside the version in force


@require_GET
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every rule of the register; public, drafts marked as such."""
    listing = Listing(
        lists.RULES, lists.rule_rows(), request, Place(source=Source("authority.rules", {}))
    )
    return answer(listing, "authority/rules.html", tabs(request, "rules"))


def rule_of(code: str) -> Rule:
    """The version of a rule that stands. Raises Refused (404) when there is none."""
    return _version(Rule.objects.filter(code=code[:60], live=True), code)


def newest_of(code: str) -> Rule:
    """The draft that waits beside a published rule, else what stands. Raises Refused (404)."""
    rows = Rule.objects.filter(Q(live=True) | Q(waiting=True), code=code[:60])
    return _version(rows.order_by("-waiting"), code)


def _version(rows: "QuerySet[Rule]", code: str) -> Rule:
    row = rows.select_related("matter__field", "text__days").prefetch_related("checks").first()
    if row is None:
        raise Refused.missing(Problem("authority.rule-missing", code[:60]))
    return row


@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it says, by which article, who compared it with the text and when."""
    draft = request.GET.get("ban") == DRAFT
    row = newest_of(code) if draft else rule_of(code)
    waits = None if row.waiting else Rule.objects.filter(code=row.code, waiting=True).first()
    actor = actor_in(request)
    checks = sorted(row.checks.all(), key=lambda c: c.at)
    same = [c for c in checks if c.verdict == Verdict.SAME]
    unsure = row.status == Status.PUBLISHED and len(same) < CHECKERS
    places = unit_names({p.unit_id for p in row.places.all()}, clock.today())
    reviews = Review.objects.filter(rule_code=row.code)
    context = {
        **tabs(request, "rules"),
        "rule": row,
        "to": office_of(row, "to"),
        "before": office_of(row, "from"),
        "period": period_words(row.since, row.until),
        "text_period": period_words(row.text.days.since, row.text.days.until)
        if hasattr(row.text, "days")
        else "",
        "status": _("cần xác nhận") if unsure else row.get_status_display(),
        "status_tone": "wait" if unsure else STATUS_TONES[Status(row.status)],
        "reading_tone": lists.READING_TONES[Reading(row.reading)],
        "checks": checks,
        "needed": max(0, CHECKERS - len(same)),
        "places": [v.full_name for v in places.values()],
        "earlier": _earlier(row),
        "waits": waits,
        "clashes": Clash.objects.filter(settled_on__isnull=True).filter(first=row.code)
        | Clash.objects.filter(settled_on__isnull=True).filter(second=row.code),
        "counts": [
            (label, reviews.filter(state=state).count()) for state, label in ReviewState.choices
        ],
        "may_check": waits is None
        and may_check(actor, row.author, [c.user for c in checks]) is None,
        "links": beside.links_of(beside.About("rule", row.code), actor),
        "sources": row.sources.split(),
    }
    return render(request, "authority/rule.html", context)


def _earlier(row: Rule) -> list[Rule]:
    """The versions before this one, the newest first; few have any."""
    rows = Rule.objects.filter(code=row.code, pk__lt=row.pk).select_related("entry", "text")
    return list(rows.order_by("-pk")[:20])


def _part(row: Rule | None, side: str, part: str) -> str:
    return str(getattr(row, f"{side}_{part}")) if row is not None else ""


def _office_boxes(side: str, row: Rule | None) -> list[Box]:
    to = side == "to"
    return [
        Box(f"{side}_tier", _("Giao cho cấp") if to else _("Trước đây thuộc cấp"), "choice",
            required=to, choices=Tier.choices, value=_part(row, side, "tier") or ("commune" if to else "")),
        Box(f"{side}_organ", _("Cơ quan nhận") if to else _("Cơ quan trước đây"), "choice",
            required=False, choices=BodyKind.choices, value=_part(row, side, "organ"),
            help=_("Để trống nếu văn bản chỉ nói cấp.")),
        Box(f"{side}_title", _("Chức vụ nhận") if to else _("Chức vụ trước đây"), required=False,
            most=120, value=_part(row, side, "title")),
        Box(f"{side}_name", _("Tên cơ quan nhận") if to else _("Tên cơ quan trước đây"),
            required=False, most=160, value=_part(row, side, "name"),
            help=_("Chỉ khi có nhiều cơ quan cùng loại, ví dụ tên sở.")),
    ]  # fmt: skip


def rule_boxes(row: Rule | None, *, code: bool = True) -> tuple[Box, ...]:
    """What a rule says, box by box; filled from a rule that is there."""
    text = row.text.number if row else ""
    first = [
        Box("code", _("Mã quy định"), most=60, value=row.code if row else "",
            help=_("Chữ và số, ví dụ HN-001."))
    ] if code else []  # fmt: skip
    return (
        *first,
        Box("matter", _("Việc"), "choice", value=row.matter.code if row else "",
            choices=Matter.objects.order_by("folded").values_list("code", "name")),
        Box("kind", _("Hình thức"), "choice", choices=RuleKind.choices,
            value=row.kind if row else "division"),
        *_office_boxes("to", row),
        *_office_boxes("from", row),
        Box("text", _("Số văn bản"), most=80, value=text,
            help=_("Đúng như trong sổ văn bản, ví dụ 140/2025/NĐ-CP.")),
        Box("article", _("Điều"), required=False, most=20, value=row.article if row else ""),
        Box("clause", _("Khoản"), required=False, most=20, value=row.clause if row else ""),
        Box("replaced", _("Quy định được thay"), required=False, value=row.replaced if row else ""),
        Box("since", _("Từ ngày"), "day", required=False, value=iso(row.since) if row else ""),
        Box("until", _("Đến trước ngày"), "day", required=False, value=iso(row.until) if row else ""),
        Box("least", _("Từ số tiền (đồng)"), "money", required=False, most=24,
            value=str(row.least or "") if row else ""),
        Box("most", _("Đến số tiền (đồng)"), "money", required=False, most=24,
            value=str(row.most or "") if row else ""),
        Box("place", _("Chỉ áp dụng ở"), required=False, most=120,
            help=_("Tên tỉnh, thành phố, xã, phường; để trống nếu áp dụng cả nước.")),
        Box("conditions", _("Điều kiện"), "long", required=False, most=2_000,
            value=row.conditions if row else ""),
        Box("reading", _("Đã đọc"), "choice", choices=Reading.choices,
            value=row.reading if row else "part"),
        Box("sources", _("Nguồn"), "long", required=False, most=2_000,
            value=row.sources if row else ""),
        Box("note", _("Ghi chú"), "long", required=False, most=2_000, value=row.note if row else ""),
    )  # fmt: skip


def rule_sent(request: HttpRequest) -> dict[str, Any]:
    """What the boxes of a rule say. Raises Refused for a day or amount that cannot be read."""
    sent = request.POST
    plain = (
        "matter", "kind", "to_tier", "to_organ", "to_title", "to_name", "from_tier", "from_organ",
        "from_title", "from_name", "article", "clause", "replaced", "conditions", "sources",
        "note", "reading",
    )  # fmt: skip
    row: dict[str, Any] = {name: sent.get(name, "").strip() for name in plain}
    number = sent.get("text", "").strip()
    found = LegalText.objects.filter(number__iexact=number[:80]).first()
    row["text"] = found.key if found else number[:60]
    row["reading"] = row["reading"] if row["reading"] in Reading.values else Reading.PART.value
    place = sent.get("place", "").strip()
    if place:
        places = place_named(place, clock.today())
        if len(places) != 1:
            raise Refused.because("authority.place-unknown", place[:60])
        row["places"] = [places[0].unit_id]
    return row | {
        "since": day_in(sent.get("since", ""), needed=False),
        "until": day_in(sent.get("until", ""), needed=False),
        "least": money_in(sent.get("least", "")),
        "most": money_in(sent.get("most", "")),
    }


def page_of(row: Rule) -> str:
    """The page of one version: that of the rule, or of the draft that waits beside it."""
    page = reverse("authority:rule", args=[row.code])
    return f"{page}?ban={DRAFT}" if row.waiting else page


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A new rule, as a draft."""
    permit.refuse(may_keep(actor_in(request)))
    return asked(
        request,
        Form(_("Quy định mới"), rule_boxes(None), reverse("authority:rules"), _("Ghi dự thảo")),
        lambda act: actions.write_rule(
            act, code=request.POST.get("code", ""), rule=rule_sent(request)
        ),
        _("Đã ghi dự thảo. Cần hai người khác đối chiếu với văn bản trước khi công bố."),
        tabs(request, "rules"),
        to=lambda done: reverse("authority:rule", args=[done["code"]]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of a rule: a draft again, to be compared again; the old one stays readable."""
    permit.refuse(may_keep(actor_in(request)))
    row = newest_of(code)
    back = page_of(row)
    lede = _(
        "Bản đang áp dụng vẫn có hiệu lực cho đến khi bản mới được hai người đối chiếu và công bố."
    )
    return asked(
        request,
        Form(_("Sửa quy định %(code)s") % {"code": row.code}, rule_boxes(row, code=False), back,
             _("Ghi bản mới"), lede),
        lambda act: actions.write_rule(act, code=row.code, rule=rule_sent(request)),
        _("Đã ghi dự thảo bản mới. Bản đang áp dụng chưa đổi; cần hai người khác đối chiếu."),
        tabs(request, "rules"),
        to=lambda done: f"{reverse('authority:rule', args=[done['code']])}?ban={DRAFT}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody compares a rule with its text."""
    row = newest_of(code)
    permit.refuse(may_check(actor_in(request), row.author, [c.user for c in row.checks.all()]))
    sent = request.POST
    boxes = (
        Box("verdict", _("Kết quả"), "choice", choices=Verdict.choices),
        Box(
            "against",
            _("Đối chiếu với bản nào"),
            help=_("Công báo, cơ sở dữ liệu văn bản, trang số…"),
        ),
        Box("note", _("Khác ở đâu"), "long", required=False, most=2_000),
    )
    lede = f"{row.matter.name}: {office_of(row, 'to')}, {row.text.number}"
    return asked(
        request,
        Form(_("Đối chiếu với văn bản"), boxes, page_of(row),
             _("Ghi kết quả đối chiếu"), lede),
        lambda act: actions.check(
            act, code=row.code, verdict=sent.get("verdict", ""), against=sent.get("against", ""),
            note=sent.get("note", ""),
        ),
        _("Đã ghi kết quả đối chiếu."),
        tabs(request, "rules"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """A draft that two people found right counts from now on."""
    permit.refuse(may_keep(actor_in(request)))
    row = newest_of(code)
    return asked(
        request,
        Form(_("Công bố quy định %(code)s") % {"code": row.code}, (),
             page_of(row), _("Công bố"),
             _("Bản này thay bản đang áp dụng từ ngày ghi trong bản; những ngày trước đó vẫn theo bản cũ.")
             if row.waiting
             else _("Từ lúc này câu trả lời của trang tra thẩm quyền dựa vào quy định này.")),
        lambda act: actions.publish(act, code=row.code),
        _("Đã công bố quy định."),
        tabs(request, "rules"),
        to=lambda _done: reverse("authority:rule", args=[row.code]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """A rule leaves the register, or ends on a day."""
    permit.refuse(may_keep(actor_in(request)))
    draft = request.GET.get("ban") == DRAFT
    row = newest_of(code) if draft else rule_of(code)
    reason = Box("reason", _("Lý do"), "long", most=2_000)
    last = Box("on", _("Ngày đầu tiên không còn áp dụng"), "day", required=False,
               help=_("Để trống để rút hẳn khỏi sổ vì ghi sai."))  # fmt: skip
    title = (
        _("Bỏ dự thảo của quy định %(code)s") if draft else _("Kết thúc hoặc rút quy định %(code)s")
    )
    return asked(
        request,
        Form(title % {"code": row.code}, (reason,) if draft else (last, reason),
             page_of(row), _("Bỏ dự thảo") if draft else _("Ghi"), danger=True),
        lambda act: actions.withdraw(
            act, code=row.code, reason=request.POST.get("reason", ""), draft=draft,
            on=None if draft else day_in(request.POST.get("on", ""), needed=False),
        ),
        _("Đã bỏ dự thảo.") if draft else _("Đã ghi."),
        tabs(request, "rules"),
        to=lambda _done: reverse("authority:rule", args=[row.code]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def matter(request: HttpRequest, code: str = "") -> HttpResponse:
    """A matter of the register, and the ways people ask for it."""
    permit.refuse(may_keep(actor_in(request)))
    row = Matter.objects.filter(code=code[:60]).select_related("field").first() if code else None
    if code and row is None:
        raise Refused.missing(Problem("authority.matter-unknown", code[:60]))
    said = "\n".join(w.text for w in row.words.order_by("pk")) if row else ""
    fields = Field.objects.order_by("group__number", "name").values_list("code", "name")
    boxes = (
        Box("name", _("Tên việc"), value=row.name if row else ""),
        Box("field", _("Lĩnh vực"), "choice", choices=fields, value=row.field.code if row else ""),
        Box("words", _("Người dân thường gọi là gì"), "long", required=False, most=2_000, value=said,
            help=_("Mỗi dòng một cách gọi, ví dụ: xin sửa nhà.")),
        Box("public", _("Người dân tra được việc này"), "tick",
            value="1" if row is None or row.public else ""),
    )  # fmt: skip
    sent = request.POST
    return asked(
        request,
        Form(_("Việc trong sổ thẩm quyền"), boxes, reverse("authority:rules"), _("Ghi việc")),
        lambda act: actions.write_matter(
            act, code=row.code if row else "", name=sent.get("name", ""),
            field=sent.get("field", ""), words=sent.get("words", "").splitlines()[:100],
            public=sent.get("public") == "1",
        ),
        _("Đã ghi việc."),
        tabs(request, "rules"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest) -> HttpResponse:
    """Bring rules from a file; they come in as drafts."""
    return importer.bring(request, kind=CODE, scope={})  # type: ignore[arg-type]  # has an actor


@require_GET
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    permit.refuse(may_keep(actor_in(request)))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau.xlsx"
        write_template(file, "Bảng quy định thẩm quyền", RULE_COLUMNS)
        content = file.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-quy-dinh-tham-quyen.xlsx"'
    return response


BASE = "tham-quyen/quy-dinh/"
urlpatterns = [
    path(BASE, rules, name="rules"),
    path(f"{BASE}moi/", new, name="new-rule"),
    path(f"{BASE}nhap/", bring, name="bring"),
    path(f"{BASE}nhap/mau.xlsx", template, name="template"),
    path(f"{BASE}ma/<slug:code>/", rule, name="rule"),
    path(f"{BASE}ma/<slug:code>/sua/", edit, name="edit-rule"),
    path(f"{BASE}ma/<slug:code>/doi-chieu/", check, name="check-rule"),
    path(f"{BASE}ma/<slug:code>/cong-bo/", publish, name="publish-rule"),
    path(f"{BASE}ma/<slug:code>/ket-thuc/", withdraw, name="withdraw-rule"),
    path("tham-quyen/viec/moi/", matter, name="new-matter"),
    path("tham-quyen/viec/<slug:code>/", matter, name="matter"),
]
