"""The closed lists of decisions, as an office names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.decisions import docket, registers, session


class Track(models.TextChoices):
    """Who decides in the end."""

    COUNCIL = docket.COUNCIL, _("HĐND quyết định")
    COMMITTEE = docket.COMMITTEE, _("UBND quyết định")


class State(models.TextChoices):
    """How far a decision is."""

    DRAFT = docket.DRAFT, _("đang dự thảo")
    CONSULTING = docket.CONSULTING, _("đang lấy ý kiến")
    READY = docket.READY, _("đã thống nhất dự thảo")
    SUBMITTED = docket.SUBMITTED, _("UBND đã trình")
    OPINED = docket.OPINED, _("Ban Thường vụ đã cho ý kiến")
    SCHEDULED = docket.SCHEDULED, _("trong chương trình kỳ họp")
    RESOLVED = docket.RESOLVED, _("đã quyết định")
    PUBLISHED = docket.PUBLISHED, _("đã công bố")
    IMPLEMENTING = docket.IMPLEMENTING, _("đang thực hiện")
    DONE = docket.DONE, _("đã thực hiện xong")
    REJECTED = docket.REJECTED, _("không thông qua")
    WITHDRAWN = docket.WITHDRAWN, _("đã rút")


class Act(models.TextChoices):
    """One step of a decision."""

    CONSULT = "consult", _("Gửi lấy ý kiến")
    SKIP_CONSULT = "skip-consult", _("Không lấy ý kiến, có lý do")
    ENDORSE = "endorse", _("Tiếp thu xong, thống nhất dự thảo")
    REDRAFT = "redraft", _("Dự thảo lại")
    SUBMIT = "submit", _("UBND trình")
    OPINE = "opine", _("Ban Thường vụ thống nhất")
    OPINE_URGENT = "opine-urgent", _("Thường trực cấp ủy cho ý kiến trước (khẩn)")
    RETURN = "return", _("Ban Thường vụ chưa thống nhất, trả lại")
    SCHEDULE = "schedule", _("Đưa vào chương trình kỳ họp")
    POSTPONE = "postpone", _("Lùi sang kỳ họp khác")
    PASS = "pass", _("HĐND thông qua")
    REJECT = "reject", _("HĐND không thông qua")
    DECIDE = "decide", _("UBND ra quyết định")
    PUBLISH = "publish", _("Công bố")
    IMPLEMENT = "implement", _("Giao việc thực hiện")
    FINISH = "finish", _("Kết thúc thực hiện")
    WITHDRAW = "withdraw", _("Rút hồ sơ")
    MOVE = docket.MOVE, _("Chuyển sang cơ quan kế tục")


class PaperKind(models.TextChoices):
    """What paper of a decision it is."""

    DRAFT_RESOLUTION = "draft-resolution", _("dự thảo nghị quyết")
    DRAFT_DECISION = "draft-decision", _("dự thảo quyết định")
    EXPLANATION = "explanation", _("thuyết minh, báo cáo tiếp thu ý kiến")
    OPINION = "opinion", _("thông báo ý kiến của cấp ủy")
    REVIEW = "review", _("báo cáo thẩm tra")
    OTHER = "other", _("tài liệu khác")


class Stance(models.TextChoices):
    """What a body says that was asked."""

    AGREES = "agrees", _("thống nhất")
    COMMENTS = "comments", _("thống nhất, có góp ý")
    DISAGREES = "disagrees", _("chưa thống nhất")


class SessionKind(models.TextChoices):
    """What sort of session it is."""

    REGULAR = session.REGULAR, _("kỳ họp thường lệ")
    EXTRAORDINARY = session.EXTRAORDINARY, _("kỳ họp chuyên đề, đột xuất")


class SessionState(models.TextChoices):
    """How far a session is."""

    PLANNED = session.PLANNED, _("dự kiến")
    CONVENED = session.CONVENED, _("đã triệu tập")
    OPENED = session.OPENED, _("đang họp")
    CLOSED = session.CLOSED, _("đã bế mạc")
    CANCELLED = session.CANCELLED, _("đã hủy")


class Milestone(models.TextChoices):
    """What must have happened by a day before (or after) a session."""

    CONVENE = session.CONVENE, _("triệu tập, gửi giấy mời")
    OPINION = session.OPINION, _("có ý kiến của Ban Thường vụ")
    REVIEW = session.REVIEW, _("thẩm tra xong")
    PAPERS = session.PAPERS, _("tài liệu tới đại biểu")
    SESSION = session.SESSION, _("ngày họp")
    PUBLISH = session.PUBLISH, _("công bố nghị quyết")


class Sort(models.TextChoices):
    """What a register holds."""

    WORKING = registers.WORKING, _("quy chế làm việc")
    COORDINATION = registers.COORDINATION, _("quy chế phối hợp")
    ASSIGNMENT = registers.ASSIGNMENT, _("quyết định phân công nhiệm vụ")


class VersionState(models.TextChoices):
    """How far a version of a register is."""

    DRAFT = registers.DRAFT, _("dự thảo")
    IN_FORCE = registers.IN_FORCE, _("đang áp dụng")
    REPLACED = registers.REPLACED, _("đã thay thế")


class LineRole(models.TextChoices):
    """In which way somebody has a matter."""

    LEAD = registers.LEAD, _("phụ trách")
    DEPUTY = registers.DEPUTY, _("thay khi vắng")


TONES = {
    State.DRAFT: "plain", State.CONSULTING: "wait", State.READY: "plain", State.SUBMITTED: "wait",
    State.OPINED: "wait", State.SCHEDULED: "wait", State.RESOLVED: "even", State.PUBLISHED: "even",
    State.IMPLEMENTING: "wait", State.DONE: "even", State.REJECTED: "lost",
    State.WITHDRAWN: "quiet",
}  # fmt: skip
SESSION_TONES = {
    SessionState.PLANNED: "plain", SessionState.CONVENED: "wait", SessionState.OPENED: "wait",
    SessionState.CLOSED: "even", SessionState.CANCELLED: "quiet",
}  # fmt: skip
VERSION_TONES = {
    VersionState.DRAFT: "wait", VersionState.IN_FORCE: "even", VersionState.REPLACED: "quiet",
}  # fmt: skip
