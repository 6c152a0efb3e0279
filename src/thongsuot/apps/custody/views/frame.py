"""What the pages about boxes have in common: tabs, bodies, the second person."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from thongsuot.apps.custody import permit
from thongsuot.apps.handover.models import Transition, TransitionBody
from thongsuot.apps.handover.permit import visible_transitions
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.foundation.accounts import throttle
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """The context every page shares; ``current`` is the url name of its tab."""
    actor = actor_in(request)
    ringing = permit.visible_alarms(actor).filter(resolved_at__isnull=True).count()
    open_ = permit.visible_counts(actor).filter(closed_at__isnull=True).count()
    tabs = (
        ("boxes", _("Hộp, cặp"), None),
        ("rooms", _("Kho, giá"), None),
        ("counts", _("Kiểm đếm"), open_ or None),
        ("alarms", _("Cảnh báo"), ringing or None),
    )
    return {
        "tabs": [(label, reverse(f"custody:{name}"), count) for name, label, count in tabs],
        "tab": reverse(f"custody:{current}"),
        "keeps": bool(permit.keepers(actor)),
    }


def bodies_kept(request: HttpRequest) -> list[tuple[int, str]]:
    """The bodies for which the person may make containers, by name."""
    names = body_names(permit.keepers(actor_in(request)))
    return sorted(names.items(), key=lambda pair: pair[1])


def transition_for(request: HttpRequest, body: int) -> Transition | None:
    """The handover in which a body ends or begins, among those in sight."""
    known = visible_transitions(actor_in(request)).filter(bodies__body=body)
    row = TransitionBody.objects.filter(transition__in=known.values("pk"), body=body)
    found = row.select_related("transition").order_by("-transition").first()
    return found.transition if found else None


def second_person(request: HttpRequest) -> int:
    """The account of the second person, who has typed name and password on this machine.

    Raises Refused when they do not fit, and after too many wrong tries.
    """
    username = request.POST.get("second", "").strip().lower()[:150]
    now, address = timezone.now(), request.META.get("REMOTE_ADDR", "")
    if not username:
        raise Refused.because("custody.two-people")
    if not throttle.may_try(username, address, now, known_device=False):
        raise Refused.because("custody.witness-too-many")
    password = request.POST.get("second_password", "")[:1000]
    found = authenticate(request, username=username, password=password)
    if not isinstance(found, User):
        throttle.note_failure(username, address, now)
        raise Refused.because("custody.witness-password")
    throttle.forget(username)
    return found.pk
