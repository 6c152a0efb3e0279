"""What the nation's check says, in the words of an office. Knows no Django and no engine."""

from collections.abc import Iterator, Mapping

from thongsuot.cli.handover_words import SORT_WORDS, number
from thongsuot.national.check import FAILING, Finding, Outcome, Refused
from thongsuot.rules.handover.kinds import KINDS

REFUSED_WORDS: Mapping[str, str] = {
    "not-empty": "thư mục {folder} không trống; hãy chọn thư mục mới",
    "key-unreadable": "không đọc được khóa ký: cần khóa Ed25519 dạng PEM, không mật khẩu",
    "no-manifest": "thư mục {folder} không có manifest.json: bản xuất chưa xong hoặc sai thư mục",
    "manifest-unreadable": "manifest.json không đọc được; đề nghị tỉnh xuất lại",
    "schema-unknown": "bản xuất theo mẫu số {version}, chương trình này chỉ biết mẫu số {known}; hãy nâng cấp bên cũ hơn",
    "signature-wrong": "chữ ký không khớp với manifest.json; đề nghị tỉnh gửi lại",
    "not-signed": "bản xuất chưa ký, hoặc chưa có khóa của tỉnh trong danh sách khóa",
    "not-by-its-key": "bản xuất được ký bằng khóa khác với khóa của tỉnh trong danh sách",
    "file-missing": "thiếu tệp {file}",
    "file-changed": "tệp {file} đã khác so với lúc xuất (sai mã băm hoặc kích thước)",
    "file-unreadable": "tệp {file} không phải Parquet đọc được",
    "columns-differ": "tệp {file} có cột khác với mẫu",
    "rows-differ": "tệp {file} có {there} dòng, manifest ghi {said}",
    "province-twice": "đã có một bản xuất khác của cùng tỉnh; chỉ được đưa vào một bản",
}
FAULT_WORDS: Mapping[str, str] = {
    "does-not-add-up": "mục có số lượng khác với cộng các lần chuyển, hoặc chuyển sai luật",
    "stray": "mục có lần chuyển nhưng không có trong danh mục",
    "kind-unknown": "mục thuộc loại không có trong mười một loại",
    "sums-differ": "dòng cân đối không cân",
    "number-twice": "lần chuyển thừa do hai mục chung một số",
}
MORE_WORDS: Mapping[str, str] = {
    "missing": "Sổ ghi đã nhận, không nơi nhận nào xác nhận",
    "below-zero": "Biên nhận ghi số nhỏ hơn 0",
}
_COLUMNS = ("Mở sổ", "Đã nhận", "Giữ lại", "Kết thúc", "Tiêu hủy", "Còn giữ", "Đang giao",
            "Tranh chấp", "Thiếu")  # fmt: skip
_PLACES = ("accepted", "kept", "closed", "destroyed", "held", "transit", "disputed", "missing")


def refused_words(refused: Refused) -> str:
    """Why an export is not counted, with the province first."""
    name = f"Tỉnh {refused.province.code} {refused.province.name}".rstrip()
    if refused.province.code == "00":
        name = str(refused.folder)
    return f"{name}: {REFUSED_WORDS[refused.code].format(**refused.facts)}"


def verdict_words(verdict: str) -> str:
    """The short name of a verdict on a code."""
    return MORE_WORDS.get(verdict) or SORT_WORDS[verdict][0]


def as_text(outcome: Outcome, limit: int) -> Iterator[str]:
    """The balance of each province, what the lists disagree in, and the conclusion."""
    names = {e.province.code: e.province.name for e in outcome.exports}
    for export in outcome.exports:
        signed = f"ký bằng khóa {export.key[:12]}…" if export.key else "chưa ký"
        lines = sum(export.rows.values())
        yield f"Tỉnh {export.province.code} {names[export.province.code]}: {number(lines)} dòng, {signed}"
    yield ""
    yield from _balance(outcome)
    for province, of in outcome.faults.items():
        for fault, count in of.items():
            yield f"Tỉnh {province}: {number(count)} {FAULT_WORDS[fault]}"
    yield from _lists(outcome, limit)
    for refused in outcome.refused:
        yield f"KHÔNG TÍNH. {refused_words(refused)}"
    yield conclusion(outcome)


