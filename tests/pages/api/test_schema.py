"""Thousands of made-up calls against the schema: no mistake of ours, no answer it does not name."""

import json
from collections import Counter
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from thongsuot.foundation.trail import chains

pytestmark = pytest.mark.django_db
CALLS = 5  # made-up calls for each operation and each manner
JSON = "application/json"
STATUSES = (200, 400, 403, 404, 405, 409, 413, 414, 415, 422)
ANSWERED = frozenset(f"{status} {JSON}" for status in STATUSES)


def _ids(office: Any) -> dict[str, int]:
    minutes, items = office.dispatched()
    line = office.lan.get(f"{office.at}/minutes/{minutes}/lines").json["rows"][0]["id"]
    return {
        "transition": office.transition,
        "item": items[0],
        "minutes": minutes,
        "line": line,
        "body": office.office,
        "rule": 1,
        "endpoint": 1,
    }


def _often(case: Any) -> bool:
    """Three times in four, the same at every run."""
    return crc32(json.dumps(case.path_parameters, default=str, sort_keys=True).encode()) % 4 != 0


def _send(client: Client, secret: str, case: Any, known: dict[str, int]) -> Any:
    """Send a made-up call; where it names a thing, mostly one that there is."""
    named = known if _often(case) else {}
    address = case.operation.path
    for name, value in case.path_parameters.items():
        address = address.replace("{" + name + "}", str(named.get(name, value)))
    plain = {k: str(v) for k, v in (case.headers or {}).items() if k.isascii()}
    headers = {k: v for k, v in plain.items() if v.isascii() and v.isprintable()}
    body = case.body if isinstance(case.body, dict | list | str | int | bool) else None
    return client.generic(
        case.method.upper(),
        address,
        json.dumps(body) if body is not None else b"",
        "application/json",
        query_params=dict(case.query or {}),
        headers={**headers, "Authorization": f"Bearer {secret}"},
    )


def _statuses(operation: Any, mode: Any, send: Any) -> Counter[str]:
    """What the answers to made-up calls of one operation were, with their form."""
    seen: Counter[str] = Counter()

    @seed(20250701)
    @settings(
        max_examples=CALLS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        who=st.sampled_from(["lan", "minh", "city", "rival"]),
    )
    def calls(case: Any, who: str) -> None:
        response = send(case, who)
        form = response["Content-Type"].split(";")[0]
        seen[f"{response.status_code} {form}"] += 1

    calls()
    return seen


def test_made_up_calls_never_meet_a_mistake_of_ours(office: Any) -> None:
    document = office.nobody.get("/openapi.json").json
    schema = schemathesis.openapi.from_dict(document)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 50
    known = _ids(office)
    client = Client(raise_request_exception=False)

    def send(case: Any, who: str) -> Any:
        return _send(client, getattr(office, who).secret, case, known)

    wrong, totals = [], {mode: Counter() for mode in schemathesis.GenerationMode}
    for operation in operations:
        for mode, total in totals.items():
            seen = _statuses(operation, mode, send)
            total.update(seen)
            wrong += [f"{operation.label}: {s}" for s in seen if s not in ANSWERED]
    assert not wrong
    positive, negative = totals.values()
    assert positive[f"200 {JSON}"] > CALLS
    assert negative[f"400 {JSON}"] > CALLS
    assert not list(chains.faults())
    assert not list(apps.get_app_config("handover").faults())
