"""What checks found, in the words of an office; said when it is shown, not when it is kept."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.wording import number

SORTS = {
    "missing": _("thiếu"),
    "changed": _("khác"),
    "extra": _("thừa"),
    "renamed": _("đổi tên"),
    "name-form": _("tên viết khác dạng Unicode"),
    "other-kind": _("khác loại"),
    "sample": _("đọc lại không khớp"),
}
WHATS = {
    "file": _("tệp"),
    "folder": _("thư mục"),
    "link": _("liên kết"),
    "table": _("bảng"),
    "schema": _("cấu trúc"),
    "copy": _("bản sao"),
    "row": _("dòng"),
}


def differences(found: Iterable[Mapping[str, object]]) -> list[tuple[str, str, str, str]]:
    """Each difference as (sort, what, name, figures)."""
    return [
        (
            str(SORTS.get(str(d["sort"]), d["sort"])),
            str(WHATS.get(str(d["what"]), d["what"])),
            str(d["name"]),
            _figures(d["facts"]) if isinstance(d["facts"], Mapping) else "",
        )
        for d in found
    ]


def _figures(facts: Mapping[str, object]) -> str:
    if "was" in facts and "now" in facts:
        return f"{_figure(facts['was'])} → {_figure(facts['now'])}"
    if "now" in facts:
        return f"→ {_figure(facts['now'])}"
    return ""


def _figure(value: object) -> str:
    return number(value) if isinstance(value, int) else str(value)
