"""The stage of the handover pages; its bodies are found by their names, as texts write them."""

from pathlib import Path

import pytest
import typst
from tests.pages.handover.conftest import story, story_day
from tests.pages.handover.stage import Stage, set_up

from thongsuot.apps.registry.models import BodyVersion
from thongsuot.rules.kernel.text import fold

__all__ = ["stage", "story", "story_day"]


@pytest.fixture
def stage(story, story_day) -> Stage:
    for version in BodyVersion.objects.all():
        BodyVersion.objects.filter(pk=version.pk).update(folded=fold(version.name))
    return set_up(story)


@pytest.fixture(scope="session")
def scan_png() -> bytes:
    """A page with one directive, as a picture."""
    fonts = next(Path("src").rglob("foundation/papers/fonts"))
    source = "#set page(width: 21cm, height: 8cm)\n#set text(size: 14pt)\nUBND quận yêu cầu UBND phường Hà Đông rà soát trụ sở dôi dư, báo cáo trước ngày 30/6."
    made = typst.compile(source.encode(), font_paths=[str(fonts)], format="png", ppi=200)
    assert isinstance(made, bytes)
    return made
