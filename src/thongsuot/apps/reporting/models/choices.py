"""The words of the room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.reporting import brief, forms, indicators, periods, returns


class PeriodKind(models.TextChoices):
    """How long a period is."""

    WEEK = periods.PeriodKind.WEEK, _("tuần")
    FORTNIGHT = periods.PeriodKind.FORTNIGHT, _("hai tuần")
    HALF_MONTH = periods.PeriodKind.HALF_MONTH, _("nửa tháng")
    MONTH = periods.PeriodKind.MONTH, _("tháng")
    QUARTER = periods.PeriodKind.QUARTER, _("quý")
    SIX_MONTHS = periods.PeriodKind.SIX_MONTHS, _("6 tháng")
    NINE_MONTHS = periods.PeriodKind.NINE_MONTHS, _("9 tháng")
    YEAR = periods.PeriodKind.YEAR, _("năm")
    AD_HOC = periods.PeriodKind.AD_HOC, _("đột xuất")


class State(models.TextChoices):
    """Where a return stands."""

    EXPECTED = returns.State.EXPECTED, _("chưa lập")
    DRAFT = returns.State.DRAFT, _("đang soạn")
    SUBMITTED = returns.State.SUBMITTED, _("đã nộp")
    NOTHING = returns.State.NOTHING, _("không có phát sinh")
    RECALLED = returns.State.RECALLED, _("đã rút lại")
    REOPENED = returns.State.REOPENED, _("được mở lại")


class Standing(models.TextChoices):
    """The count in which an expected unit stands."""

    ON_TIME = returns.Standing.ON_TIME, _("đúng hạn")
    NOTHING = returns.Standing.NOTHING, _("không có phát sinh")
    LATE = returns.Standing.LATE, _("nộp muộn")
    WAITING = returns.Standing.WAITING, _("chưa tới hạn")
    SILENT = returns.Standing.SILENT, _("quá hạn, chưa nộp")


class FieldType(models.TextChoices):
    """What sort of thing a field asks."""

    INTEGER = forms.FieldType.INTEGER, _("số nguyên")
    NUMBER = forms.FieldType.NUMBER, _("số thập phân")
    MONEY = forms.FieldType.MONEY, _("số tiền (đồng)")
    SHARE = forms.FieldType.SHARE, _("n trên N")
    TEXT = forms.FieldType.TEXT, _("chữ")
    YES_NO = forms.FieldType.YES_NO, _("có / không")
    DAY = forms.FieldType.DAY, _("ngày")


class Across(models.TextChoices):
    """How figures of units add up."""

    SUM = forms.Across.SUM, _("cộng")
    AVERAGE = forms.Across.AVERAGE, _("bình quân")
    SHARE = forms.Across.SHARE, _("n trên N")
    GATHER = forms.Across.GATHER, _("gom chữ")
    NONE = forms.Across.NONE, _("không tổng hợp")


class OverTime(models.TextChoices):
    """How figures of short periods become those of a longer one."""

    SUM = forms.OverTime.SUM, _("cộng dồn")
    LAST = forms.OverTime.LAST, _("lấy kỳ cuối")


class Check(models.TextChoices):
    """A rule between fields."""

    SUM = forms.Check.SUM, _("bằng tổng các chỉ tiêu sau")
    AT_MOST = forms.Check.AT_MOST, _("không lớn hơn")
    SAME = forms.Check.SAME, _("bằng")
    NEEDS = forms.Check.NEEDS, _("lớn hơn 0 thì phải ghi")
    JUMP = forms.Check.JUMP, _("cảnh báo khi đổi quá (%) so với kỳ trước")


class Bloc(models.TextChoices):
    """Whose layout a paper follows."""

    STATE = "state", _("khối Nhà nước (Nghị định 30/2020/NĐ-CP)")
    PARTY = "party", _("khối Đảng (thể thức cần xác nhận)")


class BriefKind(models.TextChoices):
    """What is written for a recipient."""

    BRIEF = brief.Kind.BRIEF, _("báo cáo nhanh định kỳ")
    REVIEW = brief.Kind.REVIEW, _("báo cáo sơ kết")
    FINAL = brief.Kind.FINAL, _("báo cáo tổng kết")


class Direction(models.TextChoices):
    """Which way is good."""

    UP = indicators.Direction.UP, _("càng cao càng tốt")
    DOWN = indicators.Direction.DOWN, _("càng thấp càng tốt")


class Track(models.TextChoices):
    """How a target stands."""

    REACHED = indicators.Track.REACHED, _("đã đạt đích")
    ON_TRACK = indicators.Track.ON_TRACK, _("đúng lộ trình")
    BEHIND = indicators.Track.BEHIND, _("chậm lộ trình")
    UNKNOWN = indicators.Track.UNKNOWN, _("chưa có số liệu")
