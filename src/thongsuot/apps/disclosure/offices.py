"""The offices that an answer names: each with its counter, its address and hours, or the lack of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from thongsuot.apps.disclosure.contacts import contacts_of
from thongsuot.apps.disclosure.responsible import responsible_in
from thongsuot.apps.disclosure.values import ContactCard, Office, Place
from thongsuot.apps.registry.models import Body, Unit
from thongsuot.rules.disclosure.matters import PROVINCE, Responsible, Rule


def offices_for(
    communes: Sequence[Place], provinces: Sequence[Place], rule: Rule | None, on: date
) -> tuple[Office, ...]:
    """The office for a matter at each place; those of the province when the province answers.

    Shapes: five queries at most, however many places; none when there is no place.
    """
    upper = rule is not None and rule.reach == PROVINCE
    where = provinces if upper else communes
    if not where:
        return ()
    numbers = dict(Unit.objects.filter(key__in=[p.key for p in where]).values_list("key", "pk"))
    found = responsible_in(rule, numbers.values(), on)
    visits = [r.visit.body for r in found.values() if r.visit]
    cards = contacts_of(visits, on)
    demo = set(Body.objects.filter(pk__in=visits, demo=True).values_list("pk", flat=True))
    return tuple(
        _office(found.get(numbers.get(place.key, 0)), place, rule, cards, demo) for place in where
    )


def _office(
    who: Responsible | None,
    place: Place,
    rule: Rule | None,
    cards: Mapping[int, ContactCard],
    demo: set[int],
) -> Office:
    visit = who.visit if who else None
    decides = who.decides.name if who and who.decides else _called(rule, place)
    counter = who.counter.name if who and who.counter else _counter(rule, place)
    return Office(
        decides,
        counter,
        place,
        rule,
        cards.get(visit.body) if visit else None,
        visit is not None,
        visit is not None and visit.body in demo,
    )


def _called(rule: Rule | None, place: Place) -> str:
    """What the body is called where the registry does not have it."""
    if rule is not None and rule.sector:
        return _("Sở {sector} {place}").format(sector=rule.sector, place=_lower(place))
    return _("UBND {place}").format(place=_lower(place))


def _counter(rule: Rule | None, place: Place) -> str:
    if rule is not None and rule.reach == PROVINCE:
        return ""
    return _("Trung tâm Phục vụ hành chính công {place}").format(place=_lower(place))


def _lower(place: Place) -> str:
    return place.name[:1].lower() + place.name[1:]
