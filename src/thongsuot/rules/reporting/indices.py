"""Sets of indicators that others have laid down, by version: Decision 766/QĐ-TTg and PAPI.

The names and greatest points of the five groups of 766 and the number and names of the axes of
PAPI come from public summaries, not from the texts themselves: ``checked`` is False and every
page says so. PAPI is a survey of citizens. What a ward enters here is its own assessment along
the same axes and is never called PAPI.
"""

from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.problem import Problem

TEN = 1_000  # hundredths of a point


@dataclass(frozen=True, slots=True)
class Axis:
    """One group or axis; ``most`` is its greatest score in hundredths of a point."""

    key: str
    title: str
    most: int


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """An index as it was laid down from a day on. ``survey``: only a survey can measure it."""

    key: str
    title: str
    since: date
    axes: tuple[Axis, ...]
    law: str = ""
    survey: bool = False
    checked: bool = False

    @property
    def most(self) -> int:
        """The greatest score of the whole, in hundredths of a point."""
        return sum(axis.most for axis in self.axes)

    def axis(self, key: str) -> Axis | None:
        """The axis with that key; None when this version has none."""
        return next((axis for axis in self.axes if axis.key == key), None)


_SIX = (
    Axis("tham-gia", "Tham gia của người dân ở cấp cơ sở", TEN),
    Axis("cong-khai", "Công khai, minh bạch", TEN),
    Axis("giai-trinh", "Trách nhiệm giải trình với người dân", TEN),
    Axis("kiem-soat", "Kiểm soát tham nhũng trong khu vực công", TEN),
    Axis("thu-tuc", "Thủ tục hành chính công", TEN),
    Axis("dich-vu", "Cung ứng dịch vụ công", TEN),
)
VERSIONS = (
    IndexVersion(
        "766",
        "Phục vụ người dân, doanh nghiệp trong thực hiện thủ tục hành chính",
        date(2022, 6, 23),
        (
            Axis("cong-khai", "Công khai, minh bạch", 1_800),
            Axis("tien-do", "Tiến độ, kết quả giải quyết", 2_000),
            Axis("so-hoa", "Số hóa hồ sơ", 2_200),
            Axis("truc-tuyen", "Dịch vụ trực tuyến", 2_200),
            Axis("hai-long", "Mức độ hài lòng", 1_800),
        ),
        law="766-QD-TTg",
    ),
    IndexVersion("papi", "Tự đánh giá theo sáu trục nội dung", date(2009, 1, 1), _SIX, survey=True),
    IndexVersion(
        "papi",
        "Tự đánh giá theo tám trục nội dung",
        date(2018, 1, 1),
        (
            *_SIX,
            Axis("moi-truong", "Quản trị môi trường", TEN),
            Axis("dien-tu", "Quản trị điện tử", TEN),
        ),
        survey=True,
    ),
)
KEYS = tuple(dict.fromkeys(version.key for version in VERSIONS))


def index_on(key: str, day: date) -> IndexVersion | None:
    """The version of an index that holds on a day; None when it is unknown or not yet laid down."""
    fitting = [v for v in VERSIONS if v.key == key and v.since <= day]
    return max(fitting, key=lambda v: v.since) if fitting else None


def check_scores(version: IndexVersion, scores: dict[str, int]) -> tuple[Problem, ...]:
    """What is wrong with scores in hundredths of a point: unknown axes, out of bounds.

    An axis that is left out is not scored; it is never counted as nothing.
    """
    problems = []
    for key, score in scores.items():
        axis = version.axis(key)
        if axis is None:
            problems.append(Problem("reporting.axis-unknown", key))
        elif not 0 <= score <= axis.most:
            problems.append(
                Problem("reporting.score-out-of-bounds", axis.title, {"most": axis.most // 100})
            )
    return tuple(problems)
