"""What is kept outside the database stays the longest, however many write it down at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from thongsuot.apps.proof import held, keys
from thongsuot.rules.proof.checkpoint import Checkpoint, Note

ORIGIN = "office.example/abc/transition:1"
CLIENTS = 32


def test_the_longest_of_many_checkpoints_written_at_once_is_held_and_nobody_fails() -> None:
    hand, start = keys.current(), Barrier(CLIENTS)

    def hold(size: int) -> None:
        text = Checkpoint(ORIGIN, size, bytes([size]) * 32).text
        start.wait()
        held.hold(Note(text, (hand.note_line(ORIGIN, text),)))

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(hold, range(1, CLIENTS + 1)))
    kept = held.held_of(ORIGIN)
    assert kept is not None
    assert (kept.size, kept.root) == (CLIENTS, bytes([CLIENTS]) * 32)
    assert [path.suffix for path in (keys.home() / "held").iterdir()] == [".txt"]
