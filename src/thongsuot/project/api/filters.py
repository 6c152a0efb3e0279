"""Which items: the names of handover/selection.py, with the form of each value."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from thongsuot.apps.handover.selection import MOST_IDS
from thongsuot.project.api.shapes import LARGEST, MOST, Day, In, Moment, Number

KindCode = Literal[
    "task", "case", "archive", "asset", "office", "finance", "project", "person",
    "service_unit", "seal", "dataset",
]  # fmt: skip
StateCode = Literal[
    "held", "transit", "accepted", "kept", "closed", "destroyed", "disputed", "missing",
    "undone", "replaced",
]  # fmt: skip
AllocationCode = Literal["none", "proposed", "shared", "gap", "clash", "confirmed"]
Name = Annotated[str, Field(max_length=120)]
Ref = Annotated[int, Field(ge=0, le=LARGEST)]


Short = Field(max_length=MOST)
Kinds = Annotated[list[KindCode], Short]
States = Annotated[list[StateCode], Short]
Allocations = Annotated[list[AllocationCode], Short]
Names = Annotated[list[Name], Short]
Refs = Annotated[list[Ref], Short]
Steps = Annotated[list[Annotated[int, Field(ge=1, le=5)]], Short]


class ItemFilter(In):
    """Every filter of the lists; each may have several values, empty means any."""

    kind: Kinds = []
    state: States = []
    allocation: Allocations = []
    why: Names = []
    giver: Refs = []
    receiver: Annotated[Refs, Field(description="0 alone: without a receiver")] = []
    unit: Refs = []
    field: Names = []
    step: Steps = []
    batch: Refs = []
    rule: Refs = []
    parent: Refs = []
    secrecy: Names = []
    container: Names = []
    citizen: bool | None = None
    due_from: Day | None = None
    due_to: Day | None = None
    standing_since: Moment | None = None
    q: Annotated[str, Field(max_length=200)] = ""

    def wanted(self) -> dict[str, Any]:
        """The filters that were given, as plain values, as selection.py takes them."""
        found = self.model_dump(mode="json", exclude_defaults=True, include=set(FILTER_NAMES))
        if found.get("receiver") == [0]:
            found["receiver"] = 0
        return found


FILTER_NAMES = frozenset(ItemFilter.model_fields)


class ChoiceIn(In):
    """Items one by one, or all that match a filter with how many the sender saw."""

    ids: Annotated[list[Number], Field(min_length=1, max_length=MOST_IDS)] | None = None
    filter: ItemFilter | None = None
    expected: Annotated[int, Field(strict=True, ge=0, le=LARGEST)] | None = None

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Either ids, or a filter together with the number expected."""
        if (self.ids is None) == (self.filter is None):
            raise ValueError("ids or filter")
        if (self.filter is None) != (self.expected is None):
            raise ValueError("filter and expected")
        return self

    def choice(self) -> dict[str, Any]:
        """The choice as the actions take it."""
        if self.ids is not None:
            return {"ids": self.ids}
        assert self.filter is not None
        return {"filter": self.filter.wanted(), "expected": self.expected}
