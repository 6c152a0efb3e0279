"""The closed lists of the room, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.directives import grid, lifecycle
from thongsuot.rules.kernel import deadline, rhythm


class DocumentKind(models.TextChoices):
    """What kind of document binds or informs."""

    CONCLUSION = "conclusion", _("kết luận")
    NOTICE = "notice", _("thông báo")
    DIRECTIVE = "directive", _("chỉ thị")
    RESOLUTION = "resolution", _("nghị quyết")
    DECISION = "decision", _("quyết định")
    PLAN = "plan", _("kế hoạch")
    PROGRAMME = "programme", _("chương trình")
    SCHEME = "scheme", _("đề án")
    LETTER = "letter", _("công văn")
    DISPATCH = "dispatch", _("công điện")
    MINUTES = "minutes", _("biên bản")
    REPORT = "report", _("báo cáo")
    OTHER = "other", _("văn bản khác")


class DutyState(models.TextChoices):
    """How far a duty is."""

    DRAFT = lifecycle.DRAFT, _("dự thảo")
    ISSUED = lifecycle.ISSUED, _("đã giao")
    ACCEPTED = lifecycle.ACCEPTED, _("đã nhận")
    RETURNED = lifecycle.RETURNED, _("trả lại")
    IN_PROGRESS = lifecycle.IN_PROGRESS, _("đang làm")
    REPORTED = lifecycle.REPORTED, _("chờ nghiệm thu")
    COMPLETED = lifecycle.COMPLETED, _("hoàn thành")
    RECALLED = lifecycle.RECALLED, _("thu hồi")
    DROPPED = lifecycle.DROPPED, _("bỏ dự thảo")


class Lane(models.TextChoices):
    """How urgent it is (việc trước mắt, việc ưu tiên)."""

    NOW = "now", _("trước mắt")
    PRIORITY = "priority", _("ưu tiên")
    NORMAL = "normal", _("thường")


class Manner(models.TextChoices):
    """Whether an issued duty binds its lead, or asks a body that stands in no line below."""

    TASK = "task", _("giao nhiệm vụ")
    REQUEST = "request", _("đề nghị phối hợp")


class TermWord(models.TextChoices):
    """How a single day is meant."""

    ON = deadline.TermKind.ON.value, _("chậm nhất ngày")
    BEFORE = deadline.TermKind.BEFORE.value, _("trước ngày")
    WITHIN = deadline.TermKind.WITHIN.value, _("trong kỳ, đến hết ngày")


class EveryWord(models.TextChoices):
    """How often it comes again."""

    DAILY = rhythm.Every.DAILY.value, _("hằng ngày")
    WEEKLY = rhythm.Every.WEEKLY.value, _("hằng tuần")
    BIWEEKLY = rhythm.Every.BIWEEKLY.value, _("2 tuần một lần")
    MONTHLY = rhythm.Every.MONTHLY.value, _("hằng tháng")
    QUARTERLY = rhythm.Every.QUARTERLY.value, _("hằng quý")
    SEMIANNUAL = rhythm.Every.SEMIANNUAL.value, _("6 tháng một lần")
    ANNUAL = rhythm.Every.ANNUAL.value, _("hằng năm")


class LineKind(models.TextChoices):
    """What one line of the history of a duty says."""

    DRAFTED = "drafted", _("lập dự thảo")
    CHANGED = "change", _("sửa")
    ISSUED = "issue", _("giao")
    DROPPED = "drop", _("bỏ dự thảo")
    ACCEPTED = "accept", _("nhận nhiệm vụ")
    RETURNED = "return", _("trả lại")
    PROGRESS = "progress", _("báo cáo tiến độ")
    ANSWER = "answer", _("báo cáo kỳ")
    DONE = "report-done", _("báo cáo hoàn thành")
    SENT_BACK = "send-back", _("yêu cầu làm tiếp")
    COMPLETED = "complete", _("nghiệm thu, hoàn thành")
    RECALLED = "recall", _("thu hồi")
    ASKED = "ask-extension", _("xin gia hạn")
    EXTENDED = "extend", _("gia hạn")
    NOT_EXTENDED = "refuse-extension", _("không đồng ý gia hạn")
    MOVED = "move", _("chuyển cơ quan kế thừa")
    REASSIGNED = "reassign", _("đổi người phụ trách")
    PART_DONE = "part-done", _("xong phần phối hợp")
    REMINDED = "reminded", _("đã nhắc")


class Relation(models.TextChoices):
    """Why a body sees a duty."""

    ASSIGNER = "assigner", _("giao việc")
    LEAD = "lead", _("chủ trì")
    HELPS = "helps", _("phối hợp")
    TOLD = "told", _("nhận báo cáo")
    ABOVE = "above", _("giao từ cấp trên")


class MarkWord(models.TextChoices):
    """How a standing point stands in a unit."""

    NOT_BEGUN = grid.Mark.NOT_BEGUN.value, _("chưa làm")
    UNDER_WAY = grid.Mark.UNDER_WAY.value, _("đang làm")
    STUCK = grid.Mark.STUCK.value, _("vướng mắc")
    DONE = grid.Mark.DONE.value, _("xong")
    NOTHING = grid.Mark.NOTHING.value, _("không phát sinh")


class PlanKind(models.TextChoices):
    """What kind of plan a roadmap belongs to."""

    PROGRAMME = "programme", _("chương trình, kế hoạch")
    SCHEME = "scheme", _("đề án")
    CAMPAIGN = "campaign", _("phong trào, cuộc vận động")
    CONGRESS = "congress", _("chuẩn bị đại hội")
    ELECTION = "election", _("bầu cử ở khu phố, thôn")
    OVERALL = "overall", _("tiến độ chung tổng thể")
