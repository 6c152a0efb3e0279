"""English is complete and says what the Vietnamese says; the compiled catalogue is kept with it."""

import ast
import gettext
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from thongsuot.apps.registry.models import UnitVersion

CATALOGUE = Path(__file__).resolve().parents[2] / "src/thongsuot/locale/en/LC_MESSAGES"
LINE = re.compile(r'(msgid_plural|msgid|msgstr\[\d\]|msgstr) (".*")$')
BLANKS = re.compile(r"%\(\w+\)s|%[sd]|\{\w*\}|</?\w+>")


def entries() -> list[dict[str, str]]:
    """Every sentence of the catalogue but its header."""
    found = []
    for block in (CATALOGUE / "django.po").read_text(encoding="utf-8").split("\n\n"):
        entry = {"flags": ""}
        key = "flags"
        for line in block.splitlines():
            if line.startswith("#"):
                entry["flags"] += line
            elif match := LINE.match(line):
                key = match[1]
                entry[key] = ast.literal_eval(match[2])
            else:
                entry[key] += ast.literal_eval(line)
        if entry.get("msgid"):
            found.append(entry)
    return found


def english(entry: dict[str, str]) -> list[str]:
    """What the sentence is in English: one text, or one for each number."""
    return [text for key, text in entry.items() if key.startswith("msgstr")]


def test_every_sentence_has_its_english() -> None:
    assert len(entries()) > 1000
    assert not [e["msgid"] for e in entries() if not all(english(e))]
    assert not [e["msgid"] for e in entries() if "fuzzy" in e["flags"]]


def test_english_keeps_every_blank_of_the_vietnamese() -> None:
    assert not [
        (e["msgid"], text)
        for e in entries()
        for text in english(e)
        if Counter(BLANKS.findall(e["msgid"])) != Counter(BLANKS.findall(text))
    ]


def test_english_has_one_form_for_one_and_another_for_many() -> None:
    counted = [e for e in entries() if "msgid_plural" in e]
    assert counted
    assert all(len(english(e)) == 2 for e in counted)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        kept = gettext.GNUTranslations(compiled)
    for entry in entries():
        if "msgid_plural" in entry:
            both = [kept.ngettext(entry["msgid"], entry["msgid_plural"], n) for n in (1, 2)]
            assert both == english(entry)
        else:
            assert [kept.gettext(entry["msgid"])] == english(entry)
    assert kept.gettext("") != ""


def test_the_compiled_catalogue_holds_nothing_else() -> None:
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        header = compiled.read(12)
    order = "little" if header[:4] == b"\xde\x12\x04\x95" else "big"
    assert int.from_bytes(header[8:12], order) == len(entries()) + 1


def test_sentences_that_are_counted_follow_the_number() -> None:
    with translation.override("en"):
        one = translation.ngettext(*["%(shown)s thông báo chưa đọc"] * 2, 1)
        many = translation.ngettext(*["%(shown)s thông báo chưa đọc"] * 2, 5)
    assert (one, many) == ("%(shown)s unread notice", "%(shown)s unread notices")


def test_a_unit_is_named_as_each_language_does_and_kept_in_vietnamese() -> None:
    ward = UnitVersion(name="Hà Đông", kind="ward")
    assert ward.full_name == "Phường Hà Đông"
    with translation.override("en"):
        assert (ward.full_name, ward.native_name) == ("Hà Đông Ward", "Phường Hà Đông")


class _Words(HTMLParser):
    """The texts of a page that a person reads; parts in a language of their own are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.away: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a script, a style or a part marked as Vietnamese begins."""
        apart = tag in {"script", "style"} or ("lang", "vi") in attrs
        if self.away or apart:
            self.away.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if self.away and self.away[-1] == tag:
            self.away.pop()

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self.away and data.strip():
            self.words.append(" ".join(data.split()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/dang-nhap/", "/phim-tat/", "/khong-co-trang-nay/", "/tim-kiem/", "/don-vi/"]
)
def test_a_page_in_english_shows_no_sentence_in_vietnamese(client: Client, path: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.get(path, follow=True)
    page = _Words()
    page.feed(answer.content.decode())
    assert answer.headers["Content-Language"] == "en"
    assert "Skip to the main content" in page.words
    assert not {e["msgid"] for e in entries() if e["msgid"] not in english(e)} & set(page.words)


@pytest.mark.django_db
def test_without_a_choice_a_page_is_vietnamese_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/dang-nhap/", headers={"accept-language": "en-US,en"}).content.decode()
    assert "Tới nội dung chính" in page
