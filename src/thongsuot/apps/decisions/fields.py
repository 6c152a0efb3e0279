"""What the numbers of the law are called."""

from django.utils.translation import gettext_lazy as _

from thongsuot.rules.decisions import parameters as p

PARAMETERS = {
    p.PAPERS_DAYS: _("Tài liệu tới đại biểu trước kỳ họp, ngày làm việc"),
    p.INVITE_DAYS: _("Triệu tập kỳ họp thường lệ trước, ngày làm việc"),
    p.INVITE_EXTRA_DAYS: _("Triệu tập kỳ họp chuyên đề, đột xuất trước, ngày làm việc"),
    p.REVIEW_DAYS: _("Thẩm tra xong trước kỳ họp, ngày làm việc"),
    p.OPINION_DAYS: _("Có ý kiến Ban Thường vụ trước kỳ họp, ngày làm việc"),
    p.PUBLISH_DAYS: _("Công bố nghị quyết sau kỳ họp, ngày làm việc"),
    p.QUORUM: _("Tỷ lệ đại biểu có mặt tối thiểu, phần vạn"),
    p.MAJORITY: _("Tỷ lệ tán thành phải vượt, phần vạn của tổng số đại biểu"),
}


def parameter_name(key: str) -> str:
    """What people read for a number of the law."""
    return str(PARAMETERS[key])
