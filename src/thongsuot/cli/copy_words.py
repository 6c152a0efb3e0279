"""What the proof of a copy says, in the words of an office. Knows no Django."""

from collections.abc import Iterable, Iterator, Mapping

from thongsuot.rules.continuity.comparing import Difference
from thongsuot.rules.continuity.proof import Kind, Proof
from thongsuot.rules.continuity.verification import Verification
from thongsuot.rules.kernel.problem import Problem

KIND_WORDS: Mapping[Kind, str] = {
    Kind.FOLDER: "thư mục",
    Kind.FILE: "tệp",
    Kind.SQLITE: "cơ sở dữ liệu SQLite",
    Kind.POSTGRES: "bản kết xuất PostgreSQL",
}
SORT_WORDS: Mapping[str, str] = {
    "missing": "THIẾU",
    "changed": "KHÁC",
    "extra": "THỪA",
    "renamed": "ĐỔI TÊN",
    "name-form": "TÊN VIẾT KHÁC DẠNG UNICODE",
    "other-kind": "KHÁC LOẠI",
    "sample": "ĐỌC LẠI KHÔNG KHỚP",
}
WHAT_WORDS: Mapping[str, str] = {
    "file": "tệp",
    "folder": "thư mục",
    "link": "liên kết",
    "table": "bảng",
    "schema": "cấu trúc (bảng, cột, chỉ mục, câu lệnh ngoài dữ liệu)",
    "copy": "bản sao",
    "row": "dòng",
}
PART_WORDS: Mapping[str, str] = {
    "columns": "tên cột",
    "types": "kiểu cột",
    "rows": "số dòng",
    "content": "nội dung",
}
WORDS: Mapping[str, str] = {
    "continuity.not-there": "không có {subject}. Kiểm tra lại đường dẫn.",
    "continuity.not-json": "tệp chứng nhận không phải JSON. Dùng đúng tệp do lệnh make ghi ra.",
    "continuity.not-a-proof": "tệp này không phải chứng nhận bản sao. Dùng tệp do lệnh make ghi ra.",
    "continuity.other-version": "chứng nhận theo phiên bản {version}, bản cài này không đọc được. Nâng cấp rồi chạy lại.",
    "continuity.proof-broken": "chứng nhận hỏng ở {field}. Lấy lại tệp gốc từ bên giao.",
    "continuity.proof-altered": "chứng nhận đã bị sửa sau khi lập: dấu niêm không khớp nội dung. Lấy lại tệp gốc từ bên giao.",
    "continuity.proof-inside": "không ghi chứng nhận vào bên trong thứ được chứng nhận ({subject}). Chọn nơi khác, tốt nhất là máy khác.",
    "continuity.out-exists": "đã có tệp {subject}. Chứng nhận cũ không bị ghi đè: chọn tên khác.",
    "continuity.unreadable": "không đọc được {subject}: {why}. Cấp quyền đọc rồi chạy lại.",
    "continuity.special-file": "{subject} là {sort}, không phải tệp. Chuyển ra khỏi thư mục rồi chạy lại.",
    "continuity.changed-while-read": "{subject} thay đổi trong lúc đọc. Dừng chương trình đang ghi rồi chạy lại.",
    "continuity.names-collide": "{subject} và {other} thành một tên trên máy không phân biệt chữ hoa hoặc dạng Unicode: chép sang đó sẽ mất một tệp.",
    "continuity.name-not-text": "{subject} có tên không phải UTF-8; tên vẫn được so đúng từng byte.",
    "continuity.sqlite-open": "{subject} còn phần chưa ghi vào cơ sở dữ liệu ({other}). Đóng chương trình đang dùng, hoặc sao bằng lệnh .backup, rồi chạy lại.",
    "continuity.sqlite-damaged": "{subject} hỏng hoặc chép chưa xong: {why}. Sao lại.",
    "continuity.dump-cut-off": "bản kết xuất bị cắt giữa chừng{at}. Kết xuất và chép lại.",
    "continuity.line-too-long": "bản kết xuất có dòng dài hơn {limit} MB. Dùng pg_dump -Fc.",
    "continuity.pg-restore-failed": "pg_restore không đọc được bản kết xuất: {why}.",
    "continuity.no-pg-restore": "máy này không có pg_restore: bản kết xuất chỉ được chứng nhận nguyên tệp, không theo từng bảng.",
    "continuity.nothing-shared": "hai bên không có bảng nào cùng tên để so.",
    "continuity.not-comparable": "chỉ so được tệp SQLite (bên thứ nhất) với bản kết xuất PostgreSQL đọc được theo bảng (bên thứ hai).",
}  # fmt: skip


