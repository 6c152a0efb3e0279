"""Words of the room that templates ask for."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thongsuot.apps.directives.lists import STANDING_TONES, STANDINGS
from thongsuot.apps.directives.queries import FEW
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.deadline import Standing

register = template.Library()


@register.simple_tag
def standing(value: Standing) -> SafeString:
    """How a duty stands, as a tag."""
    return format_html('<span class="tag {}">{}</span>', STANDING_TONES[value], STANDINGS[value])


@register.filter
def upto(value: int) -> str:
    """A figure as it was counted: 234; from where counting stops, 1.000+."""
    return f"{number(FEW)}+" if value > FEW else number(value)
