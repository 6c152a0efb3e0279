"""Who may do what with decisions."""

import pytest

from thongsuot.rules.decisions.access import Relation, check_may, may
from thongsuot.rules.kernel.actor import Actor, Hat, Role

TO = Relation(owner=1, party=2, council=3, asked=frozenset({4}), places=frozenset({10}))


def actor(role: Role, body: int) -> Actor:
    hat = Hat(1, role, "vị trí", body, "cơ quan", frozenset(), frozenset({10}))
    return Actor(1, "Ai đó", (hat,), hat)


@pytest.mark.parametrize(
    ("role", "body", "act", "allowed"),
    [
        (Role.CLERK, 1, "docket.open", True),
        (Role.CLERK, 1, "docket.submit", False),
        (Role.LEADER, 1, "docket.submit", True),
        (Role.LEADER, 1, "docket.opine", False),  # nobody gives an opinion on the own submission
        (Role.LEADER, 2, "docket.opine", True),
        (Role.LEADER, 3, "docket.pass", True),
        (Role.LEADER, 2, "docket.pass", False),
        (Role.LEADER, 4, "docket.opinion", True),
        (Role.LEADER, 5, "docket.opinion", False),
        (Role.STEERING, 9, "parameter.set", True),
        (Role.OPERATOR, 1, "docket.open", False),
    ],
)
def test_the_table_says_who_may(role, body, act, allowed) -> None:
    assert may(actor(role, body), act, TO) is allowed
    assert (check_may(actor(role, body), act, TO) is None) is allowed
