"""Whatever is typed into an address or a form, no page breaks: refused, not found, or shown."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from tests.pages.handover.conftest import stage, story, story_day

__all__ = ["stage", "story", "story_day"]

pytestmark = pytest.mark.django_db
NUMBERS = (0, 2**31, 2**63 - 1, 2**63, 10**30)
POSTED = (2**31, 10**30)  # as numbers in the address of what is sent
TEXTS = (
    "9" * 30,
    "9" * 5_000,
    "²",
    "٣",
    "-1",
    "1e9",
    "'\"><script>",
    "a\x00b",
    "%",
    "\ud7ff" * 300,
)
FIELDS = (
    "trang", "sap", "q", "co", "cot", "xem", "loc", "dong", "tinh-trang", "co-quan", "ngay", "next",
    "line", "row", "receiver_id", "giver_id", "version", "on", "since", "quantity", "key", "dau",
    "ids", "chon", "up_to", "post", "appointment", "days", "day", "ticket", "content", "side",
    "of", "keeper_id", "code", "kind", "place", "sau", "truoc", "vt", "nguoi", "loai", "tu", "den",
    "viec", "chon", "kho", "tieng",
)  # fmt: skip


def _patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            if found.namespace != "api":
                yield from _patterns(found, inner)
        elif found.name:
            yield f"{space}{found.name}", found


def _addresses(transition: int, given_numbers: tuple[int, ...]) -> Iterator[str]:
    """Every address with numbers and words that nobody would type in good faith."""
    for name, pattern in _patterns(get_resolver()):
        converters = pattern.pattern.converters
        numbers = given_numbers if converters else (0,)
        for number in numbers:
            given = {
                arg: number if type(converter).__name__ == "IntConverter" else "x" * 300
                for arg, converter in converters.items()
            }
            for first in ({}, {"transition_id": transition}):
                try:
                    yield reverse(name, kwargs={**given, **first})
                except NoReverseMatch:
                    continue


def _broken(answer) -> bool:
    return answer.status_code >= 500


@pytest.fixture
def lan(stage):
    client = stage.as_("lan")
    client.raise_request_exception = False
    return client


def test_no_number_in_an_address_breaks_a_page(lan, stage) -> None:
    looked_at = sorted(set(_addresses(stage.story.transition, NUMBERS)))
    assert len(looked_at) > 200
    assert not [a for a in looked_at if _broken(lan.get(a))]
    sent_to = sorted(set(_addresses(stage.story.transition, POSTED)) - {"/dang-xuat/"})
    assert not [a for a in sent_to if _broken(lan.post(a, {"key": "k" * 9}))]


def _plain(transition: int) -> list[str]:
    """The addresses of pages that are there: without arguments, or with the transition alone."""
    found = []
    for name, pattern in _patterns(get_resolver()):
        asked = set(pattern.pattern.converters)
        if asked <= {"transition_id"} and not name.endswith("sign-out"):
            found.append(reverse(name, kwargs=dict.fromkeys(asked, transition)))
    return found


def test_no_value_of_a_field_breaks_a_page(lan, stage) -> None:
    broken = []
    for address, text in product(_plain(stage.story.transition), TEXTS):
        sent = dict.fromkeys(FIELDS, text)
        if _broken(lan.get(address, sent)):
            broken.append(("GET", address, text[:20]))
        if _broken(lan.post(address, sent | {"key": "khoa-thu-1"})):
            broken.append(("POST", address, text[:20]))
    assert not broken


def test_no_single_field_breaks_a_list(lan, stage) -> None:
    lists = ["/don-vi/danh-sach/", "/co-quan/", "/tim-kiem/", "/thong-bao/", "/cong-viec/"]
    lists.append(reverse("handover:items", args=[stage.story.transition]))
    lists.append(reverse("handover:minutes", args=[stage.story.transition]))
    texts = [t for t in TEXTS if len(t) < 1_000]
    broken = [
        (address, name, text[:20])
        for address, name, text in product(lists, FIELDS, texts)
        if name in ("trang", "sap", "co", "cot", "loc", "sau", "truoc", "vt", "q")
        and _broken(lan.get(address, {name: text}))
    ]
    assert not broken
