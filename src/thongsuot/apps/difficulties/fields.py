"""The fields that difficulties are sorted by. The names of the twelve groups were read in no source."""

from django.utils.translation import gettext_lazy as _

FIELDS = (
    ("noi-vu", _("Nội vụ, tổ chức, biên chế")),
    ("tu-phap", _("Tư pháp, hộ tịch, chứng thực")),
    ("tai-chinh", _("Tài chính, ngân sách, tài sản công")),
    ("dat-dai", _("Đất đai, nông nghiệp, môi trường")),
    ("xay-dung", _("Xây dựng, giao thông")),
    ("cong-thuong", _("Công thương, hộ kinh doanh")),
    ("giao-duc", _("Giáo dục, đào tạo")),
    ("y-te", _("Y tế, dân số")),
    ("van-hoa", _("Văn hóa, thể thao, du lịch")),
    ("khoa-hoc", _("Khoa học, công nghệ, chuyển đổi số")),
    ("dan-toc", _("Dân tộc, tôn giáo, đối ngoại")),
    ("khac", _("Lĩnh vực khác")),
)


def field_choices() -> list[tuple[str, str]]:
    """The fields to choose from, as people read them."""
    return [(code, str(name)) for code, name in FIELDS]


def field_name(code: str) -> str:
    """What people read for a field; the code itself when it is not known."""
    return str(dict(FIELDS).get(code, code))