def plain(text: str) -> str:
    """A name as it may be printed: what is no text or steers a terminal is shown as an escape."""
    raw = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in raw)


def said(problem: Problem) -> str:
    """The sentence for a problem."""
    facts = {k: plain(v) if isinstance(v, str) else v for k, v in problem.facts.items()}
    return WORDS[problem.code].format(subject=plain(problem.subject), **facts)


def number(value: object) -> str:
    """1234567 → 1.234.567; everything else as it is."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else plain(str(value))


def about(proof: Proof) -> Iterator[str]:
    """What a proof covers, in a few lines."""
    words = KIND_WORDS[proof.kind]
    yield f"{words[0].upper()}{words[1:]}: {plain(proof.name)}"
    if proof.kind is Kind.FOLDER:
        others = len(proof.entries) - proof.files
        yield f"{number(proof.files)} tệp, {number(others)} thư mục và liên kết, {number(proof.octets)} byte"
    elif proof.tables:
        yield f"{number(len(proof.tables))} bảng, {number(proof.rows)} dòng, {number(proof.octets)} byte"
    else:
        yield f"{number(proof.octets)} byte"
    for left in proof.left_out:
        yield f"Không chứng nhận: {plain(left)}"
    yield f"Lập lúc {proof.maker.at}, {plain(proof.maker.who)}, {plain(proof.maker.tool)}"
    yield f"Mã gốc: {proof.root}"


def line(d: Difference) -> str:
    """One difference in one line."""
    head = f"{SORT_WORDS[d.sort]}  {WHAT_WORDS.get(d.what, d.what)} {plain(d.name)}".rstrip()
    facts, more = d.facts, ""
    if d.sort in ("renamed", "name-form"):
        more = f" → {plain(str(facts['now']))}"
    elif "parts" in facts:
        parts = facts["parts"]
        names = [PART_WORDS[str(p)] for p in parts] if isinstance(parts, list | tuple) else []
        more = f": {', '.join(names)} ({number(facts['was'])} → {number(facts['now'])} dòng)"
    elif "was" in facts:
        same = facts["was"] == facts["now"]
        more = ": nội dung khác" if same else f": {number(facts['was'])} → {number(facts['now'])}"
    elif "rows" in facts:
        more = f" ({number(facts['rows'])} dòng)"
    return head + more


def report(done: Verification, limit: int) -> Iterator[str]:
    """A verification in lines, naming so many differences."""
    for d in done.found[:limit]:
        yield line(d)
    if done.count > limit:
        yield f"… và {number(done.count - limit)} chỗ khác nữa (xem --json hoặc --out)"
    again = done.sampling
    if again.files or again.rows:
        against = "từng byte với bản gốc" if again.original else "với chứng nhận"
        yield f"Đọc lại lần hai, so {against}: {number(again.files)} tệp, {number(again.rows)} dòng"
    yield (
        "KẾT LUẬN: BẢN SAO ĐÚNG"
        if done.equal
        else f"KẾT LUẬN: BẢN SAO KHÁC, {number(done.count)} chỗ"
    )


def refusal(problems: Iterable[Problem]) -> Iterator[str]:
    """Why nothing could be proved."""
    for problem in problems:
        yield f"- {said(problem)}"
