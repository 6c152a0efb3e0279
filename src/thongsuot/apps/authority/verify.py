"""What in the register does not fit, for ``thongsuot verify``."""

from collections.abc import Iterator

from django.db.models import F

from thongsuot.apps.authority.models import Grounds, RuleCheck
from thongsuot.rules.kernel.problem import Problem


def faults() -> Iterator[Problem]:
    """Checks by the author of a rule, and grounds that no longer match their entry of the trail."""
    for check in RuleCheck.objects.filter(user=F("rule__author")).select_related("rule"):
        yield Problem("authority.check-by-author", check.rule.code)
    wrong = Grounds.objects.exclude(name=F("entry__actor_name"))
    for row in wrong.only("subject_kind", "subject_id").iterator(1_000):
        yield Problem("authority.grounds-lost", f"{row.subject_kind}:{row.subject_id}")
