"""Words for periods and parts, in the language of the reader."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.reporting.periods import PeriodKind

PARTS = {
    "tinh_hinh": gettext_lazy("Tình hình và kết quả"),
    "thay_doi": gettext_lazy("Thay đổi so với báo cáo trước"),
    "so_lieu": gettext_lazy("Số liệu theo lĩnh vực"),
    "bao_cao": gettext_lazy("Tình hình nộp báo cáo"),
    "kho_khan": gettext_lazy("Khó khăn, vướng mắc, bất cập"),
    "kien_nghi": gettext_lazy("Kiến nghị, đề xuất"),
    "ky_toi": gettext_lazy("Nhiệm vụ thời gian tới"),
    "khai_quat": gettext_lazy("Khái quát tình hình"),
    "ket_qua": gettext_lazy("Kết quả thực hiện"),
    "uu_diem": gettext_lazy("Ưu điểm"),
    "thuan_loi": gettext_lazy("Thuận lợi"),
    "han_che": gettext_lazy("Hạn chế, tồn tại"),
    "nguyen_nhan": gettext_lazy("Nguyên nhân"),
    "bai_hoc": gettext_lazy("Bài học kinh nghiệm"),
}


def period_words(kind: str, period: Period) -> str:
    """A period as an office names it: tuần 29 (14/07–20/07/2025), tháng 7/2025, quý III/2025."""
    since, last = period.since, period.last_day
    if since is None or last is None:
        return ""
    days = {"a": f"{since:%d/%m}" if since.year == last.year else day(since), "b": day(last)}
    if kind == PeriodKind.WEEK:
        return _("tuần %(n)s (%(a)s–%(b)s)") % {"n": since.isocalendar().week, **days}
    if kind == PeriodKind.FORTNIGHT:
        weeks = {"n": since.isocalendar().week, "m": last.isocalendar().week}
        return _("tuần %(n)s và %(m)s (%(a)s–%(b)s)") % {**weeks, **days}
    if since.day != 1 or kind in (PeriodKind.HALF_MONTH, PeriodKind.AD_HOC):
        return _("từ %(a)s đến %(b)s") % days
    return _whole_months(kind, since, last)


def _whole_months(kind: str, since: date, last: date) -> str:
    said = {"month": last.month, "year": last.year}
    if kind == PeriodKind.MONTH:
        return _("tháng %(month)s/%(year)s") % said
    if kind == PeriodKind.QUARTER:
        quarter = ("I", "II", "III", "IV")[(last.month - 1) // 3]
        return _("quý %(quarter)s/%(year)s") % {"quarter": quarter, **said}
    if kind == PeriodKind.SIX_MONTHS:
        return (
            _("6 tháng đầu năm %(year)s") % said
            if since.month == 1
            else _("6 tháng cuối năm %(year)s") % said
        )
    if kind == PeriodKind.NINE_MONTHS:
        return _("9 tháng đầu năm %(year)s") % said
    return _("năm %(year)s") % said


def due_words(after: int, at: str, *, weekly: bool) -> str:
    """When something is due: 12:00 thứ Sáu, or so many days after the last day of the period."""
    if weekly:
        names = (
            _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"),
            _("Chủ nhật"),
        )  # fmt: skip
        named = names[(date(2025, 1, 5) + timedelta(days=after)).weekday()]  # a Sunday
        if after > 0:
            return _("%(at)s %(day)s tuần sau") % {"at": at, "day": named}
        return _("%(at)s %(day)s") % {"at": at, "day": named}
    if after == 0:
        return _("%(at)s ngày cuối kỳ") % {"at": at}
    if after < 0:
        return _("%(at)s, trước ngày cuối kỳ %(n)s ngày") % {"at": at, "n": -after}
    return _("%(at)s, sau ngày cuối kỳ %(n)s ngày") % {"at": at, "n": after}
