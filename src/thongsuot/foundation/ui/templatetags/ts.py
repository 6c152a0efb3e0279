"""The words and parts that every template has at hand, without loading anything.

Filters turn values into what an office writes; tags draw the parts of ``ui/parts``.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from thongsuot.foundation import clock, wording
from thongsuot.foundation.ui.context import weekday_and_day
from thongsuot.foundation.ui.parts import problem_lines
from thongsuot.rules.kernel.actor import Hat
from thongsuot.rules.kernel.problem import Problem

register = template.Library()

NOTHING = "–"  # what an empty cell says
STATES = ("even", "wait", "lost", "plain", "quiet")
SYMBOLS = {"even": "check", "wait": "clock", "lost": "cross", "plain": "note", "quiet": "dot"}
HUNDRED = 100


@register.filter
def number(value: int | Decimal | None) -> str:
    """1234567 → 1.234.567; nothing → –."""
    return NOTHING if value is None or value == "" else wording.number(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as dd/mm/yyyy; nothing → –."""
    return wording.day(value) if value else NOTHING


@register.filter
def weekday(value: date | None) -> str:
    """A day with its weekday: thứ Ba 24/06/2025."""
    return weekday_and_day(value) if value else NOTHING


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as HH:MM dd/mm/yyyy; nothing → –."""
    return wording.moment(value) if value else NOTHING


@register.filter
def hour(value: datetime | None) -> str:
    """The time of day of a moment, local: 22:04."""
    return f"{timezone.localtime(value):%H:%M}" if value else NOTHING


@register.filter
def iso(value: date | datetime | None) -> str:
    """For ``datetime`` attributes and date inputs: 2025-07-01."""
    return value.isoformat() if value else ""


@register.filter
def money(value: int | None) -> str:
    """1284600000 → 1.284.600.000 đồng; nothing → –."""
    return NOTHING if value is None else wording.money(value)


@register.filter
def quantity(parts: int | None, unit_code: str) -> str:
    """A quantity in smallest parts with its unit: 250|quantity:"m²" → 2,5 m²."""
    return NOTHING if parts is None else wording.quantity(parts, unit_code)


@register.filter
def say(problem: Problem) -> str:
    """The sentence for a problem."""
    return wording.say(problem)


@register.filter
def post(hat: Hat) -> str:
    """A post with its body, said once: “Tổ trưởng Tổ bàn giao quận Hà Đông”."""
    if not hat.body_name or hat.body_name.casefold() in hat.post.casefold():
        return hat.post
    return f"{hat.post}, {hat.body_name}"


@register.filter
def share(part: int, whole: int) -> int:
    """How many hundredths of ``whole`` are ``part``, for ``w-pct-…``.

    Whole numbers 0 … 100; something is never shown as nothing, nor an incomplete whole as whole.
    """
    if not whole or part <= 0:
        return 0
    if part >= whole:
        return HUNDRED
    return min(max(round(part * HUNDRED / whole), 1), HUNDRED - 1)


@register.filter
def zero(value: object) -> str:
    """The class of a cell that holds nothing, so that zeros stay quiet: `` zero`` or empty."""
    return " zero" if value in (0, None, "") else ""


@register.filter
def tag(word: object, state: str = "plain") -> SafeString:
    """A word with a state: {{ "xong, cân"|tag:"even" }}. The word carries the meaning."""
    return format_html('<span class="tag {}">{}</span>', _state(state), word)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture from the sprite. Without a label it is only decoration."""
    sprite = static("ui/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def new_key() -> str:
    """A fresh key for a form that acts: the same form sent twice is one act."""
    return secrets.token_urlsafe(18)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The query of this page with some values changed; None takes one away: ?trang=2&loai=task."""
    request = context["request"]
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value is not None and value != "":
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.inclusion_tag("ui/parts/gauge.html")
def gauge(
    state: str,
    heading: str | Promise,
    count: int,
    sentence: str | Promise,
    url: str = "",
    detail: str | Promise = "",
) -> dict[str, object]:
    """One of the three sentences as an instrument: state, name, figure, what it counts, the worst.

    ``url`` opens the list behind the figure.
    """
    return {
        "state": _state(state),
        "symbol": SYMBOLS[_state(state)],
        "heading": heading,
        "count": count,
        "sentence": sentence,
        "url": url,
        "detail": detail,
    }


@register.inclusion_tag("ui/parts/stat.html")
def stat(label: str | Promise, value: object, url: str = "", note: str = "") -> dict[str, object]:
    """One figure with its name; ``value`` is a number or a text already written."""
    shown = wording.number(value) if isinstance(value, int | Decimal) else value
    return {"label": label, "value": shown, "url": url, "note": note}


@register.inclusion_tag("ui/parts/split.html")
def split(
    done: int = 0, kept: int = 0, waiting: int = 0, lost: int = 0, label: str = ""
) -> dict[str, object]:
    """A bar of four shares: done, kept or closed, waiting, lost. Shapes: counts, not hundredths.

    The shares are whole hundredths that add up to 100 exactly; a share above nothing is seen.
    """
    counts = (done, kept, waiting, lost)
    shares = hundredths(counts)
    names = ("even", "kept", "wait", "lost")
    bars = tuple((n, s) for n, s in zip(names, shares, strict=True) if s)
    return {"bars": bars, "label": label or _split_words(counts)}


def hundredths(counts: tuple[int, ...]) -> tuple[int, ...]:
    """Shares of 100 that add up to 100, each count above 0 at least 1; all 0 when nothing is there.

    Shapes: at most 100 counts, each 0 or more. What rounding leaves over goes to the largest.
    """
    total = sum(counts)
    if total == 0:
        return tuple(0 for _count in counts)
    shares = [max(1, c * HUNDRED // total) if c else 0 for c in counts]
    largest = max(range(len(counts)), key=lambda i: counts[i])
    shares[largest] += HUNDRED - sum(shares)
    return tuple(shares)


def _split_words(counts: tuple[int, ...]) -> str:
    words = (_("đã nhận"), _("giữ lại hoặc kết thúc"), _("đang giao hoặc tranh chấp"), _("thiếu"))
    said = [f"{w} {wording.number(c)}" for w, c in zip(words, counts, strict=True) if c]
    return ", ".join(said) or _("chưa có gì")


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: str = "", state: str = "plain") -> dict[str, object]:
    """How far a long work is: “1.200 trên 4.118”, drawn and written."""
    return {
        "done": done,
        "total": total,
        "share": share(done, total),
        "label": label,
        "state": _state(state),
    }


@register.inclusion_tag("ui/parts/problems.html")
def problem_list(problems: Iterable[Problem], heading: str = "") -> dict[str, object]:
    """All problems at once, those that block first; draws nothing when there are none."""
    return problem_lines(problems, heading)


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, help: str = "", wide: bool = False) -> dict[str, object]:
    """A form field with label, help and errors, tied together for those who hear the page."""
    bound.help_text = help or bound.help_text  # so that the box is tied to what is shown
    _dress(bound)
    return {"field": bound, "help": bound.help_text, "wide": wide}


def _dress(bound: BoundField) -> None:
    """Give the widget the classes of the house and tie it to its help and its errors."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    if bound.use_fieldset:
        look = "choices"
    elif kind == "checkbox":
        look = "form-check-input"
    elif kind == "select":
        look = "form-select"
    else:
        look = "form-control"
    given = str(widget.attrs.get("class", ""))
    classes = [*given.split(), *([look] if look not in given.split() else [])]
    if bound.errors and "is-invalid" not in classes:
        classes.append("is-invalid")
    widget.attrs["class"] = " ".join(classes)


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """What happened, in order. Each event: ``on``, ``title``, and maybe ``detail, state, url``."""
    return {"events": events}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(
    entries: Iterable[tuple[str, str, int | None]], current: str, label: str = ""
) -> dict[str, object]:
    """Pages side by side. Each entry: (label, url, count or None); ``current`` is a url."""
    return {"entries": tuple(entries), "current": current, "label": label}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(
    context: template.Context, page: Page[Any], name: str = "trang", label: str = ""
) -> dict[str, object]:
    """The pages of a list; ``page`` is a Django ``Page``, ``name`` the query name of its number.

    ``label`` tells two lists on one page apart.
    """
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    lines = [(n, query(context, **{name: n}) if isinstance(n, int) else "") for n in shown]
    before = query(context, **{name: page.number - 1}) if page.has_previous() else ""
    after = query(context, **{name: page.number + 1}) if page.has_next() else ""
    return {"page": page, "lines": lines, "before": before, "after": after, "label": label}


@register.inclusion_tag("ui/parts/empty.html")
def empty(
    heading: str | Promise, next_step: str | Promise = "", url: str = "", action: str = ""
) -> dict[str, object]:
    """A list with nothing in it: says so, and what to do next."""
    return {"heading": heading, "next_step": next_step, "url": url, "action": action}


@register.inclusion_tag("ui/parts/facts.html")
def facts(pairs: Iterable[tuple[object, object]]) -> dict[str, object]:
    """Names and values, one pair a line; a value of nothing is shown as –."""
    return {"pairs": [(k, NOTHING if v in (None, "") else v) for k, v in pairs]}


@register.inclusion_tag("ui/parts/copy_link.html", takes_context=True)
def copy_link(context: template.Context, url: str = "") -> dict[str, object]:
    """A button that copies the address of this page, or of ``url``; a plain link without script."""
    request = context["request"]
    return {"url": request.build_absolute_uri(url or request.get_full_path())}


@register.inclusion_tag("ui/parts/signature.html")
def signature(
    title: str | Promise,
    name: str = "",
    at: datetime | None = None,
    post: str = "",
    code: str = "",
) -> dict[str, object]:
    """Where a head signs: empty with room for a pen, or signed with name, moment and code."""
    return {"title": title, "name": name, "at": at, "post": post, "code": code}


@register.inclusion_tag("ui/parts/as_of.html", takes_context=True)
def as_of_control(
    context: template.Context, on: date, since: date | None = None, until: date | None = None
) -> dict[str, object]:
    """The date a page is seen as of (query name ``ngay``), with a way back to today."""
    request = context["request"]
    kept = [(k, v) for k, v in request.GET.items() if k != "ngay"]
    return {
        "on": on,
        "since": since,
        "until": until,
        "kept": kept,
        "path": request.path,
        "today": "" if on == clock.today() else query(context, ngay=None),
    }


@register.inclusion_tag("ui/parts/undo.html", takes_context=True)
def undo(
    context: template.Context, sentence: str | Promise, url: str, key: str = ""
) -> dict[str, object]:
    """What was just done, with a button that takes it back (a POST to ``url``)."""
    return {
        "sentence": sentence,
        "url": url,
        "key": key,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*steps: str | Promise) -> dict[str, object]:
    """The way here: label and url in turn, the last label alone."""
    pairs = [(steps[i], steps[i + 1]) for i in range(0, len(steps) - 1, 2)]
    return {"pairs": pairs, "last": steps[-1] if len(steps) % 2 else ""}


@register.simple_block_tag
def sheet(content: str, heading: str = "", note: str = "", id: str = "") -> SafeString:
    """A sheet of paper with a heading: {% sheet "Nơi nhận" %}…{% endsheet %}."""
    head = ""
    if heading:
        said = format_html('<span class="sheet-note">{}</span>', note) if note else ""
        head = format_html('<div class="sheet-head"><h2>{}</h2>{}</div>', heading, said)
    mark = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="sheet"{}>{}{}</section>', mark, head, content)


@register.simple_block_tag
def alert(content: str, state: str = "plain", heading: str = "") -> SafeString:
    """A notice inside a page: {% alert "wait" %}Chưa ghi gì vào sổ.{% endalert %}."""
    kind = _state(state)
    head = format_html("<strong>{}</strong> ", heading) if heading else ""
    role = "alert" if kind == "lost" else "note"
    return format_html(
        '<div class="notice {}" role="{}">{}<div>{}{}</div></div>',
        kind,
        role,
        icon(SYMBOLS[kind]),
        head,
        content,
    )


def _state(state: str) -> str:
    """One of the five states. Raises ValueError for a word that no colour is defined for."""
    if state not in STATES:
        raise ValueError(f"no such state: {state}")
    return state
