"""``thongsuot serve`` and the server it starts end together."""

import signal
import subprocess
import sys

SERVER = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
KEEPER = (
    "import sys; from thongsuot.cli.office import _kept_in_check; "
    f"sys.exit(_kept_in_check([sys.executable, '-c', {SERVER!r}], 0))"
)


def test_asked_to_end_it_leaves_no_server_behind_on_the_port() -> None:
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER], stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    assert int(keeper.stdout.readline()) != keeper.pid
    keeper.send_signal(signal.SIGTERM)
    # The end of the pipe comes only when the server, which has it too, is gone.
    keeper.communicate(timeout=30)
    assert keeper.returncode is not None
