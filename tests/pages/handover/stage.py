"""The story of tests/apps/handover with accounts and posts, so that people can open its pages."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from tests.apps.handover.conftest import LOADED, Story, _body, _unit

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import Minutes, MinutesLine
from thongsuot.apps.registry.models import Appointment, Person, Post, Serves, Unit
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.models import ChainHead
from thongsuot.rules.kernel.text import fold

DAY = date(2025, 6, 24)
NOW = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)
PASSWORD = "một hai ba bốn năm"

# who: full name, body (a field of Story, or one made here), role, until when the post was held
CAST: dict[str, tuple[str, str, str, date | None]] = {
    "lan": ("Trần Thị Lan", "handing", "team-head", None),
    "hoa": ("Đỗ Thị Hoa", "district", "clerk", None),
    "minh": ("Nguyễn Văn Minh", "ward", "team-head", None),
    "son": ("Phạm Xuân Sơn", "other", "team-member", None),
    "khanh": ("Lê Minh Khánh", "steering", "steering", None),
    "hang": ("Bùi Minh Hằng", "inspection", "inspector", None),
    "quantri": ("Cao Hữu Trung", "steering", "operator", None),
    "xa": ("Ban Chỉ đạo tỉnh khác", "elsewhere", "steering", None),
    "het": ("Người đã thôi giữ chức", "office", "team-head", DAY),
}


@dataclass
class Stage:
    """The transition with things in every state, and a way to look at it as each of the cast."""

    story: Story
    bodies: dict[str, int]
    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def as_(self, who: str) -> Client:
        """The browser of one of the cast, signed in; of nobody for "anonymous"."""
        if who not in self.clients:
            client = Client()
            if who != "anonymous":
                client.force_login(self.users[who])
            self.clients[who] = client
        return self.clients[who]

    def url(self, door: str, *args: object) -> str:
        return reverse(f"handover:{door}", args=[self.story.transition, *args])

    def lines(self, minutes: int) -> list[MinutesLine]:
        return list(MinutesLine.objects.filter(minutes=minutes).order_by("item"))

    def minutes(self, pk: int) -> Minutes:
        return Minutes.objects.get(pk=pk)

    def page(self, who: str, door: str, *args: object, status: int = 200, query: str = "") -> str:
        answer = self.as_(who).get(self.url(door, *args) + query)
        assert answer.status_code == status, answer.content.decode()[:2_000]
        return answer.content.decode()

    def send(self, who: str, door: str, /, *args: object, **values: Any):
        """Post a form as its page would, under a fresh key unless one is given."""
        values.setdefault("key", f"khoa-{next(_NUMBERS)}")
        return self.as_(who).post(self.url(door, *args), values)

    def by_their_own_user(self) -> None:
        """Let the actions that tests call directly be done by the same accounts as the pages."""
        for known, who in (("lan", "lan"), ("clerk", "hoa"), ("minh", "minh"), ("rival", "son")):
            old = self.story.people[known]
            self.story.people[known] = self.story.actor(
                self.users[who].pk, old.name, old.role, old.hat.body
            )


def _count():
    number = 0
    while True:
        number += 1
        yield number


_NUMBERS = _count()


def set_up(story: Story) -> Stage:
    """Teams, posts, people and accounts around the story."""
    city = Unit.objects.get(key="ha-noi")
    district = story.place
    away = _unit("an-giang", "province", "province")
    bodies = {
        "handing": _body("to-ban-giao", "handing-team", "team", district).pk,
        "steering": _body("ban-chi-dao", "steering-committee", "team", city).pk,
        "inspection": _body("uy-ban-kiem-tra", "inspection-commission", "party", city).pk,
        "elsewhere": _body("ban-chi-dao-an-giang", "steering-committee", "team", away).pk,
    }
    for name in ("office", "district", "ward", "other"):
        bodies[name] = getattr(story, name)
    Serves.objects.create(body_id=bodies["handing"], served_id=story.office, recorded_at=LOADED)
    made = Stage(story, bodies)
    for username, (name, body, role, until) in CAST.items():
        made.users[username] = User.objects.create_user(username, PASSWORD, full_name=name)
        person = Person.objects.create(
            full_name=name, folded=fold(name), account=made.users[username]
        )
        post = Post.objects.create(
            body_id=bodies[body], title=f"Vị trí {username}", role=role, recorded_at=LOADED
        )
        Appointment.objects.create(
            person=person,
            post=post,
            status="official",
            until=until,
            ended_at=NOW if until else None,
            recorded_at=LOADED,
        )
        made.people[username] = person
    made.by_their_own_user()
    return made


def heads() -> list[tuple[str, int, str]]:
    """The heads of all chains of the trail: nothing was recorded while these are the same."""
    return list(ChainHead.objects.order_by("chain").values_list("chain", "size", "hash"))


def keep_rule(story: Story) -> int:
    """A rule that gives everything to ward A."""
    done = actions.write_rule(
        story.act(story.city),
        transition_id=story.transition,
        rule={"name": "Tất cả về phường", "reason": "theo địa bàn", "receiver": story.ward},
    )
    return int(done["rule"])


def key_in(page: str) -> str:
    """The key that a page would send."""
    return re.findall(r'name="key" value="([^"]+)"', page)[-1]
