"""How figures of settling are written."""

from decimal import Decimal

from django import template

from thongsuot.foundation.wording import number

register = template.Library()


@register.filter
def hundredths(value: int) -> str:
    """Hundredths of a percent as an office writes a percentage: 9195 is 91,95."""
    return number(Decimal(value).scaleb(-2))
