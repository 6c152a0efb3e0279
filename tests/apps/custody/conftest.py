"""A store, two shelves and a box with three files, and the people of the story with their accounts."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, story, trail
from tests.pages.handover.conftest import story_day
from tests.pages.handover.stage import NOW, Stage, set_up

from thongsuot.apps.custody import actions_boxes, actions_counts, actions_seals
from thongsuot.apps.custody.models import Container
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor

__all__ = ["stage", "story", "story_day", "trail"]
_keys = count(1)


@dataclass
class Room:
    """What every test about boxes begins with."""

    stage: Stage
    store: int = 0
    shelf: int = 0
    other_store: int = 0
    box: int = 0
    items: tuple[int, ...] = ()

    @property
    def story(self) -> Story:
        return self.stage.story

    @property
    def lan(self) -> Actor:
        return self.story.lan

    def user(self, who: str) -> int:
        return self.stage.users[who].pk

    def act(self, by: Actor | None = None, key: str = "", minutes: int = 0) -> Act:
        at = NOW + timedelta(minutes=minutes)
        return Act(by=by or self.lan, key=key or f"hop-{next(_keys)}", at=at)

    def get(self, pk: int) -> Container:
        return Container.objects.get(pk=pk)

    def make(self, kind: str, *names: str, place: int | None = None, **more: Any) -> list[int]:
        done = actions_boxes.make_containers(
            self.act(more.pop("by", None)),
            transition_id=self.story.transition,
            body_id=more.pop("body", self.story.office),
            kind=kind,
            names=list(names),
            place_id=place,
        )
        return list(done["containers"])

    def put(self, *codes: str, box: int = 0) -> dict[str, Any]:
        return actions_boxes.place_items(
            self.act(), container_id=box or self.box, codes=list(codes)
        )

    def seal(self, number: str = "NP-0001", box: int = 0, **more: Any) -> dict[str, Any]:
        values: dict[str, Any] = {"condition": "intact", "witness_id": self.user("hoa")} | more
        act = self.act(values.pop("by", None))
        return actions_seals.seal_box(act, container_id=box or self.box, number=number, **values)

    def open(self, box: int = 0, **more: Any) -> dict[str, Any]:
        values: dict[str, Any] = {
            "reason": "tra cứu theo yêu cầu của công dân",
            "condition": "intact",
            "witness_id": self.user("hoa"),
        } | more
        act = self.act(values.pop("by", None))
        return actions_seals.open_box(act, container_id=box or self.box, **values)

    def count(self, place: int = 0) -> int:
        done = actions_counts.open_count(self.act(), place_id=place or self.store)
        return int(done["count"])

    def scan(self, count_id: int, *texts: str, minutes: int = 0, **more: Any) -> dict[str, Any]:
        scans = [
            {"key": f"s-{next(_keys)}", "text": text, "via": "scanner", **more} for text in texts
        ]
        return actions_counts.record_scans(
            self.act(minutes=minutes), count_id=count_id, scans=scans
        )

    def label(self, pk: int = 0) -> str:
        return self.get(pk or self.box).label


@pytest.fixture
def stage(story, story_day, settings) -> Stage:
    """The stage; its nine passwords are hashed the quick way, the real one is tested elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return set_up(story)


@pytest.fixture
def room(stage: Stage) -> Room:
    made = Room(stage)
    made.items = tuple(made.story.list_items(3, container="H-01"))
    made.store, made.other_store = made.make("store", "Kho số 1", "Kho số 2")
    (made.shelf,) = made.make("shelf", "Giá A", place=made.store)
    (made.box,) = made.make("box", "H-01", place=made.shelf)
    made.put("TS-0001", "TS-0002")
    return made
