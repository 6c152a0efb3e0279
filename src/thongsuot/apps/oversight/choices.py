"""The closed lists of the room, with their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.oversight import commendation as rules


class FormWord(models.TextChoices):
    """How somebody is commended."""

    PRAISE = rules.Form.PRAISE.value, _("ghi nhận, biểu dương")
    LETTER = rules.Form.LETTER.value, _("thư khen")
    CERTIFICATE = rules.Form.CERTIFICATE.value, _("giấy khen")
    MERIT = rules.Form.MERIT.value, _("bằng khen")


class StateWord(models.TextChoices):
    """How far a commendation is."""

    PROPOSED = rules.PROPOSED, _("đã đề nghị")
    CONSULTED = rules.CONSULTED, _("đang lấy ý kiến")
    DECIDED = rules.DECIDED, _("đã quyết định")
    ANNOUNCED = rules.ANNOUNCED, _("đã công bố")
    DECLINED = rules.DECLINED, _("không đồng ý")
    WITHDRAWN = rules.WITHDRAWN, _("đã rút")


class WorkKind(models.TextChoices):
    """What the commended work is in the system."""

    DUTY = "duty", _("nhiệm vụ")
    PLAN = "plan", _("phong trào, đề án")
    SERIES = "series", _("chế độ báo cáo")
    FREE = "free", _("việc khác")


class View(models.TextChoices):
    """What somebody who was asked thinks."""

    AGREE = "agree", _("đồng ý")
    DISAGREE = "disagree", _("không đồng ý")


TONES = {
    StateWord.PROPOSED: "wait",
    StateWord.CONSULTED: "wait",
    StateWord.DECIDED: "even",
    StateWord.ANNOUNCED: "even",
    StateWord.DECLINED: "quiet",
    StateWord.WITHDRAWN: "quiet",
}
