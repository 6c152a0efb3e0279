"""The development texts beside the repository, where they are: floors a little under what was reached."""

import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest

from thongsuot.rules.directives.intake import extract

HERE = Path(__file__).resolve().parents[4].parent / "shared" / "directives-dev"
pytestmark = pytest.mark.skipif(not (HERE / "score.py").exists(), reason="the texts are not here")

FLOORS = {
    "responsible": 0.93, "deadline": 0.97, "recurrence": 0.97, "report_to": 0.95,
    "scope": 0.75, "legal_refs": 0.97, "issuer": 0.93,
}  # fmt: skip


def test_the_development_texts_are_read_as_well_as_when_they_were_measured(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("directives_score", HERE / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    meta = json.loads((HERE / "META.json").read_text(encoding="utf-8"))
    for name, about in meta.items():
        on = date.fromisoformat(about["article_date"] or "2025-07-10")
        drafts = [one.as_plain() for one in extract(score.read_text(name), on=on)]
        (tmp_path / f"{name}.json").write_text(json.dumps(drafts), encoding="utf-8")
    texts, _ = score.score(tmp_path, HERE / "gold")
    whole = score.group(texts, lambda _name: True)
    assert whole.prf()[2] >= 0.97
    means = {name: whole.means(name)["all"] for name in FLOORS}
    assert {name: mean for name, mean in means.items() if mean < FLOORS[name]} == {}