def _balance(outcome: Outcome) -> Iterator[str]:
    yield f"{'Tỉnh':5}{'Loại':46}" + "".join(f"{name:>12}" for name in _COLUMNS)
    for province, rows in outcome.balance.items():
        for row in rows:
            kind = KINDS[row.kind].name if row.kind in KINDS else row.kind
            figures = (row.opened_items, *(row.items[p] for p in _PLACES))
            yield f"{province:5}{kind:46}" + "".join(f"{number(n):>12}" for n in figures)
    yield ""


def _lists(outcome: Outcome, limit: int) -> Iterator[str]:
    for verdict in FAILING:
        if not outcome.count(verdict):
            continue
        where = ", ".join(
            f"tỉnh {province} {number(of[verdict])} ({kind})"
            for (province, kind), of in outcome.verdicts.items()
            if of.get(verdict)
        )
        yield f"{verdict_words(verdict)}: {number(outcome.count(verdict))} mã – {where}"
        shown = [f for f in outcome.findings if f.verdict == verdict][:limit]
        yield from (f"    {line(finding)}" for finding in shown)


def line(finding: Finding) -> str:
    """One code on which the lists do not agree."""
    return (
        f"tỉnh {finding.province}, đợt {finding.transition}, {finding.kind} {finding.code}: "
        f"sổ {number(finding.expected)}, {number(finding.claims)} biên nhận {number(finding.received)}"
    )


def conclusion(outcome: Outcome) -> str:
    """The one sentence at the end."""
    items = sum(row.opened_items for rows in outcome.balance.values() for row in rows)
    lists = sum(outcome.count(verdict) for verdict in FAILING)
    left = f" Còn {number(outcome.left)} mục chưa bàn giao xong." if outcome.left else ""
    if outcome.nothing_lost:
        return f"KẾT LUẬN: KHÔNG MẤT GÌ trong {number(items)} mục của {len(outcome.exports)} tỉnh.{left}"
    return (
        f"KẾT LUẬN: CHƯA CHỨNG MINH ĐƯỢC. {number(outcome.missing)} mục thiếu theo sổ, "
        f"{number(lists)} mã hai bên không khớp, {len(outcome.faults)} tỉnh có sổ không cân, "
        f"{len(outcome.refused)} bản xuất không được tính.{left}"
    )


def as_json(outcome: Outcome) -> dict[str, object]:
    """The same for another program."""
    return {
        "nothing_lost": outcome.nothing_lost,
        "provinces": [
            {"code": e.province.code, "name": e.province.name, "made_at": e.made_at,
             "rows": dict(e.rows), "key": e.key}
            for e in outcome.exports
        ],
        "refused": [
            {"province": r.province.code, "folder": str(r.folder), "fault": r.code,
             "words": refused_words(r)}
            for r in outcome.refused
        ],
        "balance": [
            {"province": province, "kind": row.kind, "opened": row.opened_items,
             **{p: row.items[p] for p in _PLACES}, "value": row.opened_value,
             "value_missing": row.value.missing}
            for province, rows in outcome.balance.items()
            for row in rows
        ],
        "lists": [
            {"province": province, "kind": kind, **dict(sorted(of.items()))}
            for (province, kind), of in outcome.verdicts.items()
        ],
        "faults": {province: dict(of) for province, of in outcome.faults.items()},
        "missing": outcome.missing,
        "left": outcome.left,
        "findings": [
            {"province": f.province, "transition": f.transition, "kind": f.kind, "code": f.code,
             "verdict": f.verdict, "expected": f.expected, "received": f.received,
             "claims": f.claims}
            for f in outcome.findings
        ],
    }  # fmt: skip
