"""Telling other systems beside the pages."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import clock
from thongsuot.foundation.hooks import delivery
from thongsuot.foundation.jobs.registry import Progress, job

DELIVER = "hooks.deliver"


@job(DELIVER, title=_("Báo cho hệ thống khác"), repeatable=True, heavy=False)
def deliver(progress: Progress) -> dict[str, object]:
    """Collect what is new, and make the calls that are due."""
    at = timezone.now()
    written = delivery.collect(at, clock.today())
    arrived, failed = delivery.deliver_due(at)
    progress.step(arrived + failed, arrived + failed)
    return {"written": written, "arrived": arrived, "failed": failed}
