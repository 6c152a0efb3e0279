"""Rows as bytes: two rows have the same bytes exactly when every value and its type are the same."""

import struct
from collections.abc import Iterable

Value = int | float | str | bytes | None


def row_bytes(values: Iterable[Value]) -> bytes:
    """A row of a table as bytes, value by value, each with its type and its length.

    Shapes: 1, '1', 1.0, NULL and the blob 0x31 all differ; text that is not UTF-8 comes in with
    its raw bytes as lone surrogates and keeps them. NFC and NFD forms of a text differ.
    """
    return b"".join(_cell(value) for value in values)


def _cell(value: Value) -> bytes:
    if value is None:
        return b"N"
    if isinstance(value, str):
        return _long(b"T", value.encode("utf-8", "surrogateescape"))
    if isinstance(value, int):
        return _long(b"I", b"%d" % value)
    if isinstance(value, float):
        return b"R" + struct.pack(">d", value)
    return _long(b"B", bytes(value))


def _long(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack(">Q", len(content)) + content
