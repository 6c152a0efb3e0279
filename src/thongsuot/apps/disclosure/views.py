"""The public page: where is my file now? For everybody, without signing in and without script."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from thongsuot.apps.disclosure import answering, sharing
from thongsuot.apps.disclosure.answering import Answer, Wish
from thongsuot.apps.disclosure.responsible import rules
from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.foundation import clock
from thongsuot.foundation.accounts import throttle
from thongsuot.foundation.accounts.visitors import address_of
from thongsuot.foundation.papers.qr import qr_svg
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import say
from thongsuot.rules.disclosure.asked import LONGEST, NUMBER, RECEIPT, Asked, asked_in
from thongsuot.rules.disclosure.matters import Rule
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.address.reading import NONE

View = Callable[[HttpRequest], HttpResponse]
COUNTED = "ho-so-o-dau"  # wrong numbers are counted apart from wrong passwords
SHEETS = ("a5", "a4")
MOST_SQUARED = 1_200  # signs of a link in a square code
EXAMPLES = (
    "Phường Quang Trung, quận Hà Đông, Hà Nội",
    "Phòng Giáo dục quận Hà Đông, Hà Nội",
    "UBND xã Hòa Thắng, huyện Bắc Bình, Bình Thuận",
)
DEMO_NUMBER = "H26.NNMT-250001"


def in_its_language(view: View) -> View:
    """Answer in the language of the link (``tieng=en``), so that a link means the same to everybody."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("tieng", "")
        if wanted not in dict(settings.LANGUAGES):
            return view(request)
        with translation.override(wanted):
            response = view(request)
        response.headers["Content-Language"] = wanted
        return response

    return answer


@require_GET
@in_its_language
def where(request: HttpRequest) -> HttpResponse:
    """What was it, what is it now, which office answers: or what is needed to say so."""
    return _answered(request, "disclosure/where.html", {})


@require_GET
@in_its_language
def card(request: HttpRequest) -> HttpResponse:
    """The answer as a card to be printed, with the square code of its link."""
    sheet = request.GET.get("kho", "")
    size = sheet if sheet in SHEETS else SHEETS[0]
    return _answered(
        request, "disclosure/card.html", {"sheet": size, "other": SHEETS[size == SHEETS[0]]}
    )


def _answered(request: HttpRequest, template: str, more: dict[str, object]) -> HttpResponse:
    asked = asked_in(request.GET.get("q", ""))
    wish = Wish(request.GET.get("viec", "")[:40], request.GET.get("chon", "")[:80])
    today, table = clock.today(), rules()
    language = translation.get_language() or "vi"
    said = request.GET.get("tieng", "")
    context: dict[str, object] = {
        "q": asked.text,
        "wish": wish,
        "longest": LONGEST,
        "groups": _grouped(table),
        "examples": (*EXAMPLES, *([DEMO_NUMBER] if settings.DEMO else [])),
        "today": today,
        "other_language": sharing.query_of(asked.text, wish, "vi" if language == "en" else "en"),
        "said_language": said if said in dict(settings.LANGUAGES) else "",
        "query": sharing.query_of(asked.text, wish, said),
        "english": language == "en",
        **more,
    }
    status = 200
    try:
        found, problem = _found(request, asked, wish, table)
    except UnreadableSourceError as unreadable:
        raise Refused([Problem("registry.sources-unreadable"), *unreadable.problems]) from None
    if problem is not None:
        context["problem"] = problem
        status = 429
    elif found is not None and asked.text:
        context |= _told(request, found, wish, said) | {"suggested": _suggested(found, table)}
        if "sheet" in more:
            context["square"] = _square(str(context["link"]))
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(
    request: HttpRequest, asked: Asked, wish: Wish, table: Sequence[Rule]
) -> tuple[Answer | None, Problem | None]:
    """The answer; for numbers no more tries than a person makes. Only misses are counted."""
    today = clock.today()
    if asked.sort not in (RECEIPT, NUMBER):
        return answering.answer(asked, wish, today, table), None
    visitor, now = address_of(request), timezone.now()
    if not throttle.may_try(COUNTED, visitor, now, known_device=True):
        return None, Problem("disclosure.too-many")
    found = answering.answer(asked, wish, today, table)
    if found.state == NONE:
        throttle.note_failure(COUNTED, visitor, now)
    return found, None


def _told(request: HttpRequest, found: Answer, wish: Wish, said: str) -> dict[str, object]:
    link = sharing.link_to(request, answering.plainest(found), wish, said)
    return {
        "answer": found,
        "number": found.asked.sort in (RECEIPT, NUMBER),
        "why": say(Problem(f"registry.address-{found.why}")),
        "link": link,
        "message": sharing.message_for(found, link),
        "ahead": found.on > clock.today(),
    }


def _square(link: str) -> str:
    """The code of a link; a link too long for a phone to read has none."""
    return qr_svg(link, fits=True) if len(link) < MOST_SQUARED else ""


def _grouped(table: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    """The matters that can be chosen, by group, in the order of the table."""
    groups: dict[str, list[Rule]] = {}
    for rule in table:
        groups.setdefault(rule.group, []).append(rule)
    return list(groups.items())


def _suggested(found: Answer, table: Sequence[Rule]) -> list[Rule]:
    """What people usually want there: of an old office what it did, else the first few matters."""
    known = {r.code: r for r in table}
    office = found.asked.office
    codes = office.matters if office and office.matters else tuple(known)[:6]
    return [known[c] for c in codes if c in known and (not found.rule or c != found.rule.code)]
