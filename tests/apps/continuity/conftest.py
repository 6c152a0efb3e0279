"""The last days of the office, with a data set on its inventory and a copy of it under way."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import Story, story, trail

from thongsuot.apps.continuity import actions
from thongsuot.apps.handover import actions as handover
from thongsuot.foundation.files.store import keep
from thongsuot.rules.continuity.comparing import differences
from thongsuot.rules.continuity.proof import Entry, Kind, Maker, Proof, as_text
from thongsuot.rules.continuity.verification import Sampling, as_fields, verified

__all__ = ["story", "trail"]
DUE = date(2025, 6, 25)
LAN = Maker("thongsuot 0.1.0", "2025-06-23T08:00:00+07:00", "Trần Thị Lan")
_names = count(1)


def proof_of(**contents: str) -> Proof:
    """The proof of a folder with such files."""
    entries = tuple(
        Entry(f"{name}.txt", size=len(text), sha256=hashlib.sha256(text.encode()).hexdigest())
        for name, text in contents.items()
    )
    return Proof(Kind.FOLDER, "mot-cua", LAN, entries)


class Copying:
    """Short ways to do what every test does first."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.proof = proof_of(a="một", b="hai")

    def dataset(self, **annex: Any) -> int:
        values = {"kind": "dataset", "measure": "mục", "quantity": 1}
        row = self.story.row(next(_names), **values, annex={"dataset_type": "dataset", **annex})
        return self.story_items([row])[0]

    def story_items(self, rows: list[dict[str, Any]]) -> list[int]:
        s = self.story
        done = handover.add_items(
            s.act(s.lan), transition_id=s.transition, giver_id=s.office, rows=rows
        )
        return list(done["items"])

    def planned(self, **plan: Any) -> int:
        s = self.story
        values = {"system": "Phần mềm một cửa (minh họa)", "kind": "folder", "due_on": DUE} | plan
        done = actions.plan_copy(s.act(s.lan), owner_id=s.office, receiver_id=s.ward, plan=values)
        return int(str(done["copy"]))

    def kept(self, text: str, name: str = "tep.json") -> int:
        return keep(text.encode(), name, by=self.story.lan).pk

    def proved(self, copy: int, proof: Proof | None = None, by: Any = None) -> None:
        s = self.story
        file = self.kept(as_text(proof or self.proof))
        actions.record_proof(s.act(by or s.lan), copy_id=copy, file_id=file)

    def result(self, found: Proof) -> str:
        by = replace(LAN, who="Nguyễn Văn Minh")
        wrong = differences(self.proof, found)
        done = verified(self.proof.root, found.root, by, wrong, Sampling(files=2))
        return json.dumps(as_fields(done))

    def checked(self, copy: int, text: str, by: Any = None) -> dict[str, object]:
        s = self.story
        return actions.record_check(
            s.act(by or s.minh), copy_id=copy, file_id=self.kept(text, "ket-qua.json")
        )


@pytest.fixture
def copying(story: Story) -> Copying:
    return Copying(story)
