"""Acts through the actions, one after the other, noting each acknowledgement where the trace sees it.

python -m tests.soak.writer ACTS FACTS [FULL=NORMAL|FULL=OFF]
"""

import json
import os
import sys
from pathlib import Path

from tests.soak.seeding import begin


def main() -> None:
    """Report pieces missing, one act each; after each answer its key goes to the file of answers."""
    begin()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from thongsuot.apps.handover import actions  # noqa: PLC0415
    from thongsuot.apps.registry.actors import actor_of  # noqa: PLC0415
    from thongsuot.foundation import clock  # noqa: PLC0415
    from thongsuot.foundation.accounts.models import User  # noqa: PLC0415
    from thongsuot.foundation.trail.acts import Act  # noqa: PLC0415

    facts = json.loads(Path(sys.argv[2]).read_text())
    for change in sys.argv[3:]:
        old, _, new = change.partition("=")
        options = settings.DATABASES["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace(f"={old};", f"={new};")
        connection.settings_dict["OPTIONS"]["init_command"] = options["init_command"]
    people = facts["people"]
    actors = [actor_of(User.objects.get(pk=p["user"]), clock.today()) for p in people]
    answers = os.open(Path(os.environ["THONGSUOT_VAR"]) / "ANSWERS", os.O_WRONLY | os.O_CREAT)
    for n in range(int(sys.argv[1])):
        who, key = n % len(people), f"p-{n:06}"
        actions.report_missing(
            Act(by=actors[who], key=key, at=clock.now()),
            transition_id=facts["transition"],
            choice={"ids": [people[who]["item"]]},
            reason="không thấy",
            quantity=1,
        )
        os.write(answers, key.encode() + b"\n")
    os._exit(0)  # no tidy close: what follows the last answer must not help


if __name__ == "__main__":
    main()
