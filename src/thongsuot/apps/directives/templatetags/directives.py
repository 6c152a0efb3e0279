"""Words of the room that templates ask for."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thongsuot.apps.directives.lists import STANDING_TONES, STANDINGS
from thongsuot.foundation.tables.paging import CAP
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.deadline import Standing

register = template.Library()


@register.simple_tag
def standing(value: Standing) -> SafeString:
    """How a duty stands, as a tag."""
    return format_html('<span class="tag {}">{}</span>', STANDING_TONES[value], STANDINGS[value])


@register.filter
def upto(value: int) -> str:
    """A figure as it was counted: 1.234; from where the lists stop counting on, 10.000+."""
    return f"{number(CAP)}+" if value > CAP else number(value)
