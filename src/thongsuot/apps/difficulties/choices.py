"""The closed lists of difficulties, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.difficulties import lifecycle, routing


class Sort(models.TextChoices):
    """Whether somebody is stuck or asks for something."""

    DIFFICULTY = "difficulty", _("khó khăn, vướng mắc")
    PROPOSAL = "proposal", _("kiến nghị, đề xuất")


class State(models.TextChoices):
    """Where a difficulty stands."""

    WAITING = lifecycle.WAITING, _("chờ trả lời")
    ANSWERED = lifecycle.ANSWERED, _("đã trả lời")
    WITHDRAWN = lifecycle.WITHDRAWN, _("đã rút")


class Answer(models.TextChoices):
    """What sort of answer it is."""

    ACCEPTED = lifecycle.ACCEPTED, _("chấp nhận")
    PARTLY = lifecycle.PARTLY, _("chấp nhận một phần")
    REFUSED = lifecycle.REFUSED, _("không chấp nhận")


class Step(models.TextChoices):
    """What can happen to a difficulty."""

    RAISE = lifecycle.RAISE, _("Nêu")
    ACCEPTED = lifecycle.ACCEPTED, _("Trả lời: chấp nhận")
    PARTLY = lifecycle.PARTLY, _("Trả lời: chấp nhận một phần")
    REFUSED = lifecycle.REFUSED, _("Trả lời: không chấp nhận")
    PASSED = lifecycle.PASSED, _("Chuyển đúng nơi có thẩm quyền")
    ASK_AGAIN = lifecycle.ASK_AGAIN, _("Hỏi lại cấp trên")
    REMIND = lifecycle.REMIND, _("Nhắc")
    MOVE = lifecycle.MOVE, _("Bàn giao nơi giữ")
    WITHDRAW = lifecycle.WITHDRAW, _("Rút")


class Why(models.TextChoices):
    """Why a difficulty went where it went."""

    COMPETENT = routing.COMPETENT, _("nơi có thẩm quyền theo quy định")
    OWN = routing.OWN, _("chính nơi nêu có thẩm quyền: gửi cấp trên để được hướng dẫn")
    NO_RULE = routing.NO_RULE, _("chưa có quy định giao cho ai: gửi cấp trên")
    CLASH = routing.CLASH, _("văn bản trái nhau: gửi cấp trên")
    NO_MATTER = routing.NO_MATTER, _("chưa nêu việc cụ thể: gửi cấp trên")
    ENDED = routing.ENDED, _("nơi có thẩm quyền không còn hoạt động: gửi cấp trên")
    NAMED = routing.NAMED, _("nơi được nêu tên là có thẩm quyền")


TONES = {State.WAITING: "wait", State.ANSWERED: "even", State.WITHDRAWN: "quiet"}
ANSWER_TONES = {Answer.ACCEPTED: "even", Answer.PARTLY: "plain", Answer.REFUSED: "lost"}
