"""Who acts: a person, and the posts in which that person may act on a given day."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a post lets its holder do. A post has one; a person may hold several posts."""

    LEADER = "leader"  # lãnh đạo cơ quan
    CLERK = "clerk"  # cán bộ, công chức nhập và đối chiếu
    TEAM_HEAD = "team-head"  # tổ trưởng Tổ bàn giao / Tổ tiếp nhận
    TEAM_MEMBER = "team-member"  # thành viên Tổ bàn giao / Tổ tiếp nhận
    STEERING = "steering"  # Ban Chỉ đạo cấp tỉnh, thành phố
    INSPECTOR = "inspector"  # kiểm tra, giám sát, thanh tra: reads its area
    OPERATOR = "operator"  # quản trị hệ thống: settings, never content


@dataclass(frozen=True, slots=True)
class Hat:
    """One post held on the day asked about: what the person acts as.

    ``bodies`` are the ids of the bodies the post speaks for (its own body, and those its body
    serves or, for a team, represents). ``area`` are the ids of the units whose bodies it may
    read: empty for an ordinary post, the province and all below it for steering and inspection.
    """

    appointment: int
    role: Role
    post: str
    body: int
    body_name: str
    bodies: frozenset[int] = frozenset()
    area: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person with the posts valid today. ``hat`` is the post acted in; None: none."""

    user: int
    name: str
    hats: tuple[Hat, ...] = ()
    hat: Hat | None = None

    @property
    def role(self) -> Role | None:
        """The role of the post acted in; None for a person without a post today."""
        return self.hat.role if self.hat else None

    def speaks_for(self, body: int) -> bool:
        """Whether the post acted in speaks for that body."""
        return self.hat is not None and (body == self.hat.body or body in self.hat.bodies)
