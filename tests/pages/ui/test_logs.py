"""Logs: one line of JSON each, without what must not be written down."""

import json
import logging

from django.test import RequestFactory

from thongsuot.foundation.ui.logs import JsonLines


def line(**facts: object) -> dict[str, object]:
    record = logging.makeLogRecord(
        {"name": "thongsuot", "levelname": "INFO", "msg": "Đã nhận %s", "args": (3,)}
    )
    record.__dict__.update(facts)
    written = JsonLines().format(record)
    assert "\n" not in written
    return json.loads(written)


def test_a_log_line_is_json_with_the_facts_beside_the_message() -> None:
    told = line(items=3, ward="Hà Đông")
    assert told["message"] == "Đã nhận 3"
    assert told["items"] == 3
    assert told["ward"] == "Hà Đông"
    assert told["level"] == "info"


def test_secrets_are_never_written_whoever_passes_them() -> None:
    told = line(password="a", api_token="b", Cookie="c", session_key="d")
    assert set("abcd").isdisjoint(
        {told["password"], told["api_token"], told["Cookie"], told["session_key"]}
    )


def test_a_request_is_written_without_its_query() -> None:
    told = line(request=RequestFactory().get("/tim-kiem/?q=Nguyễn+Văn+A"))
    assert told["request"] == "GET /tim-kiem/"


def test_an_error_keeps_its_trace_on_the_same_line() -> None:
    try:
        raise ZeroDivisionError("once")
    except ZeroDivisionError as mistake:
        told = line(exc_info=(type(mistake), mistake, mistake.__traceback__))
    assert "ZeroDivisionError: once" in str(told["error"])
