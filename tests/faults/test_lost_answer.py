"""The answer to COMMIT is lost on the way: the same key settles it, and nothing is done twice."""

import pytest
from tests.soak import lost

pytestmark = pytest.mark.django_db  # the tables of the tests are copied


def test_a_lost_answer_to_commit_is_settled_by_its_key(place) -> None:
    found = lost.run(place, acts=40, share=0.2)
    assert found["wrong"] == []
    assert found["figures"]["settled by key"] > 0


def test_without_the_key_the_act_is_done_twice(place) -> None:
    found = lost.run(place, acts=40, share=0.3, same_key=False)
    twice = [w for w in found["wrong"] if w.startswith("DOUBLED")]
    assert twice, "the control finds nothing: the test above is void"
