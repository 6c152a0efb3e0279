"""What the values of the room are called on a page: offices, reasons, periods, citations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.apps.authority.models.choices import Tier
from thongsuot.apps.registry.models import BodyKind
from thongsuot.foundation.wording import day
from thongsuot.rules.authority.values import Citation, Office

REASONS: dict[str, str | Promise] = {
    "no-rule": gettext_lazy("Sổ chưa có quy định nào về việc này."),
    "draft-only": gettext_lazy("Mới có dự thảo, chưa công bố."),
    "expired": gettext_lazy("Quy định đã hết hiệu lực và chưa có quy định nối tiếp."),
    "not-begun": gettext_lazy("Quy định chưa đến ngày có hiệu lực."),
    "outside-place": gettext_lazy("Quy định chỉ áp dụng ở địa bàn khác."),
    "outside-amount": gettext_lazy("Không quy định nào nói đến số tiền này."),
    "no-unit": gettext_lazy("Ngày này cấp có thẩm quyền không còn hoặc chưa có ở địa bàn."),
    "no-organ": gettext_lazy("Địa bàn này không tổ chức cơ quan đó."),
    "no-body": gettext_lazy("Cơ quan có thẩm quyền đã kết thúc hoặc chưa bắt đầu hoạt động."),
    "vacant": gettext_lazy("Chức vụ có thẩm quyền đang khuyết, không có ai được ủy quyền."),
    "rules-differ": gettext_lazy("Các quy định đang có hiệu lực giao cho những nơi khác nhau."),
    "declared": gettext_lazy("Hai quy định vênh nhau, chưa có văn bản tháo gỡ."),
    "circle": gettext_lazy("Các quy định giao vòng quanh cho nhau."),
    "amount": gettext_lazy("Tùy số tiền mà thuộc nơi khác nhau; hãy ghi số tiền."),
}
MISSING: dict[str, str | Promise] = {
    "organ": gettext_lazy("Nguồn chỉ nói cấp, chưa nói cơ quan; cần đọc văn bản gốc."),
    "body": gettext_lazy("Cơ quan này chưa được ghi trong sổ đơn vị, cơ quan."),
    "post": gettext_lazy("Sổ chưa ghi chức vụ này của cơ quan."),
    "person": gettext_lazy("Chức vụ đang khuyết; người được ủy quyền ký thay."),
}


def office_words(office: Office) -> str:
    """An office in the words of an office: Chủ tịch UBND cấp xã; Sở Giáo dục và Đào tạo."""
    tier = str(Tier(office.tier).label)
    if office.name:
        return f"{office.title} {office.name}".strip() if office.title else office.name
    organ = str(BodyKind(office.organ).label) if office.organ else ""
    if office.title:
        return f"{office.title} {tier}"
    return f"{organ} {tier}" if organ else tier[:1].upper() + tier[1:]


def office_of(row: Any, side: str) -> str:
    """The giving or receiving office of a rule; empty when it has none."""
    tier = getattr(row, f"{side}_tier")
    if not tier:
        return ""
    values = (getattr(row, f"{side}_{part}") for part in ("organ", "title", "name"))
    return office_words(Office(tier, *values))


def cited(basis: Citation) -> str:
    """A citation as it is written: khoản 1 Điều 4 142/2025/NĐ-CP."""
    where = [_("khoản %(n)s") % {"n": basis.clause}] if basis.clause else []
    where += [_("Điều %(n)s") % {"n": basis.article}] if basis.article else []
    return ", ".join(part for part in (" ".join(where), basis.number or basis.text) if part)


def period_words(since: date | None, until: date | None) -> str:
    """From when until when; the last day is the one before the end."""
    if since and until:
        return _("từ %(since)s đến trước %(until)s") % {"since": day(since), "until": day(until)}
    if since:
        return _("từ %(since)s") % {"since": day(since)}
    if until:
        return _("đến trước %(until)s") % {"until": day(until)}
    return _("không ghi ngày")


def joined(parts: Iterable[str]) -> str:
    """Parts with commas, empty ones left out."""
    return ", ".join(part for part in parts if part)
