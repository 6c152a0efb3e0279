"""Asking to be told: endpoints of the caller, and every call made to them."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from thongsuot.foundation.hooks import actions, queries
from thongsuot.foundation.hooks.models import Delivery, Endpoint
from thongsuot.foundation.hooks.signing import secret_of
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import (
    After,
    Done,
    Id,
    In,
    Key,
    Limit,
    Line,
    Listing,
    answers,
)

router = Router(tags=["hooks"], auth=READS)


class EndpointIn(In):
    """Where to tell, and of which acts: codes, or beginnings that end with a dot."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    url: Annotated[str, Field(min_length=1, max_length=500)]
    kinds: Annotated[list[Annotated[str, Field(max_length=80)]], Field(min_length=1, max_length=50)]


class EndpointOut(Schema):
    """An address that is told."""

    id: int
    name: str
    url: str
    kinds: list[str]
    active: bool
    body: int
    made_at: datetime
    ended_at: datetime | None


class EndpointMade(Done):
    """The endpoint with the secret by which its calls are proved."""

    secret: str


class EndIn(In):
    """Why."""

    reason: Line = ""


class DeliveryOut(Schema):
    """One entry told to an endpoint."""

    id: int
    entry: int
    act: str
    state: str
    attempts: int
    next_at: datetime
    status: int | None
    error: str
    done_at: datetime | None


def _endpoint(row: Endpoint) -> dict[str, Any]:
    return {name: getattr(row, name) for name in EndpointOut.model_fields}


def _delivery(row: Delivery) -> dict[str, Any]:
    names = [n for n in DeliveryOut.model_fields if n not in ("entry", "act")]
    return {
        **{name: getattr(row, name) for name in names},
        "entry": row.entry_id,
        "act": row.entry.act,
    }


@router.get("/hooks", response=answers(Listing[EndpointOut]), summary="My endpoints")
def endpoints(
    request: HttpRequest,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The addresses that are told in the name of the caller."""
    return page(queries.endpoints_of(caller(request).user), after, limit, _endpoint)


@router.post("/hooks", auth=WRITES, response=answers(EndpointMade), summary="Have an address told")
def make(request: HttpRequest, given: EndpointIn, key: Key) -> dict[str, Any]:
    """From now on the address is told of such acts, as far as the post may see them."""
    done = do(
        request,
        key,
        actions.make_endpoint,
        name=given.name,
        url=given.url,
        kinds=given.kinds,
    )
    result = done["result"]
    assert isinstance(result, dict)
    made = queries.endpoint_of(caller(request).user, int(result["endpoint"]))
    return {**done, "secret": secret_of(made.salt)}


@router.post(
    "/hooks/{int:endpoint}/end", auth=WRITES, response=answers(Done), summary="Tell no more"
)
def end(request: HttpRequest, endpoint: Id, given: EndIn, key: Key) -> dict[str, Any]:
    """The address is told nothing more."""
    queries.endpoint_of(caller(request).user, endpoint)
    return do(request, key, actions.end_endpoint, endpoint_id=endpoint, reason=given.reason)


@router.get(
    "/hooks/{int:endpoint}/deliveries",
    response=answers(Listing[DeliveryOut]),
    summary="Calls to an endpoint",
)
def deliveries(
    request: HttpRequest,
    endpoint: Id,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Every call, whether it arrived, and when it is tried again."""
    found = queries.endpoint_of(caller(request).user, endpoint)
    return page(queries.deliveries_of(found), after, limit, _delivery)
