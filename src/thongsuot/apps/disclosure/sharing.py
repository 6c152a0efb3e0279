"""What is handed on: the link, the text for a chat, the square code."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.disclosure.answering import Answer, Wish
from thongsuot.apps.disclosure.values import Office


def query_of(text: str, wish: Wish, language: str = "") -> str:
    """The question as it stands in an address: readable, in the order of the form."""
    pairs = [("q", text), ("viec", wish.matter), ("chon", wish.chosen), ("tieng", language)]
    return urlencode([(name, value) for name, value in pairs if value], safe=",/")


def link_to(request: HttpRequest, text: str, wish: Wish, language: str = "") -> str:
    """The whole address of an answer, to be sent or printed."""
    asked = query_of(text, wish, language)
    return request.build_absolute_uri(f"{reverse('disclosure:where')}?{asked}")


def message_for(answer: Answer, link: str) -> str:
    """The answer as a few lines for a chat: what it is now, where to go, the link."""
    return "\n".join((*_lines(answer), link))


def _lines(answer: Answer) -> Iterator[str]:
    if answer.held:
        for held in answer.held:
            yield _("Hồ sơ {number} đang ở: {body}").format(
                number=answer.asked.text, body=held.name
            )
        return
    places = (answer.chosen,) if answer.chosen else answer.now
    if answer.then and places:
        was = "; ".join(then.place.full for then in answer.then[:3])
        now = "; ".join(place.full for place in places[:5])
        yield _("{was} nay là: {now}").format(was=was, now=now)
    if answer.asks:
        yield _("Chưa chắc chắn nơi nào: cần biết thôn, tổ dân phố hoặc đường.")
    for office in answer.offices[:3]:
        yield from _of_office(office)


def _of_office(office: Office) -> Iterator[str]:
    if office.rule is not None:
        yield f"{office.rule.name}: {office.decides}"
    if office.counter:
        yield _("Nơi nộp: {name}").format(name=office.counter)
    if office.contact is not None:
        yield ", ".join(filter(None, (office.contact.address, office.contact.phone)))
        if office.contact.hours:
            yield _("Giờ làm việc: {hours}").format(hours=office.contact.hours)
    if office.rule is not None and not office.rule.read:
        yield _("Căn cứ chưa được đối chiếu với văn bản: hãy gọi trước khi đến.")
