"""Long lists written into a file beside the pages."""

from tempfile import TemporaryFile
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.tables import asked, paging
from thongsuot.foundation.tables.exports import Extract, write_workbook
from thongsuot.foundation.tables.sources import Asker, rows_from

CHUNK = 2_000
LARGEST_FILE = 2 * 1024**3


@job("tables.export", title=gettext_lazy("Xuất danh sách ra Excel"), repeatable=True, heavy=False)
def export(progress: Progress, *, ticket: dict[str, Any]) -> dict[str, object]:
    """Write the list that a person asked for, with the rights of that person now.

    ``ticket`` is what Listing.job_ticket signed.
    """
    on, heading = timezone.localtime(progress.at).date(), ticket["heading"]
    asker = Asker(progress.owner, ticket["appointment"], on)
    table, rows = rows_from(ticket["source"], asker, ticket["args"])
    wish = asked.read_text(table.settled(), ticket["query"])
    found = wish.narrowed(rows, on)
    total = found.count()
    order = paging.order_of(found, *wish.ordering())
    extract = Extract(
        title=heading,
        columns=wish.visible(),
        rows=paging.sorted_rows(table.joined(found), order).iterator(CHUNK),
        says=wish.says(),
        at=progress.at,
        by=ticket["by"],
    )
    with TemporaryFile() as target:
        count = write_workbook(
            target, extract, lambda done: progress.step(done, total, _("Đang ghi từng dòng"))
        )
        target.seek(0)
        name = display_name(f"{heading}.xlsx")
        stored = keep(target, name, by=progress.owner, limit=LARGEST_FILE)
    progress.step(count, count, _("Tệp đã xong."))
    words = _("Tệp Excel “{title}” đã xong").format(title=heading)
    tell([progress.owner], "tables.export-ready", words, f"/cong-viec/{progress.job}/")
    return {"file": stored.pk, "name": name}
