"""Commands that run an office: set up, serve, migrate, verify, digests."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Commands = Any  # argparse keeps the type of its subparsers private


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    import django

    django.setup()


def _call(name: str, *arguments: str) -> None:
    from django.core.management import call_command

    call_command(name, *arguments)


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "setup",
        help="chuẩn bị cơ sở dữ liệu và danh mục đơn vị / prepare the database and the registry",
    )
    one.add_argument(
        "--demo", action="store_true", help="nạp câu chuyện minh họa / load the demonstration"
    )
    one.set_defaults(run=setup)
    one = commands.add_parser("serve", help="mở trang trên máy này / serve the pages")
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--threads", type=int, default=4)
    one.add_argument(
        "--verify-every",
        type=int,
        default=60,
        metavar="MINUTES",
        help="tự kiểm tra toàn bộ mỗi bấy nhiêu phút, 0 là không / check everything so often, 0: never",
    )
    one.set_defaults(run=serve)
    one = commands.add_parser("migrate", help="nâng cấp cơ sở dữ liệu / upgrade the database")
    one.set_defaults(run=migrate)
    one = commands.add_parser(
        "verify",
        help="kiểm tra nhật ký, sổ và chốt chặn / check the trail, the ledger and the guards",
    )
    one.add_argument("--json", action="store_true")
    one.add_argument(
        "--low", action="store_true", help="nhường việc khác chạy trước / let other work go first"
    )
    one.add_argument(
        "--record",
        action="store_true",
        help="ghi kết quả để trang Sổ điểm kiểm tra hiện / keep the result for the page to show",
    )
    one.set_defaults(run=verify)
    one = commands.add_parser("openapi", help="in lược đồ API / print the API schema")
    one.set_defaults(run=openapi)
    one = commands.add_parser(
        "digest", help="gửi bản tin tổng hợp trong ngày / send the daily digests"
    )
    one.set_defaults(run=digest)
    one = commands.add_parser("account", help="tạo tài khoản / make an account")
    one.add_argument("username")
    one.add_argument("--name", required=True, help="họ và tên / full name")
    one.add_argument("--email", default="")
    one.set_defaults(run=account)


def setup(chosen: argparse.Namespace) -> int:
    """Make or upgrade the database, load the registry, and on request the demonstration."""
    if chosen.demo:
        os.environ["THONGSUOT_DEMO"] = "1"
    _django()
    _call("migrate", "--verbosity", "0")
    _collect()
    _call("load_registry")
    _call("load_authority")
    if chosen.demo:
        _call("load_demo")
    return 0


def migrate(chosen: argparse.Namespace) -> int:
    """Upgrade the database; the guards are made again afterwards."""
    _django()
    _call("migrate")
    _collect()
    return 0


def _collect() -> None:
    """Put styles, scripts and pictures where production serves them from, under lasting names."""
    from django.conf import settings

    if not settings.WHITENOISE_USE_FINDERS:
        _call("collectstatic", "--no-input", "--verbosity", "0")


def serve(chosen: argparse.Namespace) -> int:
    """Serve the pages; says what to do when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError:
            print(
                f"Cổng {chosen.port} đang có chương trình khác dùng. Hãy tắt chương trình đó, hoặc chọn "
                f"cổng khác: make run PORT={chosen.port + 1}\n"
                f"Port {chosen.port} is taken. Stop the other program or choose another port: "
                f"make run PORT={chosen.port + 1}",
                file=sys.stderr,
            )
            return 2
    if not (_guarded() and _set_up_well()):
        return 1
    print(f"Thông Suốt: http://{chosen.host}:{chosen.port}  (Ctrl+C để dừng / to stop)", flush=True)
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi",
        "--host", chosen.host,
        "--port", str(chosen.port),
        "--workers", "1",
        "--blocking-threads", str(chosen.threads),
        "--log-level", "warning",
        "thongsuot.project.wsgi:application",
    ]  # fmt: skip
    return _kept_in_check(command, chosen.verify_every)


def _kept_in_check(command: list[str], minutes: int) -> int:
    """Run the server, and beside it the check of everything every so many minutes.

    The check is a process of its own at the lowest priority, so that no page waits for it; it is
    not begun again while one runs, and ends with the server. Asked to end (SIGTERM: a service
    manager, ``kill``) the server is told first, so that nothing stays behind on the port.
    """
    check = [sys.executable, "-m", "thongsuot.cli", "verify", "--low", "--record"]
    running: subprocess.Popen[bytes] | None = None
    with subprocess.Popen(command) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            while True:
                try:
                    return server.wait(minutes * 60 if minutes > 0 else None)
                except subprocess.TimeoutExpired:
                    if running is None or running.poll() is not None:
                        running = subprocess.Popen(check)
        finally:
            if running is not None and running.poll() is None:
                running.terminate()
                running.wait()


