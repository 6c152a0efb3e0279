#!/usr/bin/env python3
"""Kiểm tra một biên nhận hoặc hồ sơ diễn biến, trên máy bất kỳ, không cần mạng. / Checks a receipt anywhere.

Chỉ dùng thư viện chuẩn của Python 3.9 trở lên. / Standard library only, Python 3.9 or later.

    python3 kiem_bien_nhan.py bien-nhan.json [--key KHÓA] [--checkpoint TỆP] [--json]

Mã thoát / exit code: 0 đúng / true, 1 sai / wrong, 2 không đọc được / unusable.
Viết riêng, không chung dòng nào với máy chủ: hai bên phải ra cùng một kết quả.
Written apart from the server, on purpose: two programs that must come to the same answer.
"""

# ruff: noqa: T201, D103, C901, B905, RUF007  # a small program on its own; runs on old Pythons
# mypy: ignore-errors
from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

# --- Ed25519 (RFC 8032), affine and slow: nothing to hide, little to get wrong ---------------

Q = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, Q - 2, Q) % Q


def plus(a: tuple, b: tuple) -> tuple:
    """Two points in projective form (X, Y, Z)."""
    (x1, y1, z1), (x2, y2, z2) = a, b
    m, c, d = z1 * z2 % Q, x1 * x2 % Q, y1 * y2 % Q
    s, e = m * m % Q, CURVE * c * d % Q
    f, g = s - e, s + e
    return (
        m * f * ((x1 + y1) * (x2 + y2) - c - d) % Q,
        m * g * (d + c) % Q,
        f * g % Q,
    )


def multiple(n: int, p: tuple) -> tuple:
    out = (0, 1, 1)
    for bit in bin(n)[2:]:
        out = plus(out, out)
        if bit == "1":
            out = plus(out, p)
    return out


def equal(a: tuple, b: tuple) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % Q == 0 == (a[1] * b[2] - b[1] * a[2]) % Q


