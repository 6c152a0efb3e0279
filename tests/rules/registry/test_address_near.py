"""Two names are so many slips apart as letters were added, left out, changed or exchanged."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.address.near import allowed, by_length, distance, mask_of, nearest

KEYS = st.text("abcdeghin", max_size=9)


def plainly(a: str, b: str) -> int:
    """The same by its definition: optimal string alignment, the whole table."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a), len(b)]


@given(KEYS, KEYS, st.integers(0, 3))
def test_the_quick_distance_is_the_distance(a: str, b: str, most: int) -> None:
    assert distance(a, b, most) == min(plainly(a, b), most + 1)


@given(KEYS, KEYS)
def test_keys_an_edit_apart_differ_in_two_letters_at_most(a: str, b: str) -> None:
    assert (mask_of(a) ^ mask_of(b)).bit_count() <= 2 * plainly(a, b)


@given(KEYS, st.lists(KEYS, max_size=12))
def test_the_nearest_are_all_that_are_as_near_as_any(key: str, others: list[str]) -> None:
    far, found = nearest(key, by_length([*others, key]))
    slips = {o: plainly(key, o) for o in others if o != key}  # the key itself is no slip
    least = min(slips.values(), default=99)
    if least > allowed(key):
        assert (far, found) == (0, [])
    else:
        assert far == least
        assert set(found) == {o for o, away in slips.items() if away == least}
