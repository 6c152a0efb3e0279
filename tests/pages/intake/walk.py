"""Who may open the pages of the intake."""

from datetime import date
from typing import Any

from thongsuot.apps.directives import actions

TEXT = (
    "Thường trực Quận ủy yêu cầu UBND phường Hà Đông rà soát trụ sở dôi dư, báo cáo trước ngày 30/6.\n\n"
    "Khẩn trương niêm phong tài liệu; bàn giao chìa khóa cho Văn phòng.\n\n"
    "Hội nghị diễn ra trong không khí cởi mở."
)


def recorded(stage: Any, **values: Any) -> int:
    """A document on the register of the office, with a text to read."""
    s = stage.story
    whole = {
        "issuer": s.office, "kind": "conclusion", "number": "15-KL (minh họa)", "text": TEXT,
        "issued_on": date(2025, 6, 20), "title": "Kết luận về trụ sở dôi dư (minh họa)",
    }  # fmt: skip
    done = actions.record_document(
        s.act(s.lan), kept_by=s.office, document=whole | values, recipients=[s.ward]
    )
    return int(done["document"])


def things(stage: Any) -> dict[str, int]:
    """A document to read."""
    return {"intake-document": recorded(stage)}


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    from tests.pages.test_walk import POSTED, none, of, told  # noqa: PLC0415  # the walk asks back

    sides = told(404, lan=200, minh=200, khanh=200, hang=200)
    return {
        "directives:intake-bring": (
            none,
            told(403, lan=200, hoa=200, minh=200, son=200, khanh=200, xa=200),
        ),
        "directives:intake": (of("intake-document"), sides),
        "directives:intake-decide": (of("intake-document"), POSTED),
        "directives:intake-gold": (of("intake-document"), sides),
    }
