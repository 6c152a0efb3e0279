"""How figures of procedures are written."""

from decimal import Decimal

from django import template

from thongsuot.apps.procedures.views_acts import SLUGS
from thongsuot.foundation.wording import number

register = template.Library()


@register.filter
def percent(value: int | None) -> str:
    """Hundredths of a percent as an office writes them: 9195 is 91,95 %; nothing is –."""
    return "–" if value is None else f"{number(Decimal(value).scaleb(-2))} %"


@register.filter
def door(act: str) -> str:
    """The address part behind which a step of a dossier is done."""
    return SLUGS[act]
