"""The guards of every room are there after a migration, also when it rebuilt their tables."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField
from django.db.models.signals import pre_migrate  # noqa: TID251  # what `migrate` sends

from thongsuot.foundation.trail import guard

pytestmark = pytest.mark.django_db(transaction=True)


def guarded_tables() -> list[str]:
    return sorted({t.table for t in guard._wanted(connection)})


def test_every_room_with_a_ledger_has_guards() -> None:
    rooms = {table.partition("_")[0] for table in guarded_tables()}
    assert {"trail", "files", "handover"} <= rooms
    assert guard.missing() == ()


def test_a_rebuilt_table_has_its_guards_again_after_the_migration() -> None:
    trail = apps.get_app_config("trail")
    pre_migrate.send(sender=trail, using="default", plan=[("a migration", False)])
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    for table in guarded_tables():
        model = by_table[table]
        column = CharField(max_length=1, default="x")
        column.set_attributes_from_name("passing")
        with connection.schema_editor() as editor:
            editor.add_field(model, column)
        with connection.schema_editor() as editor:
            editor.remove_field(model, column)
    if connection.vendor == "sqlite":
        assert guard.missing(), "a rebuild no longer drops triggers: the handler may go"
    call_command("migrate", verbosity=0)
    assert guard.missing() == ()
