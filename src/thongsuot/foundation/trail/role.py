"""A role of its own for the running product on PostgreSQL: it writes, and cannot take a guard away.

The owner of the tables makes the role and migrates; the product connects as the role. It reads and
writes rows, only adds to the tables that are only ever added to, and owns nothing: no trigger, table
or function can be changed or dropped by it, nor a table emptied.
"""

from collections.abc import Iterator

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from thongsuot.foundation.trail import guard

LEFT_ALONE = ("django_migrations",)


def only_added_to() -> frozenset[str]:
    """The tables that a room registered as only ever added to."""
    return guard.append_only_tables()


def statements(connection: BaseDatabaseWrapper, role: str) -> Iterator[str]:
    """What gives the role its rights in this database, and takes away all others it had."""
    quote = connection.ops.quote_name
    name = quote(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_schema()")
        database, schema = (quote(str(part)) for part in cursor.fetchone())
        tables = [t.name for t in connection.introspection.get_table_list(cursor)]
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}"
    kept = only_added_to()
    for table in sorted(tables):
        rights = "SELECT, INSERT, UPDATE, DELETE"
        if table in kept:
            rights = "SELECT, INSERT"
        elif table in LEFT_ALONE:
            rights = "SELECT"
        yield f"GRANT {rights} ON {quote(table)} TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}"


def set_up(role: str, password: str, using: str = "default") -> int:
    """Make the role, or bring it up to date after a migration; returns how many tables it may write.

    An empty password leaves the one it has. Raises ValueError on SQLite, for the role that owns
    the tables itself, and for one that may do anything.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        raise ValueError("only PostgreSQL has roles")
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            raise ValueError(f"{role} owns the tables: name another role")
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls "
            "FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
        if found is None:
            cursor.execute(f"CREATE ROLE {quote(role)} LOGIN NOINHERIT")
        elif found[0]:
            raise ValueError(f"{role} may do more than a running product may")
        if password:
            literal = _literal(password)  # this statement takes no parameters
            cursor.execute(f"ALTER ROLE {quote(role)} PASSWORD {literal}")
        given = list(statements(connection, role))
        for statement in given:
            cursor.execute(statement)
    return sum(" INSERT" in one for one in given)


def _literal(text: str) -> str:
    if "\x00" in text or "\\" in text:
        raise ValueError("a password without NUL and backslash, please")
    return "'" + text.replace("'", "''") + "'"


def owns_guards(using: str = "default") -> bool:
    """Whether the role in use could drop the guards: it owns the trail, or may do anything."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, c.relowner, 'MEMBER') FROM pg_class c "
            "WHERE c.oid = to_regclass('trail_entry')"
        )
        row = cursor.fetchone()
        return bool(row and row[0])
