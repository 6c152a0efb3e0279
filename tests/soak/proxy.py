"""A line between server and PostgreSQL that carries COMMIT there and loses the answer."""

import contextlib
import socket
import threading
from random import Random


class Lossy:
    """Listens on loopback; of every so many commits it loses the answer and hangs up."""

    def __init__(self, to: int, share: float, seed: int = 1) -> None:
        self.to, self.share, self.draw = to, share, Random(seed)
        self.lost = self.commits = 0
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        """No more connections."""
        self._door.close()

    def _open(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            losing = threading.Event()
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._there, args=(near, far, losing), daemon=True).start()
            threading.Thread(target=self._back, args=(near, far, losing), daemon=True).start()

    def _there(self, near: socket.socket, far: socket.socket, losing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while sent := near.recv(65536):
                if b"COMMIT" in sent and self._loses():
                    losing.set()
                far.sendall(sent)
        _hang_up(near, far)

    def _loses(self) -> bool:
        with self._lock:
            self.commits += 1
            chosen = self.draw.random() < self.share
            self.lost += chosen
            return chosen

    def _back(self, near: socket.socket, far: socket.socket, losing: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while answer := far.recv(65536):
                if losing.is_set():  # it was done, and nobody hears of it
                    break
                near.sendall(answer)
        _hang_up(near, far)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
