"""What every page shows around its own content: the person, the day, the rail, the look."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import clock
from thongsuot.foundation.ui import nav
from thongsuot.foundation.ui.looks import LABELS, Look, chosen_look
from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.actor import Actor

WEEKDAYS: tuple[str | Promise, ...] = (
    _("thứ Hai"),
    _("thứ Ba"),
    _("thứ Tư"),
    _("thứ Năm"),
    _("thứ Sáu"),
    _("thứ Bảy"),
    _("Chủ nhật"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page. Templates read it as ``ui``; ``actor`` is None for the public."""

    site: str
    demo: bool
    look: Look
    now: datetime
    story: bool
    actor: Actor | None
    rail: tuple[nav.Line, ...]
    path: str
    tools: tuple[tuple[str, str, str], ...] = ()
    search: str = "/tim-kiem/"  # answered by whichever room keeps the search over everything

    @property
    def looks(self) -> tuple[tuple[Look, str], ...]:
        """Every look with its name, for the chooser."""
        return tuple((look, str(label)) for look, label in LABELS.items())

    @property
    def today(self) -> date:
        """The local day of the page."""
        return timezone.localtime(self.now).date()

    @property
    def weekdays(self) -> str:
        """Monday to Sunday, for the script that says a date again."""
        return "|".join(str(name) for name in WEEKDAYS)

    @property
    def today_text(self) -> str:
        """Today as the pill in the header says it: weekday and day."""
        return weekday_and_day(self.today)


def weekday_and_day(on: date) -> str:
    """A day with its weekday: thứ Ba 24/06/2025."""
    return f"{WEEKDAYS[on.weekday()]} {day(on)}"


def page(request: HttpRequest) -> dict[str, Page]:
    """The context processor: ``ui`` for the templates of the house."""
    given = getattr(request, "actor", None)
    actor = given if isinstance(given, Actor) and given.user else None
    frame = Page(
        site=settings.SITE_NAME,
        demo=settings.DEMO,
        look=chosen_look(request),
        now=clock.now(),
        story=clock.is_story(),
        actor=actor,
        rail=nav.lines(actor, request.path),
        path=request.get_full_path(),
        tools=nav.tools(actor, request.path[:300]),
    )
    return {"ui": frame}
