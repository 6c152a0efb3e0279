"""Light, dark or high contrast: chosen by the person, kept in a cookie, light without any choice."""

from enum import StrEnum

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "ts-look"
YEAR = 60 * 60 * 24 * 365


class Look(StrEnum):
    """How a page is coloured. ``auto`` follows the machine."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


LABELS: dict[Look, str | Promise] = {
    Look.AUTO: _("Theo máy"),
    Look.LIGHT: _("Nền sáng"),
    Look.DARK: _("Nền tối"),
    Look.CONTRAST: _("Tương phản cao"),
}


def chosen_look(request: HttpRequest) -> Look:
    """The look kept in the cookie; ``auto`` when there is none or it is not one of ours."""
    kept = request.COOKIES.get(COOKIE, "")
    return Look(kept) if kept in set(Look) else Look.AUTO
