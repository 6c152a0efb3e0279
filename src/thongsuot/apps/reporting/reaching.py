"""Of whom a body may ask reports in a rhythm: those below it, or below the committee it works for."""

from collections.abc import Sequence
from datetime import date

from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.reaching import principals_of, reach_of
from thongsuot.foundation.refusal import refuse_if
from thongsuot.rules.kernel.problem import Problem

SHOWN = 5


def refuse_out_of_reach(body: int, asked: Sequence[int], on: date, basis: str) -> None:
    """Refuse a series asked of bodies that do not stand below the one that gathers.

    An office gathers for the committee that it serves or stands under (thừa lệnh) once the series
    says by which document. Raises Refused naming the first of them.
    """
    orders = principals_of(body, on) if basis.strip() else ()
    outside = reach_of(body, asked, on, orders).unbound(asked)
    if not outside:
        return
    names = body_names(outside[:SHOWN], on)
    said = ", ".join(names[b] for b in outside[:SHOWN])
    said += f" … (+{len(outside) - SHOWN})" if len(outside) > SHOWN else ""
    code = "reporting.not-below" if basis.strip() else "reporting.not-below-without-basis"
    refuse_if([Problem(code, said, {"count": len(outside)})])
