"""The closed lists of the handover, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.handover import allocation, holder, ledger, lifecycle


class Kind(models.TextChoices):
    """The eleven kinds of things that a body hands over."""

    TASK = "task", _("nhiệm vụ dở dang")
    CASE = "case", _("hồ sơ thủ tục đang giải quyết")
    ARCHIVE = "archive", _("tài liệu lưu trữ")
    ASSET = "asset", _("tài sản công")
    OFFICE = "office", _("trụ sở")
    FINANCE = "finance", _("tài chính")
    PROJECT = "project", _("dự án, đề án")
    PERSON = "person", _("cán bộ, công chức, viên chức, người lao động")
    SERVICE_UNIT = "service_unit", _("đơn vị sự nghiệp")
    SEAL = "seal", _("con dấu")
    DATASET = "dataset", _("dữ liệu, tài khoản, hợp đồng")


class ItemState(models.TextChoices):
    """Where an item stands: the most urgent place that holds a part of it."""

    HELD = ledger.HELD, _("đang giữ")
    TRANSIT = ledger.TRANSIT, _("đang giao")
    ACCEPTED = ledger.ACCEPTED, _("đã nhận")
    KEPT = ledger.KEPT, _("giữ lại")
    CLOSED = ledger.CLOSED, _("kết thúc")
    DESTROYED = ledger.DESTROYED, _("tiêu hủy theo quyết định")
    DISPUTED = ledger.DISPUTED, _("đang tranh chấp")
    MISSING = ledger.MISSING, _("thiếu")
    UNDONE = ledger.UNDONE, _("đã rút khỏi danh mục")
    REPLACED = ledger.REPLACED, _("đã chia tách")


class Allocation(models.TextChoices):
    """How far the question *who receives it?* has been answered."""

    NONE = "none", _("chưa phân")
    PROPOSED = allocation.PROPOSED, _("đề xuất")
    SHARED = allocation.SHARED, _("đề xuất chia")
    GAP = allocation.GAP, _("chưa có nơi nhận")
    CLASH = allocation.CLASH, _("quy tắc trái nhau")
    CONFIRMED = "confirmed", _("đã chốt")


class Step(models.IntegerChoices):
    """The five ordered steps."""

    REVIEW = lifecycle.REVIEW, _("rà soát")
    COUNT = lifecycle.COUNT, _("thống kê")
    CONSOLIDATE = lifecycle.CONSOLIDATE, _("tổng hợp")
    CLASSIFY = lifecycle.CLASSIFY, _("phân loại")
    HAND_OVER = lifecycle.HAND_OVER, _("bàn giao")


class TransitionState(models.TextChoices):
    """How far a transition is."""

    DRAFT = lifecycle.DRAFT, _("đang chuẩn bị")
    OPEN = lifecycle.OPEN, _("đang thực hiện")
    CLOSED = lifecycle.FINISHED, _("đã khóa")


class MinutesState(models.TextChoices):
    """How far handover minutes are."""

    COUNTING = lifecycle.COUNTING, _("đang kiểm đếm")
    GIVER_SIGNED = lifecycle.GIVER_SIGNED, _("bên giao đã ký")
    SIGNED = lifecycle.SIGNED, _("hai bên đã ký")
    WITHDRAWN = lifecycle.WITHDRAWN, _("đã rút")


class Side(models.TextChoices):
    """The two sides of minutes."""

    GIVER = "giver", _("bên giao")
    RECEIVER = "receiver", _("bên nhận")


class TransitionSide(models.TextChoices):
    """What becomes of a body in a transition."""

    ENDS = "ends", _("kết thúc hoạt động")
    BEGINS = "begins", _("bắt đầu hoạt động")


class TeamSide(models.TextChoices):
    """On which side a team works."""

    HANDING = "handing", _("Tổ bàn giao")
    RECEIVING = "receiving", _("Tổ tiếp nhận")


class Disposition(models.TextChoices):
    """How it came that a body holds an item tonight."""

    WITH_GIVER = holder.WITH_GIVER, _("bên giao đang giữ")
    SIGNED = holder.SIGNED, _("đã ký nhận")
    NAMED = holder.NAMED, _("nơi nhận đã chốt, giữ từ ngày bên giao kết thúc")
    NOMINATED = holder.NOMINATED, _("cơ quan được chỉ định tiếp nhận việc còn lại")
    CARETAKER = holder.CARETAKER, _("cơ quan trông giữ phần còn lại")
    PROVISIONAL = holder.PROVISIONAL, _("giữ tạm trong lúc tranh chấp")
    BY_DECISION = holder.BY_DECISION, _("giữ lại theo quyết định")
    SEARCHING = holder.SEARCHING, _("chưa thấy, chịu trách nhiệm tìm")
    OVERDUE = holder.OVERDUE, _("bên giao đã hết nhiệm vụ, chưa chỉ định ai")


class DisputeSort(models.TextChoices):
    """The steps of a dispute."""

    OPENED = "opened", _("mở tranh chấp")
    POSITION = "position", _("ý kiến")
    PROVISIONAL = "provisional", _("giao giữ tạm")
    SETTLED = "settled", _("quyết định")


class Stance(models.TextChoices):
    """What a side of a dispute says of itself."""

    CLAIMS = "claims", _("đề nghị được nhận")
    DECLINES = "declines", _("đề nghị không nhận")


class CarrySort(models.TextChoices):
    """What is written about unfinished work."""

    FROZEN = "frozen", _("chốt tồn đọng")
    PROPOSED = "proposed", _("đề xuất")
    DONE = "done", _("đã giải quyết xong")
