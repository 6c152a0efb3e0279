"""The pages for everything that can go wrong: what happened, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Story:
    """What an error page says: a heading, what happened, and the things a person can do now."""

    heading: str | Promise
    happened: str | Promise
    next_steps: tuple[str | Promise, ...]


STORIES: dict[int, Story] = {
    400: Story(
        _("Máy chủ không đọc được yêu cầu"),
        _("Địa chỉ hoặc dữ liệu gửi lên bị thiếu hoặc sai dạng, nên chưa có gì được ghi."),
        (
            _("Quay lại trang trước, tải lại trang rồi gửi lại."),
            _("Nếu mở từ một liên kết, kiểm tra liên kết có bị cắt mất phần cuối không."),
        ),
    ),
    403: Story(
        _("Vị trí đang dùng không được làm việc này"),
        _("Việc này thuộc quyền của cơ quan hoặc vị trí khác. Chưa có gì bị thay đổi."),
        (
            _("Nếu có hơn một vị trí công tác, đổi vị trí ở góc trên bên phải rồi thử lại."),
            _("Nếu việc này phải thuộc vị trí đang dùng, báo người quản trị hệ thống của đơn vị."),
        ),
    ),
    404: Story(
        _("Không có trang này"),
        _("Trang đã đổi địa chỉ, chưa từng có, hoặc thuộc phạm vi của cơ quan khác."),
        (
            _("Tìm bằng ô tìm kiếm: tên cũ, tên mới, số văn bản hoặc mã."),
            _("Kiểm tra lại liên kết, nhất là phần cuối."),
        ),
    ),
    405: Story(
        _("Trang này không nhận cách gửi đó"),
        _("Địa chỉ đúng nhưng cách gửi không đúng, nên chưa có gì được ghi."),
        (_("Quay lại trang trước và dùng nút trên trang."),),
    ),
    409: Story(
        _("Có người vừa làm trước"),
        _("Trong lúc đang làm, người khác đã ghi thay đổi ở đúng chỗ này. Chưa ghi đè lên gì cả."),
        (
            _("Mở lại trang để xem bản mới nhất, rồi quyết định có làm tiếp không."),
            _("Chữ đã gõ còn được giữ trên máy này và sẽ được điền lại khi mở lại biểu mẫu."),
        ),
    ),
    413: Story(
        _("Tệp gửi lên quá lớn"),
        _("Tệp vượt mức nhận của máy chủ, nên chưa được lưu."),
        (_("Chia tệp thành nhiều phần, mỗi phần một cơ quan hoặc một loại, rồi gửi lần lượt."),),
    ),
    422: Story(
        _("Chưa làm được, vì còn điều phải sửa"),
        _("Chưa có gì được ghi. Sửa hết các điểm dưới đây rồi gửi lại một lần."),
        (_("Quay lại biểu mẫu: chữ đã gõ vẫn còn."),),
    ),
    429: Story(
        _("Thử quá nhiều lần"),
        _("Để chống dò mật khẩu, hệ thống tạm dừng nhận yêu cầu từ tài khoản hoặc máy này."),
        (_("Chờ vài phút rồi thử lại; nếu quên mật khẩu, nhờ người quản trị đặt lại."),),
    ),
    500: Story(
        _("Hệ thống gặp lỗi"),
        _(
            "Lỗi ở phía hệ thống, không phải ở việc đang làm. Việc dở dang không được ghi nửa chừng."
        ),
        (
            _("Thử lại sau một phút; chữ đã gõ còn được giữ trên máy này."),
            _("Nếu vẫn lỗi, báo người quản trị kèm giờ và địa chỉ trang."),
        ),
    ),
    503: Story(
        _("Hệ thống đang tạm nghỉ"),
        _(
            "Hệ thống đang bảo trì, quá tải hoặc cơ sở dữ liệu chưa trả lời. Việc dở dang không được ghi nửa chừng."
        ),
        (_("Thử lại sau ít phút; việc gấp thì dùng phiếu giấy dự phòng của bàn tiếp nhận."),),
    ),
    507: Story(
        _("Máy chủ đã hết chỗ chứa"),
        _(
            "Ổ đĩa của máy chủ đã đầy nên việc vừa gửi chưa được ghi. Những gì đã báo là ghi xong vẫn còn nguyên, các trang vẫn xem được."
        ),
        (
            _("Báo ngay người quản trị hệ thống giải phóng chỗ; không phải khởi động lại máy chủ."),
            _("Gửi lại sau khi có chỗ: gửi lại không làm việc bị ghi hai lần."),
        ),
    ),
}


def wants_json(request: HttpRequest) -> bool:
    """Whether the asker is a program: an address under /api/, or JSON preferred to HTML."""
    if request.path.split("/")[1:2] == ["api"]:
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def error_json(status: int, problems: Sequence[dict[str, object]] = ()) -> JsonResponse:
    """The error shape of every interface. ``problems`` may be empty; ``title`` never is."""
    story = _story(status)
    shape = {"status": status, "title": str(story.heading), "problems": list(problems)}
    return JsonResponse(shape, status=status, json_dumps_params={"ensure_ascii": False})


def error_page(request: HttpRequest, status: int, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The page for a status, inside the look of the house, with all problems listed."""
    context = {
        "status": status,
        "story": _story(status),
        "problems": problems,
        "back": own_address(request, request.headers.get("Referer", "")),
    }
    return HttpResponse(render_to_string("ui/errors/page.html", context, request), status=status)


def own_address(request: HttpRequest, address: str) -> str:
    """The address when it is on this server; else empty, so that nobody is sent elsewhere."""
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else ""


def bare_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status, drawn without session, person or database: they may be what failed."""
    if wants_json(request):
        return error_json(status)
    context = {"status": status, "story": _story(status)}
    return HttpResponse(render_to_string("ui/errors/bare.html", context), status=status)


def _story(status: int) -> Story:
    known = STORIES.get(status)
    if known is not None:
        return known
    return STORIES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
