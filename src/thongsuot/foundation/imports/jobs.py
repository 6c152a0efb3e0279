"""Long work of this room: reading a file into staged rows, and writing a whole batch."""

from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.imports import actions
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.jobs.registry import Progress, job


@job("imports.stage", title=_("Đọc tệp và soát từng dòng"), repeatable=True)
def stage(progress: Progress, *, batch: int, url: str = "") -> dict[str, object]:
    """Read the file of a batch; the page of the batch shows what came of it."""
    progress.step(0, 0, str(_("Đang mở tệp")))
    state = actions.stage(
        batch, lambda done, total: progress.step(done, total, str(_("Đang soát từng dòng")))
    )
    ImportBatch.objects.filter(pk=batch, job=progress.job).update(job=None)
    return {"url": url, "state": str(state)}
