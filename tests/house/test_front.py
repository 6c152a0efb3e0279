"""What the front end is made of: known files, nothing from elsewhere, nothing inside the pages."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "thongsuot"
UI = SRC / "foundation" / "ui"
VENDOR = UI / "static" / "vendor"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))


def without_comments(template: Path) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.DOTALL)


def test_every_file_from_elsewhere_is_the_one_that_was_checked() -> None:
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (VENDOR / "CHECKSUMS.sha256").read_text().splitlines()
    )
    there = {
        f"./{p.relative_to(VENDOR)}": hashlib.sha256(p.read_bytes()).hexdigest()
        for p in VENDOR.rglob("*")
        if p.is_file() and p.name != "CHECKSUMS.sha256"
    }
    assert listed == there


def test_every_folder_from_elsewhere_has_its_licence() -> None:
    for folder in (p for p in VENDOR.iterdir() if p.is_dir()):
        assert [f for f in folder.iterdir() if f.name in {"LICENSE", "OFL.txt"}], folder


def test_nothing_is_fetched_from_another_server() -> None:
    for path in [*UI.glob("static/ui/*"), *TEMPLATES]:
        text = re.sub(r"https?://www\.w3\.org/", "", path.read_text())
        assert not re.findall(r"""(?:src|href|url\(|@import)\s*=?\s*["']?(?:https?:)?//""", text), (
            path
        )


def test_no_file_asks_for_a_map_of_its_source() -> None:
    for path in [*UI.rglob("static/**/*.js"), *UI.rglob("static/**/*.css")]:
        assert "sourceMappingURL" not in path.read_text(), path


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    for path in TEMPLATES:
        text = without_comments(path)
        assert not re.search(r"<[^>]*\sstyle=", text), path
        assert "<style" not in text, path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", text), path


def test_every_picture_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (UI / "static/ui/icons.svg").read_text()))
    for path in TEMPLATES:
        used = set(re.findall(r"""{% icon "([a-z-]+)\"""", path.read_text()))
        assert used <= drawn, (path, used - drawn)


def test_every_width_in_hundredths_has_its_class() -> None:
    widths = (UI / "static/ui/widths.css").read_text()
    assert [n for n in range(101) if f".w-pct-{n} {{ width: {n}%; }}" not in widths] == []


def test_a_page_that_needs_the_script_of_bootstrap_loads_it() -> None:
    for path in TEMPLATES:
        text = without_comments(path)
        if re.search(r"data-bs-(toggle|dismiss|target|ride|spy)", text):
            assert "bootstrap.bundle.min.js" in text, path
