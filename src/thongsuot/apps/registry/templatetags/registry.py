"""Words that only the pages of the registry need."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clause(value: str) -> str:
    """A clause as it is cited: a bare number is a khoản; anything longer stands as written."""
    return _("khoản %(number)s") % {"number": value} if value.isdecimal() else value