def _guarded() -> bool:
    """Whether every guard of the append-only tables is there; says which is not.

    A database that does not answer yet is no reason not to begin: pages say so until it does.
    """
    _django()
    from django.apps import apps
    from django.db import OperationalError

    from thongsuot.foundation.trail import guard
    from thongsuot.foundation.wording import say

    proof: Any = apps.get_app_config("proof")
    try:
        lost = guard.missing()
        behind = [] if lost else [say(problem) for problem in proof.behind()]
    except OperationalError as error:
        print(
            f"Cơ sở dữ liệu chưa trả lời / the database does not answer: {error}", file=sys.stderr
        )
        return True
    for name in lost:
        print(f"thiếu chốt chặn / missing guard: {name}", file=sys.stderr)
    if lost:
        print(
            "Không mở máy chủ: sổ có thể bị sửa mà không ai biết. Chạy: thongsuot migrate, rồi thongsuot verify.\n"
            "Not serving: the ledger could be changed unseen. Run: thongsuot migrate, then thongsuot verify.",
            file=sys.stderr,
        )
    if behind:
        print(
            "\n".join(behind) + "\nKhông mở máy chủ trên một bản cũ. / Not serving an old copy.",
            file=sys.stderr,
        )
    return not (lost or behind)


def _set_up_well() -> bool:
    """Whether what the environment asks for can be done; says what cannot, by its number."""
    from django.core import checks
    from django.db import OperationalError

    from thongsuot.apps.proof import certificates
    from thongsuot.foundation.trail import role

    ours = [*certificates.certificates_fit(), *certificates.bodies_known(databases=["default"])]
    for one in ours:
        print(f"({one.id}) {one.msg}\n    {one.hint or ''}".rstrip(), file=sys.stderr)
    try:
        owner = role.owns_guards()
    except OperationalError:  # said already; the pages say it until the database answers
        owner = False
    if owner:
        print(
            "(trail.W001) Tài khoản cơ sở dữ liệu đang dùng sở hữu các bảng, nên gỡ được chốt chặn. "
            "Xem docs/operate: manage.py trail_role. / The database role in use owns the tables.",
            file=sys.stderr,
        )
    wrong = [one for one in ours if one.level >= checks.ERROR]
    if wrong:
        print("Không mở máy chủ: cài đặt sai. / Not serving: wrong settings.", file=sys.stderr)
    return not wrong


def verify(chosen: argparse.Namespace) -> int:
    """Check the file, the guards, every chain of the trail, and the ledger against its movements."""
    _django()
    if chosen.low and hasattr(os, "nice"):
        os.nice(19)
    begun = time.monotonic()
    lines = list(every_fault())
    if chosen.record:
        from django.utils import timezone

        from thongsuot.apps.proof import rounds

        rounds.note(timezone.now(), time.monotonic() - begun, lines)
    if chosen.json:
        print(json.dumps({"ok": not lines, "faults": lines}, ensure_ascii=False))
    else:
        print("\n".join(lines) or "Đúng: nhật ký liền mạch, sổ cân, chốt chặn đủ. / All in order.")
    return 1 if lines else 0


def every_fault() -> Iterator[str]:
    """Everything that is wrong with the data of this office, one line each; nothing when all is well."""
    from django.apps import apps
    from django.db import DatabaseError

    from thongsuot.foundation.trail import chains, guard, integrity
    from thongsuot.foundation.wording import say

    rooms: list[Any] = [room for room in apps.get_app_configs() if hasattr(room, "faults")]
    checks: tuple[Callable[[], Iterable[str]], ...] = (
        lambda: (f"tệp dữ liệu hỏng / damaged file: {line}" for line in integrity.file_faults()),
        lambda: (f"thiếu chốt chặn / missing guard: {name}" for name in guard.missing()),
        lambda: (say(problem) for problem in chains.faults()),
        lambda: (say(problem) for room in rooms for problem in room.faults()),
    )
    for check in checks:
        try:
            yield from check()
        except (DatabaseError, ValueError, TypeError) as error:  # what is stored makes no sense
            yield f"không đọc được dữ liệu / the data cannot be read: {error}"


def openapi(chosen: argparse.Namespace) -> int:
    """Print the OpenAPI schema."""
    _django()
    from thongsuot.project.api import api

    print(json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, default=str))
    return 0


def digest(chosen: argparse.Namespace) -> int:
    """Send the daily digests that are due."""
    _django()
    _call("send_digests")
    return 0


def account(chosen: argparse.Namespace) -> int:
    """Make an account with a one-time password, printed once."""
    _django()
    import secrets

    from thongsuot.foundation.accounts.models import User

    name = chosen.username.strip().lower()
    if User.objects.filter(username=name).exists():
        print(f"Đã có tài khoản {name}. / The account {name} exists.", file=sys.stderr)
        return 2
    password = secrets.token_urlsafe(12)
    User.objects.create_user(
        name, password, full_name=chosen.name, email=chosen.email, must_change_password=True
    )
    print(f"{name}\t{password}")
    return 0
