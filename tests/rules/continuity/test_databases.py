"""Dumps line by line, values across engines, and when a copy is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.continuity.access import About, check_may
from thongsuot.rules.continuity.dump import Dump, fields_of, identifiers, split_declaration
from thongsuot.rules.continuity.engines import CLASSES, class_of, from_dump, from_sqlite, pair
from thongsuot.rules.continuity.schedule import LONGEST, next_due, standing
from thongsuot.rules.kernel.actor import Actor, Hat, Role

DUMP = b"""--
-- PostgreSQL database dump
--
-- Dumped from database version 15.1
SET statement_timeout = 0;
CREATE TABLE public.ho_so (
    id integer NOT NULL,
    "h\xe1\xbb\x8d t\xc3\xaan" character varying(30) DEFAULT ''::character varying,
    t\xe1\xba\xa1o timestamp(3) with time zone,
    CONSTRAINT x CHECK ((id > 0))
);
CREATE TABLE public.trong (
    a text[]
);
COPY public.ho_so (id, "h\xe1\xbb\x8d t\xc3\xaan", t\xe1\xba\xa1o) FROM stdin;
1\tLan\\tA\t\\N
2\t\\\\N\t2025-06-24 09:00:00+07
\\.
SELECT pg_catalog.setval('public.ho_so_id_seq', 2, true);
-- PostgreSQL database dump complete
"""


def read(text: bytes) -> tuple[Dump, list[tuple[str, bytes, bool]]]:
    dump = Dump()
    return dump, list(dump.rows(text.splitlines(keepends=True)))


def test_a_dump_gives_its_rows_its_columns_and_a_digest_of_the_rest():
    dump, rows = read(DUMP)
    assert [(table, fields_of(row)) for table, row, _copied in rows] == [
        ("public.ho_so", ("1", "Lan\tA", None)),
        ("public.ho_so", ("2", "\\N", "2025-06-24 09:00:00+07")),
    ]
    assert dump.complete
    assert not dump.cut_off
    columns = dump.columns
    assert columns["public.ho_so"].names == ("id", "họ tên", "tạo")
    assert columns["public.ho_so"].types == (
        "integer",
        "character varying(30)",
        "timestamp(3) with time zone",
    )
    assert columns["public.trong"].types == ("text[]",)


def test_what_two_dumps_of_one_database_differ_in_is_no_difference():
    other = DUMP.replace(b"version 15.1", b"version 16.4").replace(
        b"SET statement", b"\\restrict aBc\nSET statement"
    )
    assert read(DUMP)[0].schema == read(other)[0].schema


@given(st.integers(0, len(DUMP) - 1), st.integers(1, 255))
def test_any_byte_changed_in_a_dump_is_found(at, flip):
    changed = DUMP[:at] + bytes([DUMP[at] ^ flip]) + DUMP[at + 1 :]
    if DUMP[:at].rpartition(b"\n")[2].startswith(b"-- Dumped from database version"):
        return  # the version of the tool is no content
    one, rows = read(DUMP)
    other, others = read(changed)
    blank = changed.replace(b" ", b"").split() == DUMP.replace(b" ", b"").split()
    same = sorted(rows) == sorted(others) and one.schema == other.schema
    assert not same or not other.complete or blank or other.columns != one.columns


def test_a_dump_that_was_cut_off_says_where():
    dump, _rows = read(DUMP[: DUMP.index(b"\\.")])
    assert (dump.cut_off, dump.complete) == ("public.ho_so", False)
    dump, rows = read(
        b"INSERT INTO public.t VALUES (1, 'a\nb;\nc''d');\nINSERT INTO public.t VALUES ('x"
    )
    assert [(t, copied) for t, _row, copied in rows] == [("public.t", False)] * 2
    assert rows[0][1] == b"INSERT INTO public.t VALUES (1, 'a\nb;\nc''d');"
    assert dump.cut_off


def test_names_in_quotes_keep_their_commas_and_points():
    assert list(identifiers('id, "Họ, tên", "a.b"')) == ["id", "Họ, tên", "a.b"]
    assert list(identifiers('"a.b".c', ".")) == ["a.b", "c"]
    assert split_declaration('"Họ tên" text NOT NULL') == ("Họ tên", "text")
    assert split_declaration("CONSTRAINT x CHECK (true)") is None


@pytest.mark.parametrize(
    ("declared", "text", "sqlite"),
    [
        ("integer", "42", 42),
        ("bigint", "-9223372036854775808", -(2**63)),
        ("boolean", "t", 1),
        ("boolean", "f", 0),
        ("character varying(30)", "Hòa", "Hòa"),
        ("double precision", "1.5", 1.5),
        ("double precision", "2", 2),
        ("date", "2025-07-01", "2025-07-01"),
        ("timestamp with time zone", "2025-06-24 09:00:00.5+07", "2025-06-24 02:00:00.500000"),
        ("timestamp(6) without time zone", "2025-06-24 09:00:00", "2025-06-24 09:00:00"),
        ("bytea", "\\x00ff", b"\x00\xff"),
        ("jsonb", '{"a": 1.50, "b": [1e2, "1"]}', '{"b":[100,"1"],"a":1.5}'),
        ("uuid", "0B5E1C1E-0000-4000-8000-000000000000", "0b5e1c1e000040008000000000000000"),
        ("text", None, None),
    ],
)
def test_a_value_is_the_same_on_both_engines(declared, text, sqlite):
    kind = class_of(declared)
    assert from_dump(kind, text) == from_sqlite(kind, sqlite)
    assert type(from_dump(kind, text)) is type(from_sqlite(kind, sqlite))


@pytest.mark.parametrize(
    ("declared", "text", "sqlite"),
    [
        ("integer", "42", "42"),
        ("integer", "42", 42.0),
        ("text", "42", 42),
        ("text", None, ""),
        ("jsonb", '{"a": 1}', '{"a": "1"}'),
        ("jsonb", "[1, 2]", "[2, 1]"),
        ("double precision", "1.5", 1.5000000000000002),
        ("boolean", "t", 0),
        ("bytea", "\\x00", "\\x00"),
    ],
)
def test_a_value_that_differs_in_kind_or_content_stays_different(declared, text, sqlite):
    kind = class_of(declared)
    one, other = from_dump(kind, text), from_sqlite(kind, sqlite)
    assert (type(one), one) != (type(other), other)


@pytest.mark.parametrize(
    "declared", ["numeric(5,2)", "real", "text[]", "point", "interval", "money"]
)
def test_types_that_cannot_be_compared_exactly_are_not(declared):
    assert class_of(declared) == ""
    pairing = pair({"t": {"x": "", "a": ""}}, {"public.T": {"x": declared, "b": "text"}})
    assert pairing.shared[0].left_out == (("a", "only-first"), ("b", "only-second"), ("x", "type"))
    assert not pairing.shared[0].compared


def test_every_class_reads_anything_without_failing():
    for kind in set(CLASSES.values()):
        for text in ("", "x", "\\x0", "NaN", "infinity", "[" * 5000, "9" * 400):
            from_dump(kind, text)
            from_sqlite(kind, text)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, LONGEST), st.integers(-400, 4000)
)
def test_the_next_copy_is_due_after_the_last_and_in_the_rhythm(due, every, later):
    done = due + timedelta(days=later)
    following = next_due(due, every, done)
    if every == 0:
        assert following is None
        return
    assert following is not None
    assert following > done or later < 0
    assert following > due
    assert (following - due).days % every == 0
    assert later < 0 or following - timedelta(days=every) <= done


def test_a_copy_is_late_from_the_day_after_it_was_due():
    due = date(2025, 6, 24)
    assert standing("planned", due, due).late == 0
    assert standing("made", due, due + timedelta(days=3)).late == 3
    assert standing("verified", due, due + timedelta(days=3)).late == 0


def test_rights_follow_the_side_of_the_copy():
    def actor(role: Role, body: int, *area: int) -> Actor:
        hat = Hat(1, role, "", body, "", frozenset(), frozenset(area))
        return Actor(1, "A", (hat,), hat)

    to = About(owner=1, receiver=2, units=frozenset({7}))
    for who, doing, allowed in (
        (actor(Role.CLERK, 1), "copy.prove", True),
        (actor(Role.CLERK, 2), "copy.prove", False),
        (actor(Role.CLERK, 2), "copy.check", True),
        (actor(Role.CLERK, 1), "copy.check", False),
        (actor(Role.STEERING, 0, 7), "copy.plan", True),
        (actor(Role.STEERING, 0, 8), "copy.plan", False),
        (actor(Role.STEERING, 0, 7), "copy.check", False),
        (actor(Role.INSPECTOR, 0, 7), "copy.plan", False),
        (actor(Role.OPERATOR, 1), "copy.plan", False),
        (actor(Role.CLERK, 1), "copy.stop", False),
        (actor(Role.LEADER, 1), "copy.stop", True),
        (Actor(2, "Bác Tư"), "copy.plan", False),
    ):
        assert (check_may(who, doing, to) is None) is allowed, (who, doing)
