"""The closed lists of settling, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.settling import bundles, finance, seals


class SheetState(models.TextChoices):
    """How far a closing sheet is."""

    OPEN = "open", _("đang lập")
    FROZEN = "frozen", _("đã chốt số liệu")


class Section(models.TextChoices):
    """The parts of a closing sheet."""

    BALANCE = finance.Section.BALANCE.value, _("Số dư tài khoản")
    CASH = finance.Section.CASH.value, _("Tồn quỹ tiền mặt")
    ESTIMATE = finance.Section.ESTIMATE.value, _("Dự toán")
    HELD = finance.Section.HELD.value, _("Tiền tạm giữ")
    ADVANCE = finance.Section.ADVANCE.value, _("Tạm ứng")
    RECEIVABLE = finance.Section.RECEIVABLE.value, _("Nợ phải thu")
    PAYABLE = finance.Section.PAYABLE.value, _("Nợ phải trả")
    FINDING = finance.Section.FINDING.value, _("Kết luận thanh tra, kiểm toán chưa thực hiện")
    REVENUE = finance.Section.REVENUE.value, _("Thu ngân sách so với kế hoạch")


class SealType(models.TextChoices):
    """What sort of seal it is; the same as in the inventory."""

    ROUND = "round", _("dấu tròn")
    SMALL = "small", _("dấu thu nhỏ")
    EMBOSSED = "embossed", _("dấu nổi")
    TITLE = "title", _("dấu chức danh, dấu tên")
    DIGITAL = "digital", _("chữ ký số")
    OTHER = "other", _("dấu khác")


class SealState(models.TextChoices):
    """Where a seal stands."""

    IN_USE = seals.IN_USE, _("đang dùng")
    REPORTED = seals.REPORTED, _("đã kê khai")
    RETURNED = seals.RETURNED, _("đã nộp")
    CERTIFIED = seals.CERTIFIED, _("đã thu hồi")
    LOST = seals.LOST, _("mất, chưa thông báo")
    ANNOUNCED = seals.ANNOUNCED, _("mất, đã thông báo")


class SealAct(models.TextChoices):
    """What can be done with an old seal."""

    REPORT = "report", _("Kê khai nộp lại")
    RETURN = "return", _("Nộp cho cơ quan công an")
    CERTIFY = "certify", _("Ghi giấy chứng nhận đã thu hồi")
    LOSE = "lose", _("Báo mất")
    ANNOUNCE = "announce", _("Ghi thông báo mất, hủy giá trị sử dụng")
    FIND = "find", _("Ghi đã tìm thấy")


class Sort(models.TextChoices):
    """What a bundle is about."""

    SERVICE_UNIT = bundles.Sort.SERVICE_UNIT.value, _("đơn vị sự nghiệp công lập")
    PROJECT_BOARD = bundles.Sort.PROJECT_BOARD.value, _("ban quản lý dự án, ban bồi thường")
    SCHEME = bundles.Sort.SCHEME.value, _("dự án, đề án")


class Group(models.TextChoices):
    """What a part is in its bundle."""

    REMIT = bundles.Group.REMIT.value, _("Chức năng, nhiệm vụ")
    PEOPLE = bundles.Group.PEOPLE.value, _("Con người")
    MONEY = bundles.Group.MONEY.value, _("Tài chính")
    PAPERS = bundles.Group.PAPERS.value, _("Hồ sơ, tài liệu")
    CONTRACTS = bundles.Group.CONTRACTS.value, _("Hợp đồng")
    THINGS = bundles.Group.THINGS.value, _("Tài sản, con dấu, dữ liệu")


class BundleState(models.TextChoices):
    """How far a bundle is."""

    DRAFT = "draft", _("đang ghép")
    CONFIRMED = "confirmed", _("đã chốt")
    DISSOLVED = "dissolved", _("đã bỏ")


class Why(models.TextChoices):
    """Why a part belongs to a bundle."""

    PARENT = bundles.PARENT, _("tách ra từ mục này")
    CODE = bundles.CODE, _("ghi mã của nhau")
    ACCOUNT = bundles.ACCOUNT, _("cùng số tài khoản")
    CONTRACT = bundles.CONTRACT, _("hợp đồng được nêu tên")
    NAME = bundles.NAME, _("nêu đúng tên")
    PLACE = bundles.PLACE, _("cùng cơ quan, lĩnh vực, địa bàn")
    CHOSEN = "chosen", _("người chọn")
