"""Fills a new office for the fault runs; runs in a process of its own and prints what it made.

python -m tests.soak.seeding CLIENTS [--migrate]
"""

import json
import os
import secrets
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PIECES = 1_000_000  # so many of each client's thing, to be reported missing one by one


def begin() -> None:
    """Set Django up on the office named by the environment."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    import django  # noqa: PLC0415

    django.setup()


def fill(clients: int) -> dict[str, Any]:
    """One ending office, one receiving ward; for each client an account, a token, a thing, a line."""
    from bench import story  # noqa: PLC0415
    from django.test import Client as Browser  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from thongsuot.apps.handover import actions  # noqa: PLC0415
    from thongsuot.apps.handover.models import MinutesLine  # noqa: PLC0415
    from thongsuot.apps.registry.models import Appointment, Body  # noqa: PLC0415
    from thongsuot.foundation.accounts.models import ApiToken  # noqa: PLC0415
    from thongsuot.foundation.accounts.tokens import hash_of, new_secret  # noqa: PLC0415
    from thongsuot.rules.kernel.actor import Role  # noqa: PLC0415

    story.STORY = date(2025, 6, 10)  # before the list is frozen
    story.GIVERS, story.RECEIVERS, story.WARDS = 2, 1, 1
    where = story.place()
    act = story.acts(story.actors(where)["office"])
    row = {"kind": "asset", "measure": "cái", "quantity": PIECES}
    own = actions.add_items(
        act(), transition_id=where.transition, giver_id=where.givers[0],
        rows=[{**row, "code": f"MAT-{n:03}", "title": f"Ghế {n} (minh họa)"} for n in range(clients)],
    )["items"]  # fmt: skip
    sent = actions.add_items(
        act(), transition_id=where.transition, giver_id=where.givers[0],
        rows=[{**row, "code": f"DEM-{n:03}", "title": f"Bàn {n} (minh họa)"} for n in range(clients + 1)],
    )["items"]  # fmt: skip
    for to in (2, 3, 4):
        actions.advance_step(act(), transition_id=where.transition, to=to, choice={"ids": sent})
    actions.override_receiver(
        act(), transition_id=where.transition, choice={"ids": sent},
        receiver_id=where.receivers[0], reason="theo địa bàn",
    )  # fmt: skip
    made = actions.dispatch(act(), transition_id=where.transition, choice={"ids": sent})["minutes"]
    lines = list(MinutesLine.objects.order_by("id").values_list("pk", flat=True))
    body, now, people = Body.objects.get(pk=where.givers[0]), timezone.now(), []
    for n in range(clients):
        user = story.account(f"Người Giao {n:02}", body, Role.TEAM_HEAD)
        secret = new_secret()
        ApiToken.objects.create(
            user=user,
            appointment=Appointment.objects.get(person__account=user).pk,
            name="đo độ bền",
            prefix=secret[:8],
            hash=hash_of(secret),
            may_write=True,
            made_at=now,
            expires_at=now + timedelta(days=2),
        )
        people.append(
            {"user": user.pk, "name": user.full_name, "token": secret, "item": own[n], "line": lines[n]}
        )  # fmt: skip
    browser = Browser()
    browser.force_login(where.city)
    return {
        "transition": where.transition,
        "minutes": made[0],
        "shared": lines[clients],
        "people": people,
        "session": browser.cookies["sessionid"].value,
        "mark": secrets.token_hex(3),
    }


def main() -> None:
    """Fill the office and say what is in it."""
    begin()
    if "--migrate" in sys.argv:
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(fill(int(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
