"""Looking at endpoints and their calls. Each person sees their own."""

from django.db.models import QuerySet

from thongsuot.foundation.hooks.models import Delivery, Endpoint
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem


def endpoints_of(user: int) -> "QuerySet[Endpoint]":
    """The endpoints of a person, ended ones too."""
    return Endpoint.objects.filter(user=user)


def endpoint_of(user: int, endpoint: int) -> Endpoint:
    """One's own endpoint. Raises Refused (404) otherwise."""
    found = endpoints_of(user).filter(pk=endpoint).first()
    if found is None:
        raise Refused.missing(Problem("hooks.no-endpoint"))
    return found


def deliveries_of(endpoint: Endpoint) -> "QuerySet[Delivery]":
    """Every call to an endpoint, with the entry it told of."""
    return Delivery.objects.filter(endpoint=endpoint).select_related("entry")
