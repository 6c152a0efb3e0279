"""The closed lists of the room, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.rearrangement import lifecycle
from thongsuot.rules.rearrangement.carrying import Step
from thongsuot.rules.rearrangement.option import Fate


class SchemeKind(models.TextChoices):
    """What a scheme rearranges."""

    OFFICES = "offices", _("phòng thuộc sở, ngành")
    SERVICE_UNITS = "service-units", _("đơn vị sự nghiệp công lập")
    BOTH = "both", _("phòng và đơn vị sự nghiệp")


class SchemeState(models.TextChoices):
    """How far a scheme is."""

    DRAFT = lifecycle.DRAFT, _("đang xây dựng")
    SUBMITTED = lifecycle.SUBMITTED, _("đã trình")
    CONSULTED = lifecycle.CONSULTED, _("đang lấy ý kiến")
    APPROVED = lifecycle.APPROVED, _("đã phê duyệt")
    CARRYING = lifecycle.CARRYING, _("đang thực hiện")
    DONE = lifecycle.DONE, _("hoàn thành")
    DROPPED = lifecycle.DROPPED, _("thôi xây dựng")


class UnitSort(models.TextChoices):
    """What sort of unit is rearranged."""

    OFFICE = "office", _("phòng")
    BRANCH = "branch", _("chi cục")
    SERVICE_UNIT = "service-unit", _("đơn vị sự nghiệp")


class Funding(models.TextChoices):
    """How a unit is paid for (mức tự chủ tài chính)."""

    STATE = "state", _("ngân sách bảo đảm")
    PART = "part", _("tự bảo đảm một phần chi thường xuyên")
    RUNNING = "running", _("tự bảo đảm chi thường xuyên")
    SELF = "self", _("tự bảo đảm chi thường xuyên và đầu tư")
    COMPANY = "company", _("chuyển thành công ty cổ phần")


class FateWord(models.TextChoices):
    """What becomes of a unit."""

    KEEP = Fate.KEEP.value, _("giữ nguyên")
    MERGE = Fate.MERGE.value, _("sáp nhập, hợp nhất")
    DISSOLVE = Fate.DISSOLVE.value, _("giải thể")
    RENAME = Fate.RENAME.value, _("đổi tên")
    MOVE = Fate.MOVE.value, _("chuyển về cơ quan khác")
    CONVERT = Fate.CONVERT.value, _("chuyển cơ chế tự chủ")


class Stance(models.TextChoices):
    """What somebody who was asked thinks."""

    AGREE = "agree", _("nhất trí")
    COMMENTS = "comments", _("nhất trí, có góp ý")
    DISAGREE = "disagree", _("chưa nhất trí")


class StepWord(models.TextChoices):
    """The steps by which it is carried out."""

    DECISION = Step.DECISION.value, _("ban hành quyết định")
    PEOPLE = Step.PEOPLE.value, _("bố trí người")
    HANDOVER = Step.HANDOVER.value, _("bàn giao hồ sơ, tài sản")
    SEAL = Step.SEAL.value, _("nộp lại, khắc con dấu")
    ANNOUNCE = Step.ANNOUNCE.value, _("công bố, hoạt động")