def decode_point(raw: bytes):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y % 2**255
    if y >= Q:
        return None
    u, v = (y * y - 1) % Q, (CURVE * y * y + 1) % Q
    x = u * pow(v, 3, Q) * pow(u * pow(v, 7, Q), (Q - 5) // 8, Q) % Q
    if (v * x * x + u) % Q == 0:
        x = x * pow(2, (Q - 1) // 4, Q) % Q
    if (v * x * x - u) % Q or (x == 0 and sign):
        return None
    return (Q - x if x % 2 != sign else x, y, 1)


GENERATOR = decode_point((4 * pow(5, Q - 2, Q) % Q).to_bytes(32, "little"))


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decode_point(public), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER or equal(multiple(8, a), (0, 1, 1)):
        return False
    k = hashlib.sha512(signature[:32] + public + message).digest()
    return equal(multiple(s, GENERATOR), plus(r, multiple(int.from_bytes(k, "little") % ORDER, a)))


# --- the Merkle tree (RFC 6962), by its recursive definition ---------------------------------


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


def cut(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def tree_root(leaves: list) -> bytes:
    if not leaves:
        return sha(b"")
    row = list(leaves)
    while len(row) > 1:
        row = [node(*row[i : i + 2]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]


def root_by_inclusion(leaf: bytes, m: int, n: int, proof: list) -> bytes:
    """The root that follows from a leaf at place m of n; ValueError when the proof is too long or short."""
    if n == 1:
        if proof:
            raise ValueError
        return leaf
    if not proof:
        raise ValueError
    k = cut(n)
    if m < k:
        return node(root_by_inclusion(leaf, m, k, proof[:-1]), proof[-1])
    return node(proof[-1], root_by_inclusion(leaf, m - k, n - k, proof[:-1]))


def roots_by_consistency(m: int, n: int, proof: list, old: bytes, whole: bool = True) -> tuple:
    """The old and the new root that follow from the proof (SUBPROOF of RFC 6962, 2.1.2, backwards)."""
    if m == n:
        if whole:
            if proof:
                raise ValueError
            return old, old
        if len(proof) != 1:
            raise ValueError
        return proof[0], proof[0]
    if not proof:
        raise ValueError
    k = cut(n)
    if m <= k:
        before, after = roots_by_consistency(m, k, proof[:-1], old, whole)
        return before, node(after, proof[-1])
    before, after = roots_by_consistency(m - k, n - k, proof[:-1], old, False)
    return node(proof[-1], before), node(proof[-1], after)


def is_included(leaf: bytes, m: int, n: int, proof: list, root: bytes) -> bool:
    try:
        return 0 <= m < n and root_by_inclusion(leaf, m, n, proof) == root
    except ValueError:
        return False


def is_consistent(m: int, n: int, proof: list, old: bytes, new: bytes) -> bool:
    if not 0 <= m <= n:
        return False
    if m == 0:
        return not proof and old == (new if n == 0 else sha(b""))
    try:
        return roots_by_consistency(m, n, proof, old) == (old, new)
    except ValueError:
        return False


# --- notes, keys, checkpoints (C2SP) ----------------------------------------------------------


class Bad(Exception):
    """The file has not the form of a receipt; says which part."""


def b64(text: str, size: int | None = None) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad("base64") from None
    if base64.b64encode(raw).decode() != text or (size is not None and len(raw) != size):
        raise Bad("base64")
    return raw


def good_name(name: str) -> bool:
    return re.fullmatch(r"[^\s+\x00-\x1f\x7f]{1,200}", name) is not None


def key_number(name: str, public: bytes) -> bytes:
    return sha(name.encode() + b"\n\x01" + public)[:4]


def parse_key(text: str) -> tuple:
    pieces = text.strip().split("+", 2)
    if len(pieces) != 3 or not good_name(pieces[0]):
        raise Bad("key")
    raw = b64(pieces[2], 33)
    if raw[0] != 1 or key_number(pieces[0], raw[1:]).hex() != pieces[1]:
        raise Bad("key")
    return pieces[0], raw[1:]


def parse_note(text: str) -> tuple:
    at = text.rfind("\n\n")
    if at < 0 or not text.endswith("\n") or "\r" in text or "\0" in text:
        raise Bad("note")
    lines = text[at + 2 : -1].split("\n")
    if text[at + 2 :] == "" or len(lines) > 100:
        raise Bad("note")
    signatures = []
    for line in lines:
        if not line.startswith("— "):
            raise Bad("note")
        name, _, coded = line[2:].partition(" ")
        raw = b64(coded)
        if not good_name(name) or len(raw) <= 4:
            raise Bad("note")
        signatures.append((name, raw[:4], raw[4:]))
    return text[: at + 1], signatures


def parse_checkpoint(body: str) -> tuple:
    lines = body.split("\n")
    if len(lines) != 4 or not good_name(lines[0]):
        raise Bad("checkpoint")
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]) or int(lines[1]) >= 2**63:
        raise Bad("checkpoint")
    return lines[0], int(lines[1]), b64(lines[2], 32)


def note_signed(note: tuple, name: str, public: bytes) -> bool:
    body, signatures = note
    return any(
        who == name and number == key_number(name, public) and ed25519(public, body.encode(), sig)
        for who, number, sig in signatures
    )


# --- the code on paper ------------------------------------------------------------------------

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_of(leaf: bytes) -> str:
    digits = [int.from_bytes(leaf[:10], "big") >> 5 * (15 - i) & 31 for i in range(16)]
    check = 0
    for digit in [*digits, 0]:
        check <<= 1
        check ^= 37 if check & 32 else 0
        check ^= digit
    text = "".join(LETTERS[d] for d in [*digits, check])
    return "-".join(text[i : i + 4] for i in range(0, 17, 4))


# --- the receipt ------------------------------------------------------------------------------


def typed(of: dict, name: str, kind: type):
    if type(of.get(name)) is not kind:
        raise Bad(name)
    return of[name]


def no_constant(text: str):
    raise Bad("number")


def plain(text: str):
    try:
        return json.loads(text, parse_constant=no_constant, parse_float=no_constant)
    except (ValueError, RecursionError):
        raise Bad("json") from None


def mapping(value) -> dict:
    if type(value) is not dict:
        raise Bad("mapping")
    return value


def steps(of: dict) -> list:
    found = typed(of, "proof", list)
    if len(found) > 64 or any(type(step) is not str for step in found):
        raise Bad("proof")
    return [b64(step, 32) for step in found]


def hex64(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise Bad("hash")
    return text


def parse(raw: bytes) -> dict:
    found = re.fullmatch(rb'\{"body":(\{.*\}),"seal":"([A-Za-z0-9+/]{86}==)"\}\n', raw, re.DOTALL)
    if len(raw) > 64 * 1024 * 1024 or not found:
        raise Bad("frame")
    try:
        of = mapping(plain(found[1].decode()))
    except UnicodeDecodeError:
        raise Bad("text") from None
    if of.get("format") != "thong-suot/receipt/1" or of.get("kind") not in ("minutes", "evidence"):
        raise Bad("format")
    note = parse_note(typed(of, "checkpoint", str))
    leaves = b64(typed(of, "leaves", str))
    out = {"raw": found[1], "seal": b64(found[2].decode(), 64), "note": note}
    out["mark"] = parse_checkpoint(note[0])
    out["keys"] = [
        (parse_key(typed(k, "key", str)), b64(typed(k, "introduction", str)))
        for k in map(mapping, typed(of, "keys", list))
    ]
    out["entries"] = []
    for e in map(mapping, typed(of, "entries", list)):
        prev, content = hex64(typed(e, "prev", str)), typed(e, "content", str)
        leaf = sha(b"\x00" + bytes.fromhex(prev) + content.encode())
        out["entries"].append((typed(e, "index", int), leaf, content, steps(e)))
    if not out["keys"] or not out["entries"] or len(leaves) % 32:
        raise Bad("keys, entries or leaves")
    for name in ("kind", "code", "origin", "made_at", "minutes"):
        out[name] = typed(of, name, str)
    out["earlier"] = []
    for e in map(mapping, typed(of, "earlier", list)):
        old = parse_note(typed(e, "checkpoint", str))
        out["earlier"].append((old, parse_checkpoint(old[0]), steps(e)))
    out["leaves"] = [leaves[i : i + 32] for i in range(0, len(leaves), 32)]
    out["named"] = mapping(of.get("named"))
    files = mapping(of.get("files"))
    out["files"] = {name: hex64(typed(files, name, str)) for name in files}
    return out


def check(raw: bytes, keys: list, held: list) -> list:
    """Every fault as (code, blocks, what). Empty: true."""
    try:
        return list(faults(parse(raw), keys, held))
    except (Bad, UnicodeEncodeError) as error:
        return [("proof.malformed", True, str(error))]


def faults(doc: dict, known: list, held: list):
    chain = doc["keys"]
    (name, public), _ = chain[-1]
    digest = hashlib.sha256(doc["raw"]).hexdigest()
    if not ed25519(public, f"thong-suot/seal/v1\n{digest}\n".encode(), doc["seal"]):
        yield "proof.seal-wrong", True, doc["code"]
        return
    for ((_, old), _), ((new_name, new), introduction) in zip(chain, chain[1:]):
        text = key_text(new_name, new)
        if not ed25519(old, f"thong-suot/key/v1\n{text}\n".encode(), introduction):
            yield "proof.key-not-introduced", True, new_name
    origin = doc["origin"]
    if any(origin != n and not origin.startswith(n + "/") for (n, _), _ in chain):
        yield "proof.key-of-another", True, origin
    if not known:
        yield "proof.key-unknown", False, key_text(name, public)
    elif not any(key in known for key, _ in chain):
        yield "proof.key-foreign", True, key_text(name, public)
    yield from log_faults(doc)
    yield from (evidence_faults(doc) if doc["kind"] == "evidence" else minutes_faults(doc))
    yield from history_faults(doc)
    for one in held:
        yield from held_faults(doc, one)


def key_text(name: str, public: bytes) -> str:
    coded = base64.b64encode(b"\x01" + public).decode()
    return f"{name}+{key_number(name, public).hex()}+{coded}"


def ours(doc: dict, note: tuple, origin: str) -> bool:
    return origin == doc["origin"] and any(
        note_signed(note, origin, public) for (_, public), _ in doc["keys"]
    )


def log_faults(doc: dict):
    origin, size, root = doc["mark"]
    if not ours(doc, doc["note"], origin):
        yield "proof.checkpoint-wrong", True, origin
    for index, leaf, content, proof in doc["entries"]:
        facts = mapping(plain(content))
        seq = facts.get("seq")
        if not doc["origin"].endswith(f"/{facts.get('chain')}") or seq != index + 1:
            yield "proof.entry-elsewhere", True, str(index + 1)
        if not is_included(leaf, index, size, proof, root):
            yield "proof.not-in-log", True, str(index + 1)


def evidence_faults(doc: dict):
    if doc["code"] != code_of(doc["entries"][-1][1]):
        yield "proof.code-differs", True, doc["code"]


def minutes_faults(doc: dict):
    content = hashlib.sha256(doc["minutes"].encode()).hexdigest()
    signed, things, people = {}, set(), set()
    for _, leaf, text, _ in doc["entries"]:
        facts = mapping(plain(text))
        after = facts.get("after")
        if facts.get("act") != "handover.minutes-signed" or type(after) is not dict:
            continue
        if after.get("content") != content:
            yield "proof.content-differs", True, doc["code"]
        signed[str(after.get("side"))] = leaf
        things.add((str(facts.get("subject_kind")), str(facts.get("subject_id"))))
        people.add(str(facts.get("actor_user")))
    for side in ("giver", "receiver"):
        if side not in signed:
            yield "proof.signature-missing", True, side
    if len(signed) == 2 and (len(things) != 1 or len(people) != 2):
        yield "proof.signers-differ", True, doc["code"]
    if "receiver" in signed and doc["code"] != code_of(signed["receiver"]):
        yield "proof.code-differs", True, doc["code"]


def history_faults(doc: dict):
    _, size, root = doc["mark"]
    for note, (old_origin, old_size, old_root), proof in doc["earlier"]:
        if not ours(doc, note, old_origin):
            yield "proof.checkpoint-wrong", True, str(old_size)
        if not is_consistent(old_size, size, proof, old_root, root):
            yield "proof.two-histories", True, str(old_size)
    if doc["leaves"] and (len(doc["leaves"]) != size or tree_root(doc["leaves"]) != root):
        yield "proof.leaves-differ", True, str(size)


def held_faults(doc: dict, one: tuple):
    held_origin, held_size, held_root = one
    origin, size, root = doc["mark"]
    if held_origin and held_origin != origin:
        yield "proof.held-other-log", True, held_origin
        return
    if held_size > size:
        yield "proof.held-newer", False, str(held_size)
        return
    roots = {mark[1]: mark[2] for _, mark, _ in doc["earlier"]}
    roots[size] = root
    if held_size not in roots and len(doc["leaves"]) >= held_size:
        roots[held_size] = tree_root(doc["leaves"][:held_size])
    if held_size not in roots:
        yield "proof.held-unproved", False, str(held_size)
    elif roots[held_size] != held_root:
        yield "proof.two-histories", True, str(held_size)


def file_faults(doc: dict, folder: Path):
    for name, wanted in sorted(doc["files"].items()):
        path = folder / Path(name).name
        if Path(name).name != name or not path.is_file():
            yield "proof.file-missing", True, name
        elif hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            yield "proof.file-differs", True, name


def parse_held(text: str) -> tuple:
    """A checkpoint as a note, or what a square code on paper holds."""
    if "\n\n" in text:
        return parse_checkpoint(parse_note(text)[0])
    found = re.search(r"n=(0|[1-9]\d{0,18})&r=([\w-]{43})&h=([\w-]{43})$", text.strip(), re.ASCII)
    if not found:
        raise Bad("checkpoint")
    return "", int(found[1]), base64.urlsafe_b64decode(found[2] + "=")


# --- for people -------------------------------------------------------------------------------

SAYS = {
    "proof.malformed": "Không phải biên nhận, hoặc đã bị sửa / not a receipt, or changed",
    "proof.seal-wrong": "Dấu niêm không đúng: tệp đã bị sửa / the seal is wrong: the file was changed",
    "proof.key-not-introduced": "Khóa mới không được khóa cũ giới thiệu / the new key was not introduced",
    "proof.key-of-another": "Khóa không phải của cơ quan giữ nhật ký / the key is of another office",
    "proof.key-unknown": "Hãy so khóa này với khóa cơ quan đã công bố / compare this key with the published one",
    "proof.key-foreign": "Ký bằng khóa khác khóa bạn có / signed with another key than yours",
    "proof.checkpoint-wrong": "Điểm kiểm tra không do cơ quan ký / the checkpoint is not signed by the office",
    "proof.entry-elsewhere": "Dòng nhật ký không ở chỗ ấy / the entry is not of that place",
    "proof.not-in-log": "Dòng nhật ký không nằm trong nhật ký / the entry is not in the log",
    "proof.code-differs": "Mã biên nhận không khớp / the code is of something else",
    "proof.content-differs": "Nội dung khác nội dung hai bên đã ký / the content is not what was signed",
    "proof.signature-missing": "Thiếu chữ ký của một bên / a side has not signed",
    "proof.signers-differ": "Hai chữ ký không phải của hai người trên một biên bản / not two people on one paper",
    "proof.two-histories": "NHẬT KÝ CÓ HAI LỊCH SỬ / THE LOG HAS TWO HISTORIES",
    "proof.leaves-differ": "Mã băm kèm theo không ra gốc / the hashes do not give the root",
    "proof.held-other-log": "Điểm kiểm tra bạn giữ là của nhật ký khác / your checkpoint is of another log",
    "proof.held-newer": "Điểm kiểm tra bạn giữ mới hơn biên nhận / your checkpoint is newer than the receipt",
    "proof.held-unproved": "Không đủ mã băm để so với điểm kiểm tra bạn giữ / too few hashes to compare",
    "proof.file-missing": "Thiếu tệp của hồ sơ / a file is missing",
    "proof.file-differs": "Tệp của hồ sơ đã bị sửa / a file was changed",
}


def main(arguments: list | None = None) -> int:
    """Check one file; print what is wrong, or what is true."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("file", type=Path)
    options.add_argument(
        "--key", action="append", default=[], help="khóa cơ quan / key of the office"
    )
    options.add_argument("--checkpoint", action="append", default=[], type=Path,
                         help="điểm kiểm tra đang giữ / a checkpoint you kept")  # fmt: skip
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(arguments)
    try:
        raw = chosen.file.read_bytes()
        keys = [parse_key(key) for key in chosen.key]
        held = [parse_held(path.read_text(encoding="utf-8")) for path in chosen.checkpoint]
    except (OSError, UnicodeDecodeError, Bad) as error:
        print(f"Không đọc được / unusable: {error}", file=sys.stderr)
        return 2
    found = check(raw, keys, held)
    blocked = any(blocks for _, blocks, _ in found)
    doc = None if any(code == "proof.malformed" for code, _, _ in found) else parse(raw)
    if doc and not blocked:
        found += file_faults(doc, chosen.file.parent)
        blocked = any(blocks for _, blocks, _ in found)
    if chosen.json:
        problems = [{"code": c, "blocks": b, "what": w} for c, b, w in found]
        print(json.dumps({"ok": not blocked, "problems": problems}, ensure_ascii=False))
        return 1 if blocked else 0
    print("SAI / WRONG" if blocked else "ĐÚNG / TRUE")
    if doc and not blocked:
        print(
            f"  {doc['code']} · {doc['origin']} · {doc['mark'][1]} dòng / entries · {doc['made_at']}"
        )
        for _, _, content, _ in doc["entries"]:
            e = plain(content)
            print(f"  {e.get('at', '')[:19]} {e.get('act')} {e.get('actor_name')}")
    for code, _, what in found:
        print(f"- {SAYS.get(code, code)}: {what}")
    return 1 if blocked else 0


if __name__ == "__main__":
    sys.exit(main())
