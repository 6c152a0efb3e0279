"""Figures that handover, duties and registry know, offered to reports: each with its source.

The rooms stand side by side and do not know each other; they meet here.
"""

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.apps.directives.models import Duty, DutyState
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Kind
from thongsuot.apps.registry.models import Appointment, Coverage, Post, Serves
from thongsuot.apps.reporting.figures import Asked, Known, register

GONE = (ItemState.UNDONE, ItemState.REPLACED)


def _received_by(asked: Asked) -> "QuerySet[Item]":
    """What is confirmed to come to a body, or to those that it serves as their team."""
    served = Serves.objects.on(asked.on).filter(body=asked.body).values("served")
    mine = Q(receiver=asked.body) | Q(receiver__in=served)
    return Item.objects.filter(mine, allocation=Allocation.CONFIRMED).exclude(state__in=GONE)


def _share(rows: "QuerySet[Item]", source: str) -> Known | None:
    """How many of the rows were accepted; None when nothing comes to the body at all."""
    found = rows.aggregate(n=Count("pk"), done=Count("pk", filter=Q(state=ItemState.ACCEPTED)))
    if not found["n"]:
        return None
    first = rows.order_by("pk").values_list("transition", flat=True).first()
    url = reverse("handover:balance", args=[first]) if first else ""
    return Known((found["done"], found["n"]), source, url)


def items_received(asked: Asked) -> Known | None:
    """Of everything confirmed for the body, how many items it has accepted."""
    return _share(_received_by(asked), _("sổ bàn giao, mục đã nhận trên mục đã chốt nơi nhận"))


def offices_received(asked: Asked) -> Known | None:
    """Of the offices confirmed for the body, how many it has accepted."""
    rows = _received_by(asked).filter(kind=Kind.OFFICE)
    return _share(rows, _("sổ bàn giao, trụ sở đã nhận trên trụ sở được giao"))


def accounts(asked: Asked) -> Known | None:
    """How many accounts are on the list for the body (129/100/90/99/86 in the story)."""
    rows = _received_by(asked).filter(kind=Kind.DATASET, annex__dataset_type="account")
    count = rows.count()
    if not count:
        return None
    first = rows.order_by("pk").values_list("transition", flat=True)[0]
    return Known(
        count,
        _("sổ bàn giao, tài khoản đã chốt về đơn vị"),
        f"{reverse('handover:items', args=[first])}?kind=dataset",
    )


def posts_filled(asked: Asked) -> Known | None:
    """Of the posts of the bodies that act in the same unit, how many have somebody in them."""
    if asked.unit is None:
        return None
    bodies = Coverage.objects.on(asked.on).filter(unit=asked.unit).values("body")
    posts = Post.objects.on(asked.on).filter(body__in=bodies)
    held = Appointment.objects.on(asked.on).filter(post__in=posts.values("pk"))
    whole, filled = posts.count(), held.values("post").distinct().count()
    return Known((filled, whole), _("danh bạ cơ quan, vị trí có người giữ")) if whole else None


def duties_in_time(asked: Asked) -> Known | None:
    """Of the duties led by the body that were due by that day, how many were reported done in time."""
    rows = Duty.objects.filter(lead=asked.body, every="", due_on__lte=asked.on)
    rows = rows.exclude(state__in=(DutyState.DRAFT, DutyState.DROPPED, DutyState.RECALLED))
    found = rows.aggregate(n=Count("pk"), kept=Count("pk", filter=Q(done_at__lte=F("due_at"))))
    if not found["n"]:
        return None
    source = _("sổ nhiệm vụ, việc xong đúng hạn trên việc đã tới hạn")
    return Known((found["kept"], found["n"]), source, reverse("directives:duties"))


def declare() -> None:
    """Offer the figures to the forms of reports."""
    register("ban-giao.muc", gettext_lazy("Bàn giao: mục đã nhận"), items_received)
    register("ban-giao.tru-so", gettext_lazy("Bàn giao: trụ sở đã nhận"), offices_received)
    register("ban-giao.tai-khoan", gettext_lazy("Bàn giao: tài khoản"), accounts)
    register("danh-ba.vi-tri", gettext_lazy("Danh bạ: vị trí có người"), posts_filled)
    register("nhiem-vu.dung-han", gettext_lazy("Nhiệm vụ: xong đúng hạn"), duties_in_time)
