"""The shapes that every call shares: whole numbers, days, keys, errors, pages of a list."""

from datetime import date, datetime
from typing import Annotated, Any, Final, Generic, TypeVar

from ninja import Header, Query, Schema
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

LARGEST: Final = 2**63 - 1
# A thousand billion of anything on one line; sums over a transition then fit in a bigint.
LARGEST_ON_A_LINE: Final = 10**15
MOST: Final = 200
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
T = TypeVar("T")


def _written(value: object) -> object:
    """Days and moments are text in one form: a number would silently be a moment of 1970."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) < len("2025-07-01") or value[4:5] != "-":
        raise ValueError("yyyy-mm-dd")
    return value


def _in_range(value: T) -> T:
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date) and not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("1900-2200")
    return value


# In addresses everything is text, so whole numbers are read from text there and only there.
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Number = Annotated[int, Field(strict=True, ge=1, le=LARGEST)]
Count = Annotated[int, Field(strict=True, ge=0, le=LARGEST_ON_A_LINE)]
Some = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ON_A_LINE)]
Yes = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_in_range)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_in_range)]
Line = Annotated[str, Field(max_length=300)]
Text = Annotated[str, Field(max_length=4_000)]
Reason = Annotated[str, Field(min_length=1, max_length=4_000)]
After = Annotated[int, Query(ge=0, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Key = Annotated[
    str,
    Header(
        ...,
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._:-]{8,80}$",
        description="Made by the sender before sending, new for every act. The same key with the "
        "same content gives the first answer again; with other content it is refused (409).",
    ),
]


class In(BaseModel):
    """What comes in: a field that is not known is a mistake of the sender, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """One reason: a stable code and facts for a program, a sentence for a person."""

    code: str
    subject: str
    message: str
    facts: dict[str, Any]
    law: str
    blocks: bool


class Error(Schema):
    """The one shape of every refusal."""

    status: int
    title: str
    problems: list[Problem]


class Listing(Schema, Generic[T]):
    """A page of a list. ``next`` is the value of ``after`` for the page behind it; null: the end."""

    rows: list[T]
    next: int | None


class Paged(Schema):
    """Which page of a list: the rows behind ``after``, at most ``limit``."""

    after: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class Done(Schema):
    """What an act did, with its entry in the trail: the hash is the receipt."""

    act: str
    at: datetime
    entry: int
    receipt: str
    result: dict[str, Any]


ERRORS: Final[dict[Any, Any]] = {
    frozenset({400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429, 431}): Error
}


def answers(shape: Any) -> dict[Any, Any]:
    """The answers of a call: that shape, or an error."""
    return {200: shape, **ERRORS}
