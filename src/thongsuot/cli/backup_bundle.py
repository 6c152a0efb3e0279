"""The one file of a backup: the database, every kept file under its hash, and what it must hold."""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from thongsuot.rules.continuity.heads import Head
from thongsuot.rules.continuity.proof import seal_of

FORMAT, VERSION = "thongsuot-backup", 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
KEPT = re.compile(r"^files/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})$")
BLOCK = 1 << 20
LARGEST_MANIFEST = 256 << 20


class BadBundle(Exception):
    """A backup that is not whole; the text says what is wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says it holds. ``lost`` are kept files that were gone or changed already."""

    engine: str
    tool: str
    at: str
    database: str
    heads: tuple[Head, ...]
    counts: Mapping[str, int]
    files: int
    lost: tuple[str, ...] = ()

    def fields(self) -> dict[str, object]:
        """The manifest as plain values, sealed."""
        said = {"format": FORMAT, "version": VERSION} | asdict(self)
        said |= {"heads": [asdict(h) for h in self.heads], "counts": dict(self.counts)}
        said |= {"lost": list(self.lost)}
        return said | {"seal": seal_of(said)}


def manifest_of(fields: Mapping[str, Any]) -> Manifest:
    """The manifest in plain values. Raises BadBundle when it is none or was changed."""
    if fields.get("format") != FORMAT:
        raise BadBundle("đây không phải bản sao lưu của Thông Suốt / not a backup of Thông Suốt")
    if fields.get("version") != VERSION:
        raise BadBundle("bản sao lưu theo phiên bản khác; hãy nâng cấp / made by another version")
    if fields.get("seal") != seal_of(fields):
        raise BadBundle("bản kê trong bản sao lưu đã bị sửa / its manifest was altered")
    try:
        return Manifest(
            engine=str(fields["engine"]), tool=str(fields["tool"]), at=str(fields["at"]),
            database=str(fields["database"]), files=int(fields["files"]),
            heads=tuple(Head(**h) for h in fields["heads"]),
            counts={str(k): int(v) for k, v in fields["counts"].items()},
            lost=tuple(str(x) for x in fields["lost"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBundle(f"bản kê trong bản sao lưu hỏng: {error} / broken manifest") from error


def write(
    out: Path,
    database: Path,
    kept: Iterator[Path],
    describe: Callable[[str, int, list[str]], Manifest],
) -> Manifest:
    """Write a backup whole or not at all: a file beside ``out`` that takes its name at the end.

    ``describe`` makes the manifest out of the hash of the database, the count of files and the lost.
    """
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with (
            open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle,
            tarfile.open(fileobj=handle, mode="w", format=tarfile.PAX_FORMAT) as bundle,
        ):
            sha256 = _add(
                bundle,
                DATABASES["sqlite" if database.suffix == ".sqlite3" else "postgresql"],
                database,
            )
            count, lost = 0, []
            for path in kept:
                if _intact(path):
                    _add(bundle, f"files/{path.name[:2]}/{path.name[2:4]}/{path.name}", path)
                    count += 1
                else:
                    lost.append(path.name)
            manifest = describe(sha256, count, lost)
            content = json.dumps(manifest.fields(), indent=1).encode()
            member = tarfile.TarInfo(MANIFEST)
            member.size, member.mode = len(content), 0o600
            bundle.addfile(member, io.BytesIO(content))
            bundle.close()
            handle.flush()
            os.fsync(handle.fileno())
        os.link(temporary, out)  # refuses a name that is taken meanwhile
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def _intact(path: Path) -> bool:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == path.name
    except OSError:
        return False


def _add(bundle: tarfile.TarFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    member = tarfile.TarInfo(name)
    member.size, member.mode = path.stat().st_size, 0o600

    class Reading(io.RawIOBase):
        """The file, hashed as the archive reads it."""

        def __init__(self, source: BinaryIO) -> None:
            self.source = source

        def read(self, size: int = -1, /) -> bytes:
            block = self.source.read(size)
            digest.update(block)
            return block

    with path.open("rb") as source:
        bundle.addfile(member, Reading(source))
    return digest.hexdigest()


def read_manifest(path: Path) -> Manifest:
    """What a backup says it holds. Raises BadBundle."""
    try:
        with tarfile.open(path, mode="r:") as bundle:
            member = bundle.getmember(MANIFEST)
            source = bundle.extractfile(member)
            if source is None or member.size > LARGEST_MANIFEST:
                raise BadBundle("bản kê trong bản sao lưu hỏng / broken manifest")
            fields = json.loads(source.read())
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise BadBundle(
            "tệp bị cắt, hỏng hoặc không phải bản sao lưu / cut off, broken or not a backup"
        ) from error
    if not isinstance(fields, dict):
        raise BadBundle("bản kê trong bản sao lưu hỏng / broken manifest")
    return manifest_of(fields)


def unpack(path: Path, into: Path, manifest: Manifest) -> Path:
    """Write database and files into a folder, each checked by its hash; returns the database.

    Raises BadBundle: anything too much, missing or changed.
    """
    wanted = DATABASES.get(manifest.engine, "")
    names = {wanted: into / ("thongsuot.sqlite3" if manifest.engine == "sqlite" else wanted)}
    found: set[str] = set()
    try:
        with tarfile.open(path, mode="r:") as bundle:
            for member in bundle:
                kept = KEPT.match(member.name)
                strange = not kept and member.name not in (MANIFEST, wanted)
                if strange or member.name in found or not member.isreg():
                    raise BadBundle(
                        f"có thứ lạ trong bản sao lưu: {member.name!r} / strange member"
                    )
                found.add(member.name)
                if member.name != MANIFEST:
                    target = names.get(member.name, into / member.name)
                    _take(bundle, member, target, kept[3] if kept else manifest.database)
    except (tarfile.TarError, EOFError) as error:
        raise BadBundle("bản sao lưu bị cắt hoặc hỏng / cut off or broken") from error
    count = len(found - {MANIFEST, wanted})
    if wanted not in found or count != manifest.files:
        raise BadBundle(
            f"bản sao lưu thiếu: có {count} tệp, bản kê ghi {manifest.files} / files are missing"
        )
    return names[wanted]


def _take(bundle: tarfile.TarFile, member: tarfile.TarInfo, target: Path, sha256: str) -> None:
    source = bundle.extractfile(member)
    if source is None:
        raise BadBundle(f"không đọc được {member.name} / unreadable")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with target.open("xb") as out:
        while block := source.read(BLOCK):
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != sha256:
        raise BadBundle(f"{member.name} không còn như khi sao lưu / was altered")
    with suppress(OSError):
        target.chmod(0o440 if target.name == sha256 else 0o600)
