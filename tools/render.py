"""Turn a DOCX or PDF into pictures of its pages, to look at what will be signed.

    python tools/render.py PAPER.pdf PAPER.docx --out FOLDER [--dpi 70] [--pages 1-3]

Needs pdftoppm (poppler-utils) and, for DOCX, soffice (libreoffice-writer-nogui).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def as_pdf(source: Path, folder: Path) -> Path:
    """The file itself if it is a PDF, else what LibreOffice makes of it."""
    if source.suffix.lower() == ".pdf":
        return source
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    return folder / f"{source.stem}.pdf"


def pictures(source: Path, out: Path, dpi: int, pages: str) -> list[Path]:
    """One PNG a page, named after the file."""
    out.mkdir(parents=True, exist_ok=True)
    first, _, last = pages.partition("-")
    span = ["-f", first, "-l", last or first] if first else []
    stem = out / f"{source.stem}-{source.suffix[1:]}"
    for old in out.glob(f"{stem.name}-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        pdf = as_pdf(source, Path(folder))
        subprocess.run(["pdftoppm", "-png", "-r", str(dpi), *span, str(pdf), str(stem)], check=True)
    return sorted(out.glob(f"{stem.name}-*.png"))


def main() -> int:
    """Render the files named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("var/pictures"))
    parser.add_argument("--dpi", type=int, default=70)
    parser.add_argument("--pages", default="", help="for example 1-3")
    given = parser.parse_args()
    for source in given.files:
        for picture in pictures(source, given.out, given.dpi, given.pages):
            print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
