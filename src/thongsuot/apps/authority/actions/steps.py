"""The steps that several acts share: reading what was sent, finding rows, the chain of the room."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from thongsuot.apps.authority.models import Matter, Rule
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy, unseen

Result = dict[str, object]
LONG = 2_000


def texts(values: Mapping[str, str], most: int = 300) -> dict[str, str]:
    """Those texts on one line each, or Refused naming every one that is too long or unfit."""
    problems = []
    clean = {}
    for column, value in values.items():
        longest = LONG if column in ("note", "reason", "conditions", "sources") else most
        clean[column] = tidy(value)
        if len(clean[column]) > longest or (unseen(value) and not clean[column]):
            facts = {"column": column, "most": longest}
            problems.append(Problem("authority.text-too-long", column, facts))
    if problems:
        raise Refused(problems)
    return clean


def days(since: date | None, until: date | None, subject: str = "") -> None:
    """Refuse an end that is not after the beginning."""
    if since is not None and until is not None and until <= since:
        raise Refused.because("authority.days-crossed", subject)


def live_rule(act: Act, code: str) -> Rule:
    """The live version of a rule, with the chain held. Raises Refused (404) when there is none."""
    act.lock(CHAIN)
    row = Rule.objects.filter(code=code[:60], live=True).select_related("matter", "text").first()
    if row is None:
        raise Refused.missing(Problem("authority.rule-missing", code[:60]))
    return row


def draft_of(code: str) -> Rule | None:
    """The newest version of a rule: the draft that waits beside the published one, else what stands."""
    rows = Rule.objects.filter(Q(live=True) | Q(waiting=True), code=code)
    return rows.select_related("matter", "text").order_by("-waiting").first()


def draft_or_live(act: Act, code: str) -> Rule:
    """The newest version of a rule, with the chain held. Raises Refused (404) when there is none."""
    row = live_rule(act, code)
    return draft_of(row.code) or row


def matter_of(code: str) -> Matter:
    """The matter of that code. Raises Refused (404) when there is none."""
    row = Matter.objects.filter(code=code[:60]).select_related("field").first()
    if row is None:
        raise Refused.missing(Problem("authority.matter-unknown", code[:60]))
    return row
