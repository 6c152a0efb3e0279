"""Long work of the registry: a large file of addresses."""

from tempfile import TemporaryFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.apps.registry import batch_spool
from thongsuot.apps.registry.address_views import resolver
from thongsuot.apps.registry.batch import answered, columns_of
from thongsuot.apps.registry.sheets_in import lines_of
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.exports import Extract, write_workbook

LARGEST = 256 * 1024 * 1024


@job("registry.addresses", title=gettext_lazy("Tra nhiều địa chỉ"), repeatable=True, heavy=True)
def addresses(progress: Progress, *, spooled: str, name: str, rows: int) -> dict[str, object]:
    """Answer every row of a file; the file goes when the answer is kept, or when it cannot be read."""
    path = batch_spool.path_of(spooled)
    if not path.exists():
        raise Refused.because("registry.file-gone", name)
    try:
        layout, lines = answered(lines_of(path, name), resolver())
        extract = Extract(
            _("Địa chỉ: {name}").format(name=name), columns_of(layout), lines, (), progress.at, ""
        )
        with TemporaryFile() as target:
            count = write_workbook(
                target, extract, lambda done: progress.step(done, rows, _("Đang tra từng dòng"))
            )
            target.seek(0)
            shown = display_name(f"{name.rpartition('.')[0] or name}-da-tra.xlsx")
            stored = keep(target, shown, by=progress.owner, limit=LARGEST)
    except Refused:
        batch_spool.drop(spooled)
        raise
    batch_spool.drop(spooled)
    progress.step(count, count, _("Đã tra xong; tệp kết quả ở đây."))
    return {"file": stored.pk, "name": shown}
