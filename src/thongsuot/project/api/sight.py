"""Which entries of the trail a post may be told of: those about what it may see."""

from datetime import date

from thongsuot.apps.handover import queries
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor

IN_TRANSITIONS = "transition:"
OPEN = frozenset({"registry"})  # the registry is public, and so are the acts on it


def teller(user: int, appointment: int, on: date) -> "Sight | None":
    """What a person in a post may be told of; None when the post is not held (any more)."""
    found = User.objects.filter(pk=user, is_active=True).first()
    actor = actor_of(found, on, appointment) if found else None
    return Sight(actor) if actor and actor.hat else None


class Sight:
    """The eyes of one post."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def sees(self, entry: Entry) -> bool:
        """Whether the post may know that this happened."""
        if entry.actor_user == self.actor.user:
            return True
        chain, _, number = entry.chain.partition(":")
        if f"{chain}:" != IN_TRANSITIONS:
            return chain in OPEN
        try:
            queries.transition_in_sight(self.actor, int(number))
            if entry.subject_kind == "item":
                queries.item_in_sight(self.actor, entry.subject_id)
            elif entry.subject_kind == "minutes":
                queries.minutes_in_sight(self.actor, entry.subject_id)
        except Refused:
            return False
        return True
