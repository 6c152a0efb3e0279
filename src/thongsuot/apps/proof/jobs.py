"""Sending to witnesses beside the pages."""

from django.utils.translation import gettext_lazy as _

from thongsuot.apps.proof import sending
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.refusal import Refused

SEND = "proof.send-to-witnesses"


@job(SEND, title=_("Gửi điểm kiểm tra đến người làm chứng"), repeatable=True, heavy=False)
def send(progress: Progress) -> dict[str, object]:
    """Send what is waiting; refused with every sentence when a witness did not cosign."""
    sent = sending.send_all(progress.at)
    problems = [one.problem for one in sent if one.problem is not None]
    if problems:
        raise Refused(problems)
    return {"sent": sum(one.count for one in sent), "url": "/so-diem-kiem-tra/lam-chung/"}
