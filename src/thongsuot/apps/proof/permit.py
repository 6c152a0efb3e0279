"""Who may do what with keys and cosignatures."""

from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

SYSTEM = Actor(user=0, name="Thông Suốt")
KEEPERS = frozenset({Role.OPERATOR, Role.STEERING})


def may_keep_keys(actor: Actor) -> bool:
    """Whether the post acted in looks after keys: the operator, the steering committee."""
    return actor == SYSTEM or actor.role in KEEPERS


def allow_keys(actor: Actor) -> None:
    """Refuse (403) whoever does not look after keys."""
    if not may_keep_keys(actor):
        raise Refused.forbidden(Problem("proof.keys-not-yours", actor.name))


def allow_bringing(actor: Actor) -> None:
    """Refuse (403) whoever holds no post: anybody in a post may bring what proves itself."""
    if actor != SYSTEM and actor.hat is None:
        raise Refused.forbidden(Problem("proof.keys-not-yours", actor.name))
