"""`thongsuot handover check` against only reading the same files, in one run.

    python bench/check.py [--rows 1000000] [--wards 17] [--columns 15] [--dir DIR] [--repeat 1]

Writes (once) an inventory of ROWS rows and receipts of the same rows dealt out to WARDS files,
then measures in a process of its own each: reading all files with calamine into Python rows and
dropping them; the same through the gate and readers of the product; and the whole check. Prints
CPU, wall, peak memory and the ratio to only reading.
"""

import argparse
import contextlib
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

TITLES = (
    "Mã", "Tên", "Cơ quan đang giữ", "Phường, xã cũ", "Lĩnh vực", "Số lượng", "Đơn vị tính",
    "Nơi để", "Hộp, cặp", "Độ mật", "Liên quan người dân", "Ngày kiểm kê", "Tình trạng",
    "Người phụ trách", "Ghi chú",
)  # fmt: skip
WARDS = ("Hà Đông", "Dương Nội", "Yên Nghĩa", "Phú Lương", "Kiến Hưng")


def cells(at: int, columns: int) -> list[object]:
    """Row ``at`` of the invented inventory (marked as such in its note)."""
    every: list[object] = [
        f"HD-{at:07d}",
        f"Hồ sơ đất đai số {at} của hộ ông Nguyễn Văn {WARDS[at % 5]}",
        f"Phòng Tài nguyên và Môi trường {at % 12}",
        f"Phường {WARDS[at % 5]}",
        "Đất đai",
        at % 9 + 1,
        "hồ sơ",
        f"Kho {at % 30}, giá {at % 200}",
        f"H-{at // 40:05d}",
        "Thường",
        "Có" if at % 3 else "Không",
        45810 + at % 20,
        "Tốt",
        f"Trần Thị {at % 300}",
        "(minh họa)",
    ]
    return every[:columns]


def write_book(path: Path, rows: range, columns: int) -> None:
    """Write an XLSX as a spreadsheet program does: shared strings, numbers as numbers."""
    strings: dict[str, int] = {}
    letters = [chr(65 + at) for at in range(columns)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.'
                        b'openxmlformats.org/spreadsheetml/2006/main"><sheetData>')  # fmt: skip
            chunk = [row_xml(1, TITLES[:columns], letters, strings)]
            for number, at in enumerate(rows, 2):
                chunk.append(row_xml(number, cells(at, columns), letters, strings))
                if len(chunk) == 5000:
                    sheet.write("".join(chunk).encode())
                    chunk.clear()
            sheet.write(("".join(chunk) + "</sheetData></worksheet>").encode())
        with book.open("xl/sharedStrings.xml", "w", force_zip64=True) as shared:
            shared.write(b'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.'
                         b'openxmlformats.org/spreadsheetml/2006/main">')  # fmt: skip
            shared.write("".join(f"<si><t>{text}</t></si>" for text in strings).encode())
            shared.write(b"</sst>")


def row_xml(number: int, row: object, letters: list[str], strings: dict[str, int]) -> str:
    out = [f'<row r="{number}">']
    for letter, value in zip(letters, row, strict=True):  # type: ignore[call-overload]  # a sequence
        if isinstance(value, str):
            index = strings.setdefault(value, len(strings))
            out.append(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>')
        else:
            out.append(f'<c r="{letter}{number}"><v>{value}</v></c>')
    out.append("</row>")
    return "".join(out)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{_PKG}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{_PKG}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
    '<sheet name="Bảng kê" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{_PKG}/'
    f'relationships"><Relationship Id="rId1" Type="{_REL}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_REL}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>',
}


def make_files(folder: Path, rows: int, wards: int, columns: int) -> tuple[Path, list[Path]]:
    folder.mkdir(parents=True, exist_ok=True)
    inventory = folder / f"bang-ke-{rows}-{columns}.xlsx"
    receipts = [folder / f"nhan-{rows}-{wards}-{columns}-{ward:02d}.xlsx" for ward in range(wards)]
    if not inventory.exists():
        write_book(inventory, range(rows), columns)
    for ward, path in enumerate(receipts):
        if not path.exists():
            write_book(path, range(ward, rows, wards), columns)
    return inventory, receipts


def only_read(files: list[Path]) -> int:
    from python_calamine import CalamineWorkbook

    count = 0
    for path in files:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        for _row in sheet.iter_rows():
            count += 1
    return count


def product_read(files: list[Path]) -> int:
    from thongsuot.foundation.imports.lean_reader import lean_tables

    count = 0
    for path in files:
        for sheet in lean_tables(path).sheets:
            for _row in sheet.rows():
                count += 1
    return count


def whole_check(files: list[Path]) -> int:
    from thongsuot.cli import main

    return main(["handover", "check", "--inventory", str(files[0]), "--receipts",
                 *map(str, files[1:])])  # fmt: skip


WAYS = {"read": only_read, "product": product_read, "check": whole_check}
NAMES = {
    "read": "only reading (calamine, rows dropped)",
    "product": "gate and lean reader of the product, rows dropped",
    "check": "handover check, whole",
}


def measured(way: str, files: list[Path]) -> dict[str, float]:
    """Run one way in a process of its own and say what it used."""
    command = [sys.executable, __file__, "--way", way, *map(str, files)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return dict(json.loads(run.stderr.strip().splitlines()[-1]))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--wards", type=int, default=17)
    asked.add_argument("--columns", type=int, default=15, choices=range(2, 16))
    asked.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "thongsuot-bench")
    asked.add_argument("--repeat", type=int, default=1)
    asked.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    asked.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.way:
        begun = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()) as said:
            WAYS[chosen.way](chosen.files)
        if chosen.way == "check" and "KẾT LUẬN: KHỚP" not in said.getvalue():
            sys.exit("the two piles were made equal, and the check did not say so")
        used = resource.getrusage(resource.RUSAGE_SELF)
        figures = {
            "cpu": used.ru_utime + used.ru_stime,
            "wall": time.perf_counter() - begun,
            "mb": used.ru_maxrss / 1024,
        }
        print(json.dumps(figures), file=sys.stderr)
        return
    inventory, receipts = make_files(chosen.dir, chosen.rows, chosen.wards, chosen.columns)
    files = [inventory, *receipts]
    best: dict[str, dict[str, float]] = {}
    for _ in range(chosen.repeat):
        for way in WAYS:
            now = measured(way, files)
            if way not in best or now["cpu"] < best[way]["cpu"]:
                best[way] = now
    size = sum(path.stat().st_size for path in files) / 1e6
    print(
        f"{chosen.rows:,} rows × {chosen.columns} columns, {chosen.wards} receipts, {size:.0f} MB"
    )
    print(f"{'':50}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'ratio':>7}")
    for way, now in best.items():
        ratio = now["cpu"] / best["read"]["cpu"]
        print(f"{NAMES[way]:50}{now['cpu']:8.1f}{now['wall']:8.1f}{now['mb']:9.0f}{ratio:7.2f}")


if __name__ == "__main__":
    main()
