"""The rail on the left: each room says which pages it offers, to whom, and in what order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.rules.kernel.actor import Actor, Role

EVERY_ROLE: frozenset[Role] = frozenset(Role)
# The headings of the rail: each covers the orders from its number up to the next one's.
BANDS: tuple[tuple[int, str | Promise], ...] = (
    (0, ""),
    (20, _("Bàn giao, lưu giữ")),
    (30, _("Nhiệm vụ, báo cáo")),
    (50, _("Thẩm quyền, quyết định")),
    (70, _("Địa bàn, tổ chức")),
    (90, _("Người dân")),
    (200, _("Hệ thống")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail.

    ``route`` is a url name without arguments. ``roles`` may see it; ``public`` shows it to
    people who are not signed in as well. ``count`` may return how many things wait there: it
    runs on every page, so it must be one cheap query. ``order``: desk 10, handover 20,
    directives 30, reports 40, authority 50, difficulties 60, registry 70, people 80,
    premises 90, public 100, the system itself 200.
    """

    label: str | Promise
    route: str
    order: int
    roles: frozenset[Role] = EVERY_ROLE
    public: bool = False
    count: Callable[[Actor], int] | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rail as a person sees it now, under the heading of its group."""

    label: str
    url: str
    current: bool
    count: int
    icon: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that can be done about any page: a link at its foot, told where it was pressed.

    ``route`` is a url name without arguments; the page gets the path it was pressed on as ``tu``.
    """

    label: str | Promise
    route: str
    roles: frozenset[Role] = EVERY_ROLE
    icon: str = ""


_ENTRIES: dict[str, Entry] = {}
_TOOLS: dict[str, Tool] = {}


def register(*entries: Entry) -> None:
    """Offer pages on the rail. Call it from ``AppConfig.ready``; the same route replaces itself."""
    for entry in entries:
        _ENTRIES[entry.route] = entry


def offer(*tools: Tool) -> None:
    """Offer something at the foot of every page. Call it from ``AppConfig.ready``."""
    for tool in tools:
        _TOOLS[tool.route] = tool


def tools(actor: Actor | None, path: str) -> tuple[tuple[str, str, str], ...]:
    """What a person may do about the page at a path: label, address, icon; nothing on its own page."""
    found = []
    for tool in _TOOLS.values():
        url = reverse(tool.route) if actor is not None and actor.role in tool.roles else ""
        if url and not path.startswith(url):
            found.append((str(tool.label), f"{url}?{urlencode({'tu': path})}", tool.icon))
    return tuple(found)


def entries() -> tuple[Entry, ...]:
    """Everything registered, in the order of the rail."""
    return tuple(sorted(_ENTRIES.values(), key=lambda e: (e.order, e.route)))


def lines(actor: Actor | None, path: str) -> tuple[Line, ...]:
    """The rail for a person at a path: only what the post acted in may open.

    Returns an empty tuple when nothing is offered; a route that does not exist is left out, so a
    room can be taken away without breaking every page.
    """
    allowed = [(e, _address(e)) for e in entries() if _may_see(e, actor)]
    offered = [(e, url) for e, url in allowed if url]
    current = _closest(path, (url for _, url in offered))
    return tuple(
        Line(
            str(e.label),
            url,
            url == current,
            e.count(actor) if e.count and actor else 0,
            e.icon,
            heading_of(e.order),
        )
        for e, url in offered
    )


def heading_of(order: int) -> str:
    """The heading over the lines of that order; empty over the first ones."""
    return str(next(name for begins, name in reversed(BANDS) if begins <= order))


def _may_see(entry: Entry, actor: Actor | None) -> bool:
    if entry.public:
        return True
    return actor is not None and (entry.roles == EVERY_ROLE or actor.role in entry.roles)


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.route)
    except NoReverseMatch:
        return ""


def _closest(path: str, urls: Iterable[str]) -> str:
    """The entry whose address is the longest beginning of the path, compared part by part."""
    here = _parts(path)
    fitting = [u for u in urls if here[: len(_parts(u))] == _parts(u)]
    fitting = [u for u in fitting if _parts(u) or not here]
    return max(fitting, key=lambda u: len(_parts(u)), default="")


def _parts(path: str) -> list[str]:
    return [p for p in path.split("/") if p]
