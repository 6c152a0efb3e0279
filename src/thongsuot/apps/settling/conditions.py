"""What settling asks when minutes are signed and a body is closed, and where its pages are."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.beside import Kind as PageKind
from thongsuot.apps.handover.beside import Link
from thongsuot.apps.handover.models import Item, Minutes
from thongsuot.apps.handover.models.choices import Kind
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.models import Bundle, BundlePart, Seal
from thongsuot.apps.settling.models.choices import BundleState
from thongsuot.apps.settling.queries.bundles import things_of, wholes
from thongsuot.apps.settling.queries.finance import (
    ends_here,
    finance_items,
    sheet_of,
    statement_of,
)
from thongsuot.apps.settling.queries.seals import seals_of
from thongsuot.apps.settling.words import with_names
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.settling import bundles, finance, seals


def _name(body: int) -> str:
    return body_names([body])[body]


def signing(minutes_id: int) -> list[Problem]:
    """Why these minutes may not be signed: finance that does not tie, parts of bundles left behind."""
    minutes = Minutes.objects.get(pk=minutes_id)
    return [*_finance_on(minutes), *_left_behind(minutes)]


def _finance_on(minutes: Minutes) -> tuple[Problem, ...]:
    codes = frozenset(
        Item.objects.filter(lines__minutes=minutes, kind=Kind.FINANCE).values_list(
            "code", flat=True
        )
    )
    if not codes or not ends_here(minutes.transition_id, minutes.giver_id):
        return ()
    sheet = sheet_of(minutes.transition_id, minutes.giver_id)
    statement = statement_of(sheet) if sheet else None
    return finance.signing_problems(_name(minutes.giver_id), statement, codes)


def _left_behind(minutes: Minutes) -> list[Problem]:
    if minutes.corrects_id:
        return []  # a correction moves nothing: it says what had been moved
    on_paper = Item.objects.filter(lines__minutes=minutes).values("pk")
    confirmed = Bundle.objects.filter(transition=minutes.transition_id, state=BundleState.CONFIRMED)
    touched = set(confirmed.filter(lead__in=on_paper).values_list("pk", flat=True))
    parts = BundlePart.objects.filter(bundle__in=confirmed, live=True, item__in=on_paper)
    touched |= set(parts.values_list("bundle", flat=True))
    found: list[Problem] = []
    for everything in wholes(Bundle.objects.filter(pk__in=touched).order_by("pk")).values():
        members = [everything.lead, *everything.things]
        mine = [m for m in members if m.key not in everything.excepted]
        # A part that was excepted may go its own way: it asks nothing of the others.
        if any(m.on_minutes == minutes.receiver_id for m in mine):
            found += bundles.left_behind(mine, minutes.receiver_id)
    return with_names(found)


def closing(transition_id: int, body_id: int) -> list[Problem]:
    """Why a body may not end: its finance, its seals, its bundles that nobody has confirmed."""
    return [
        *_finance_of(transition_id, body_id),
        *with_names(seals.closing_problems(seals_of(transition_id, body_id))),
        *_bundles_of(transition_id, body_id),
    ]


def _finance_of(transition_id: int, body_id: int) -> tuple[Problem, ...]:
    sheet = sheet_of(transition_id, body_id)
    if sheet is None and not finance_items(transition_id, [body_id]).exists():
        return ()
    statement = statement_of(sheet) if sheet else None
    return finance.closing_problems(_name(body_id), statement)


def _bundles_of(transition_id: int, body_id: int) -> Iterator[Problem]:
    begun = Bundle.objects.filter(
        transition=transition_id, lead__giver=body_id, state=BundleState.DRAFT
    ).select_related("lead")
    leads = things_of(bundle.lead for bundle in begun)
    for bundle in begun:
        yield from bundles.closing_problems(leads[bundle.lead_id], False, bundle.title)


def links(kind: PageKind, pk: int, actor: Actor) -> Iterator[Link]:
    """The pages of settling that go with a page of the handover, as far as the person may open them."""
    if kind == "transition":
        yield Link(_("Khóa sổ tài chính"), reverse("settling:sheets", args=[pk]))
        yield Link(_("Con dấu"), reverse("settling:seals", args=[pk]))
        yield Link(_("Gói bàn giao"), reverse("settling:bundles", args=[pk]))
    elif kind == "item":
        item = Item.objects.select_related("transition").get(pk=pk)
        yield from _links_of_item(item, actor)
    else:
        yield from _links_of_minutes(pk, actor)


def _links_of_item(item: Item, actor: Actor) -> Iterator[Link]:
    transition = item.transition
    if item.kind == Kind.FINANCE and item.giver_id in permit.bodies_in_sight(actor, transition):
        url = reverse("settling:sheet", args=[transition.pk, item.giver_id])
        yield Link(_("Bảng khóa sổ"), url)
    if item.kind == Kind.SEAL:
        seal = permit.visible_seals(actor, transition).filter(item=item).first()
        if seal is not None:
            yield Link(_("Sổ con dấu"), reverse("settling:seal", args=[transition.pk, seal.pk]))
    mine = BundlePart.objects.filter(item=item, live=True).values("bundle")
    seen = permit.visible_bundles(actor, transition).exclude(state=BundleState.DISSOLVED)
    for bundle in (seen.filter(lead=item) | seen.filter(pk__in=mine)).order_by("pk"):
        url = reverse("settling:bundle", args=[transition.pk, bundle.pk])
        yield Link(f"{_('Gói')}: {bundle.title}", url)


def _links_of_minutes(pk: int, actor: Actor) -> Iterator[Link]:
    minutes = Minutes.objects.select_related("transition").get(pk=pk)
    transition = minutes.transition
    money = Item.objects.filter(lines__minutes=pk, kind=Kind.FINANCE)
    if minutes.giver_id in permit.bodies_in_sight(actor, transition) and money.exists():
        url = reverse("settling:sheet", args=[transition.pk, minutes.giver_id])
        yield Link(_("Bảng khóa sổ"), url)


def faults() -> Iterator[Problem]:
    """What in the register does not fit: a state that is not the one of the last step."""
    for seal in Seal.objects.filter(old=True).prefetch_related("steps").iterator(1_000):
        steps = sorted(seal.steps.all(), key=lambda step: step.pk)
        state = steps[-1].dst if steps else seals.IN_USE
        since = steps[-1].on if steps else None
        chain = [seals.IN_USE, *(step.dst for step in steps)]
        broken = any(step.src != before for step, before in zip(steps, chain, strict=False))
        if broken or (seal.state, seal.since) != (state, since):
            yield Problem("settling.seal-differs", seal.code, {"state": seal.state})
