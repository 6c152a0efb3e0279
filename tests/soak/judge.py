"""Compares the record of the clients with the database, after everything; in a process of its own.

python -m tests.soak.judge RECORD      prints {"figures": …, "wrong": […]}
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.soak.seeding import begin

Lines = list[dict[str, Any]]


def _by_key(lines: Lines) -> dict[str, dict[str, Any]]:
    acts: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line["what"] == "invoked":
            acts[line["key"]] = {**line, "end": "unknown", "unknown": 0}
        elif line["what"] == "unknown":
            acts[line["key"]]["unknown"] += 1
        else:
            acts[line["key"]] |= {"end": line["what"], "receipt": line.get("receipt")}
    return acts


def _kept(acts: dict[str, dict[str, Any]]) -> list[str]:
    """Every act against its entry on the trail: lost, unsettled, done though refused, phantoms."""
    from thongsuot.foundation.trail.models import Entry  # noqa: PLC0415

    rows = Entry.objects.filter(key__startswith="api-").values_list("key", "hash", "seq")
    entries = {key.split("-", 2)[2]: (hashed, seq) for key, hashed, seq in rows}
    wrong, last = [], defaultdict(int)
    for key, act in acts.items():
        hashed, seq = entries.get(key, ("", 0))
        if act["end"] == "ok" and hashed != act["receipt"]:
            wrong.append(f"LOST {key}: acknowledged with receipt {act['receipt']}, kept {hashed!r}")
        if act["end"] == "unknown":
            wrong.append(f"UNSETTLED {key}")
        if act["end"] == "refused" and hashed:
            wrong.append(f"DONE THOUGH REFUSED {key}")
        if act["end"] == "ok":
            if seq <= last[act["user"]]:
                wrong.append(f"OUT OF ORDER {key}")
            last[act["user"]] = seq
    return wrong + [f"PHANTOM {key}" for key in sorted(set(entries) - set(acts))]


def _once(acts: dict[str, dict[str, Any]]) -> list[str]:
    """Every act moved or counted exactly once."""
    from django.db.models import Sum  # noqa: PLC0415

    from thongsuot.apps.handover.models import Item, LineCount, Movement  # noqa: PLC0415

    done = [a for a in acts.values() if a["end"] == "ok"]
    wrong = []
    pieces = Counter(a["item"] for a in done if a["kind"] == "missing")
    moved = Movement.objects.filter(kind="missed").values("item").annotate(n=Sum("quantity"))
    for item, q in Item.objects.filter(code__startswith="MAT-").values_list("pk", "q_missing"):
        by_moves = next((m["n"] for m in moved if m["item"] == item), 0)
        if not pieces[item] == q == by_moves:
            wrong.append(
                f"DOUBLED OR LOST item {item}: {pieces[item]} told, {q} kept, {by_moves} moved"
            )
    told = {(a["line"], a["version"]): a["count"] for a in done if a["kind"] == "count"}
    kept = {(c.line_id, c.version): c.count for c in LineCount.objects.filter(side="giver")}
    wrong += [f"COUNT {k}: told {told.get(k)}, kept {kept.get(k)}" for k in told.keys() | kept.keys()
              if told.get(k) != kept.get(k)]  # fmt: skip
    for line in {line for line, _ in kept}:
        versions = sorted(v for at, v in kept if at == line)
        if versions != list(range(1, len(versions) + 1)):
            wrong.append(f"VERSIONS of line {line}: {versions[-3:]}")
    return wrong


def judge(record: Path) -> dict[str, Any]:
    """Everything that does not fit, and the figures."""
    from thongsuot.apps.handover import verify  # noqa: PLC0415
    from thongsuot.foundation.trail import chains, guard  # noqa: PLC0415

    acts = _by_key([json.loads(line) for line in record.read_text().splitlines()])
    ends = Counter(a["end"] for a in acts.values())
    wrong = [*_kept(acts), *_once(acts), *(f"GUARD {name}" for name in guard.missing())]
    wrong += [str(p) for p in (*verify.faults(), *chains.faults())]
    return {
        "figures": {
            "invoked": len(acts),
            "acknowledged": ends["ok"],
            "refused": ends["refused"],
            "settled by key": sum(1 for a in acts.values() if a["unknown"] and a["end"] == "ok"),
            "lost": sum(w.startswith("LOST") for w in wrong),
            "doubled": sum(w.startswith(("DOUBLED", "COUNT", "PHANTOM")) for w in wrong),
        },
        "wrong": wrong,
    }


def main() -> None:
    """Judge, and say it."""
    begin()
    sys.stdout.write(json.dumps(judge(Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
