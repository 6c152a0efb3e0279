"""The role of the running product does all the work of an office, and cannot take a guard away."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tests.apps.handover.conftest import Story, story

from thongsuot.apps.handover.models import Item
from thongsuot.foundation.trail import guard, role

__all__ = ["story"]

pytestmark = pytest.mark.django_db
NAME = "thongsuot_thu_quyen"
POSTGRES = connection.vendor == "postgresql"
ATTACKS = (
    "UPDATE trail_entry SET act = 'x'",
    "DELETE FROM trail_entry",
    "TRUNCATE trail_entry CASCADE",
    "TRUNCATE handover_balanceline CASCADE",
    "DROP TRIGGER trail_entry_no_update ON trail_entry",
    "ALTER TABLE trail_entry DISABLE TRIGGER ALL",
    "ALTER TABLE handover_item DROP CONSTRAINT handover_item_conservation",
    "CREATE OR REPLACE FUNCTION trail_entry_no_update() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
    "DROP TABLE handover_signature",
    "ALTER TABLE trail_entry OWNER TO CURRENT_USER",
    "CREATE RULE quiet AS ON INSERT TO trail_entry DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON trail_entry FOR EACH ROW EXECUTE FUNCTION "
    "trail_entry_no_update()",
    "SET session_replication_role = replica",
    "UPDATE handover_movement SET quantity = 1",
    "DELETE FROM django_migrations",
    "CREATE TABLE beside (id int)",
)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no roles")
def test_the_role_works_and_every_attack_on_a_guard_is_refused(story: Story) -> None:
    assert role.owns_guards()
    assert role.set_up(NAME, "mật khẩu 'dài'") > 40
    assert role.set_up(NAME, "") > 40  # again, after a migration
    for table in ("handover_staged", "handover_touched"):  # made by the owner in this session
        run(f"DROP TABLE IF EXISTS {table}")
    run(f"SET LOCAL ROLE {NAME}")
    assert not role.owns_guards()
    _, ids = story.handed_over(3)
    assert Item.objects.filter(pk__in=ids, state="accepted").count() == 3
    for attack in ATTACKS:
        with pytest.raises(DatabaseError), transaction.atomic():
            run(attack)
    assert guard.missing() == ()
    run("RESET ROLE")


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no roles")
def test_a_role_that_may_do_more_is_not_taken(tmp_path) -> None:
    run(f"CREATE ROLE {NAME} CREATEDB")
    with pytest.raises(CommandError, match="more than"):
        call_command("trail_role", NAME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="owns the tables"):
        call_command("trail_role", owner)
    with pytest.raises(CommandError, match="khong-co"):
        call_command("trail_role", "x", password_file=tmp_path / "khong-co")


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL has roles")
def test_sqlite_says_that_it_has_no_roles() -> None:
    assert not role.owns_guards()
    with pytest.raises(CommandError, match="only PostgreSQL"):
        call_command("trail_role", NAME)
