"""What a signature rests on: asked by every room whose people sign something."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from thongsuot.apps.authority.models import Grounds
from thongsuot.apps.authority.queries.card import ground
from thongsuot.apps.authority.words import cited
from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.authority.asking import Question
from thongsuot.rules.authority.signing import UNDETERMINED, Basis, Signer, competence_of
from thongsuot.rules.authority.values import Citation
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def competence(
    actor: Actor, matter: str, place: int, on: date, amount: int | None = None
) -> Basis | tuple[Problem, ...]:
    """What the actor's signature on a matter in a unit would rest on, in the post acted in.

    Returns a Basis (by-rule, by-delegation, doubtful, or undetermined when no rule says who), or
    the problems that forbid it: somebody else is competent, or the delegation does not reach so
    far. Refuse with them; keep a Basis with ``keep`` in the same transaction.
    """
    table, world = ground([matter], place)
    return competence_of(table, world, Question(matter, place, on, amount), signer_of(actor, on))


def rests_on(
    actor: Actor, matter: str, place: int | None, on: date, amount: int | None = None
) -> Basis:
    """What a signature rests on, for an act that goes no further without it.

    Undetermined where the paper names no matter or no place, and where no rule says who.

    Raises Refused when the rules give the matter to somebody else, or to nobody that day.
    """
    if not matter or not place:
        return Basis(UNDETERMINED, matter, on)
    found = competence(actor, matter, place, on, amount)
    if isinstance(found, Basis):
        return found
    raise Refused(found)


def signer_of(actor: Actor, on: date) -> Signer:
    """The person and the post acted in, as the registry holds them that day."""
    if actor.hat is None:
        return Signer(0, frozenset())
    theirs = Q(person__account=actor.user or None) | Q(person__account__isnull=True)
    held = Appointment.objects.on(on).filter(theirs, pk=actor.hat.appointment)
    row = held.values_list("person", "post").first()
    return Signer(row[0], frozenset({row[1]})) if row else Signer(0, frozenset())


def keep(entry: Entry, subject: Ref, basis: Basis, side: str = "") -> Grounds:
    """Keep what a signature rested on beside the entry of the act that signed, for good."""
    return Grounds.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        side=side,
        state=basis.state,
        matter=basis.matter,
        says=says_of(basis),
        name=entry.actor_name,
        post=entry.actor_post,
        on=basis.on,
        entry=entry,
    )


def says_of(basis: Basis) -> dict[str, object]:
    """The basis as plain values with the numbers of texts, readable when the rules have changed."""
    answer = basis.answer
    return {
        **basis.says(),
        "texts": [
            {"number": r.basis.number, "article": r.basis.article, "clause": r.basis.clause}
            for r in basis.rules
        ],
        "post": answer.post.label if answer is not None and answer.post else "",
        "body": answer.body.name if answer is not None and answer.body else "",
    }


def line_of(basis: Basis) -> str:
    """The basis in one line for the trail's ``authority``: rules, texts and delegations by number."""
    cited = [
        " ".join(part for part in (
            f"khoản {r.basis.clause}" if r.basis.clause else "",
            f"Điều {r.basis.article}" if r.basis.article else "",
            r.basis.number,
        ) if part)
        for r in basis.rules
    ]  # fmt: skip
    return "; ".join([*cited, *(d.code for d in basis.delegations)])[:300]


def grounds_of(subject: Ref) -> tuple[Grounds, ...]:
    """What the signatures of a paper rested on, in the order they were given."""
    rows = Grounds.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return tuple(rows.order_by("pk"))


def shown(subject: Ref) -> tuple[tuple[str, str, str], ...]:
    """For each signature on a paper who gave it and what it rests on, in words for a page.

    Returns (name and post, state, texts and delegations by number).
    """
    found = []
    for row in grounds_of(subject):
        cited = [cited_in(text) for text in row.says.get("texts", ())]
        cited += row.says.get("delegations", ())
        who = ", ".join(part for part in (row.name, row.post) if part)
        found.append((who, str(row.get_state_display()), "; ".join(dict.fromkeys(cited))))
    return tuple(dict.fromkeys(found))


def cited_in(text: Mapping[str, str]) -> str:
    """One kept citation as it is written: khoản 1 Điều 4, 142/2025/NĐ-CP."""
    return cited(Citation("", text["article"], text["clause"], text["number"]))
