"""Text typed in an encoding from before Unicode: recognised, and what it probably said.

Old ledgers carry TCVN3 ("ABC", fonts .VnTime), VNI, VISCII or code page 1258 text that was read
byte by byte, and UTF-8 that was read as Windows-1252. Nothing here converts: it proposes, and a
person decides, cell by cell.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Legacy:
    """What a text in an old encoding probably said.

    ``encoding`` is one of utf-8, tcvn3, vni, cp1258, viscii. ``exact`` False: some bytes were
    lost on the way and stand as U+FFFD in the proposal. ``case_lost``: the encoding keeps no
    capitals with marks (fonts .VnTimeH drew them), so a person must look at the case.
    """

    encoding: str
    proposal: str
    exact: bool = True
    case_lost: bool = False


def detect_legacy(text: str) -> Legacy | None:
    """The text as it was probably meant, when it was typed in an encoding before Unicode.

    Shapes: the text as it came, before any tidying. Returns None when every word can be
    Vietnamese as it stands, or when no reading makes every word Vietnamese.
    """
    if text.isascii() or all(map(_stands, text.split())):
        return None
    raw = _bytes_behind(text)
    if raw is None:
        return None
    twice = _read_as_utf8(raw)
    if twice is not None:
        return twice
    for encoding, read in _READERS:
        proposal = read(text, raw)
        if proposal is not None and proposal != text and _all_vietnamese(proposal):
            return Legacy(encoding, proposal, case_lost=encoding == "tcvn3")
    return None


# --- can this word be Vietnamese? -------------------------------------------------------------

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_TONE = re.compile(f"[{_TONES}]")
_SYLLABLE = re.compile(
    r"(?:qu(?![uưo])|gi|gh(?=[eêi])|ngh(?=[eêi])|ng(?![eêi])|nh|ch|kh|ph|th|tr"
    r"|c(?![eêiy])|k(?=[eêiy])|g(?![eê])|[bdđhlmnrstvx])?"
    r"(?:(?:[iy]a|ưa|ua|uya|uơ|uê|oe|oa|uy|[aeêioôơuưy])"
    r"|(?:a|oa)[iyou]|(?:e|oe)o|(?:o|ô|ơ|u|ư|uô|ươ)i|(?:â|uâ)[yu]|(?:ê|i|iê|yê|ư|ươ|uy)u"
    r"|(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uy|uyê)"
    r"(?:ch|c|ng|nh|[mnpt]))"
)
_ABBREVIATION = re.compile("[bcdđghklmnpqrstvx]+")  # QĐ, HĐND, ĐVT
_STOPPED = ("c", "ch", "p", "t")
_BREAK = re.compile(r"[\x00-@\[-`{-~\u2010-\u201f\u2026\u2022\u00a0]+")
_NOT_WORDS = frozenset({"µm", "µg", "µl", "m²", "m³", "km²", "cm²", "°c"})
# Letters that only Unicode text has; a word with one of them was not read byte by byte.
_UNICODE_ONLY = re.compile(
    r"[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191"
    r"\u0193-\u02c5\u0300-\u1fff\u2c00-\U0010ffff]"
)


@lru_cache(maxsize=1 << 15)
def _syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONE.subn("", parts)
    bare = unicodedata.normalize("NFC", bare)
    if _ABBREVIATION.fullmatch(bare):
        return True
    if tones > 1 or _SYLLABLE.fullmatch(bare) is None:
        return False
    stopped = bare.endswith(_STOPPED)
    return not stopped or "\u0301" in parts or "\u0323" in parts


@lru_cache(maxsize=1 << 15)
def _stands(chunk: str) -> bool:
    if chunk.isascii() or _UNICODE_ONLY.search(chunk):
        return True
    words = _BREAK.split(chunk)
    return all(w.isascii() or w.lower() in _NOT_WORDS or _syllable(w) for w in words)


def _all_vietnamese(text: str) -> bool:
    marked = [word for word in _BREAK.split(text) if not word.isascii()]
    lettered = any(re.search("[A-Za-z]", word) for word in marked)
    return lettered and all(map(_syllable, marked))


# --- the readings -----------------------------------------------------------------------------


def _bytes_behind(text: str) -> bytes | None:
    out = bytearray()
    for char in text:
        if ord(char) < 0x100:
            out.append(ord(char))
            continue
        try:
            out += char.encode("cp1252")
        except UnicodeEncodeError:
            return None
    return bytes(out)


_SEQUENCE = re.compile(rb"[\xc3-\xc6][\x80-\xbf]|\xe1[\xba\xbb][\x80-\xbf]")


def _read_as_utf8(raw: bytes) -> Legacy | None:
    # "Ã " was "Ã" and a no-break space before somebody trimmed or retyped the space.
    raw = raw.replace(b"\xc3 ", b"\xc3\xa0")
    try:
        return Legacy("utf-8", unicodedata.normalize("NFC", raw.decode("utf-8")))
    except UnicodeDecodeError:
        found = len(_SEQUENCE.findall(raw))
        proposal = raw.decode("utf-8", errors="replace")
        if found < 2 or proposal.count("\ufffd") > found:
            return None
        return Legacy("utf-8", unicodedata.normalize("NFC", proposal), exact=False)


_TCVN3 = {
    0xA1 + at: letter
    for at, letter in enumerate(
        "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ"
    )
    if letter != "·"
}
_VISCII = {
    0x80 + at: letter
    for at, letter in enumerate(
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
    )
}


def _from_tcvn3(text: str, raw: bytes) -> str | None:
    return text.translate(_TCVN3)


def _from_viscii(text: str, raw: bytes) -> str | None:
    return raw.decode("latin-1").translate(_VISCII)


def _from_cp1258(text: str, raw: bytes) -> str | None:
    try:
        return unicodedata.normalize("NFC", raw.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def _vni_pairs() -> dict[str, str]:
    hats = {"aeo": {"â": "\u0302"}, "a": {"ê": "\u0306"}}
    tones = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
    hatted = {
        "aeo": dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
        "a": dict(zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
    }
    pairs = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
    for base, real in zip("aeouyôö", "aeouyơư", strict=True):
        for sign, tone in tones.items():
            pairs[base + sign] = real + tone
    for bases, signs in hats.items():
        for base in bases:
            for sign, hat in signs.items():
                pairs[base + sign] = base + hat
                for marked, tone in hatted[bases].items():
                    pairs[base + marked] = base + hat + tone
    both = pairs | {old.upper(): new.upper() for old, new in pairs.items()}
    both |= {old.capitalize(): new.capitalize() for old, new in pairs.items()}
    return {old: unicodedata.normalize("NFC", new) for old, new in both.items()}


_VNI = _vni_pairs()
_VNI_PART = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def _from_vni(text: str, raw: bytes) -> str | None:
    return _VNI_PART.sub(lambda found: _VNI[found[0]], text)


_READERS: tuple[tuple[str, Callable[[str, bytes], str | None]], ...] = (
    ("tcvn3", _from_tcvn3),
    ("vni", _from_vni),
    ("cp1258", _from_cp1258),
    ("viscii", _from_viscii),
)
