"""The closed lists of the room, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.authority import texts, values


class Tier(models.TextChoices):
    """A tier of government."""

    CENTRE = values.Tier.CENTRE.value, _("trung ương")
    PROVINCE = values.Tier.PROVINCE.value, _("cấp tỉnh")
    DISTRICT = values.Tier.DISTRICT.value, _("cấp huyện")
    COMMUNE = values.Tier.COMMUNE.value, _("cấp xã")


class RuleKind(models.TextChoices):
    """By which of the four ways a power came to whoever has it."""

    DEVOLUTION = values.RuleKind.DEVOLUTION.value, _("phân quyền")
    DECENTRALISATION = values.RuleKind.DECENTRALISATION.value, _("phân cấp")
    DELEGATION = values.RuleKind.DELEGATION.value, _("ủy quyền")
    DIVISION = values.RuleKind.DIVISION.value, _("phân định thẩm quyền")


class Status(models.TextChoices):
    """How far a rule is in the register."""

    DRAFT = values.Status.DRAFT.value, _("dự thảo")
    PUBLISHED = values.Status.PUBLISHED.value, _("đã công bố")
    WITHDRAWN = values.Status.WITHDRAWN.value, _("đã rút")


class Reading(models.TextChoices):
    """How much of a source somebody read."""

    READ = "read", _("đã đọc văn bản")
    PART = "part", _("đọc qua nguồn dẫn")
    UNREAD = "unread", _("chưa đọc, cần xác nhận")


class TextKind(models.TextChoices):
    """What sort of text it is."""

    LAW = "law", _("luật")
    RESOLUTION = "resolution", _("nghị quyết")
    DECREE = "decree", _("nghị định")
    CIRCULAR = "circular", _("thông tư")
    DECISION = "decision", _("quyết định")
    OTHER = "other", _("văn bản khác")


class Effect(models.TextChoices):
    """What a text does to another."""

    AMENDS = texts.AMENDS, _("sửa đổi, bổ sung")
    REPLACES = texts.REPLACES, _("thay thế")
    REPEALS = texts.REPEALS, _("bãi bỏ")
    SUSPENDS = texts.SUSPENDS, _("ngưng hiệu lực")
    EXTENDS = texts.EXTENDS, _("gia hạn")
    SHORTENS = texts.SHORTENS, _("rút ngắn hiệu lực")


class Verdict(models.TextChoices):
    """What somebody found who compared a rule with its text."""

    SAME = "same", _("khớp văn bản")
    DIFFERS = "differs", _("khác văn bản")


class ReviewState(models.TextChoices):
    """How a rule stands in a commune, in the words of the commune."""

    APPLIES = "applies", _("đang áp dụng")
    READY = "ready", _("sẵn sàng áp dụng")
    BLOCKED = "blocked", _("đang vướng")
    NOT_OURS = "not-ours", _("không phát sinh ở đây")


class DelegationState(models.TextChoices):
    """How far a delegation is; that it stopped by itself is told by its days."""

    PROPOSED = "proposed", _("chờ ký")
    SIGNED = "signed", _("đã ký")
    REVOKED = "revoked", _("đã chấm dứt")
    REFUSED = "refused", _("không ký")


class Form(models.TextChoices):
    """How the receiver signs."""

    TUQ = "TUQ.", _("TUQ. (thừa ủy quyền)")
    KT = "KT.", _("KT. (ký thay)")
    TL = "TL.", _("TL. (thừa lệnh)")
    Q = "Q.", _("Q. (quyền)")


class Seal(models.TextChoices):
    """Whose seal is put on what is signed."""

    GIVER = "giver", _("con dấu của cơ quan ủy quyền")
    RECEIVER = "receiver", _("con dấu của cơ quan nhận ủy quyền")
    NONE = "none", _("không đóng dấu")


class Side(models.TextChoices):
    """What a signature rests on."""

    BY_RULE = "by-rule", _("đúng thẩm quyền")
    BY_DELEGATION = "by-delegation", _("theo ủy quyền")
    DOUBTFUL = "doubtful", _("văn bản còn vênh nhau")
    UNDETERMINED = "undetermined", _("chưa xác định")
