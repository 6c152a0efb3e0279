"""Names of people for the story: invented, drawn by a fixed seed, never of anybody real on purpose."""

import random
from collections.abc import Iterator

FAMILY = "Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Vũ Vũ Đặng Bùi Đỗ Đỗ Ngô Dương Lý Đinh Phan Trịnh Mai Tạ Cao Chu Hà Kiều Bạch".split()  # noqa: SIM905  # read as names are read
MIDDLE_F = "Thị Thị Thị Thu Thanh Ngọc Minh Kim Phương Hồng Bích Mai Diệu Lan".split()  # noqa: SIM905
MIDDLE_M = "Văn Văn Đức Minh Quang Xuân Hữu Công Mạnh Tuấn Anh Ngọc Trọng Thành".split()  # noqa: SIM905
GIVEN_F = "Lan Hương Hoa Thảo Trang Linh Nga Hà Thủy Hằng Yến Nhung Oanh Dung Loan Vân Hạnh Phượng Giang Quỳnh".split()  # noqa: SIM905
GIVEN_M = "Minh Hùng Dũng Tuấn Sơn Hải Long Nam Cường Thắng Phong Hiếu Đạt Kiên Trung Bình Quân Khánh Tùng Lâm".split()  # noqa: SIM905


def people(seed: int) -> Iterator[str]:
    """Full names without end, the same for the same seed."""
    draw = random.Random(seed)
    while True:
        if draw.random() < 0.52:
            yield f"{draw.choice(FAMILY)} {draw.choice(MIDDLE_F)} {draw.choice(GIVEN_F)}"
        else:
            yield f"{draw.choice(FAMILY)} {draw.choice(MIDDLE_M)} {draw.choice(GIVEN_M)}"
