"""Addresses of the handover."""

from django.urls import path

from thongsuot.apps.handover.views import (
    allocation,
    backlog,
    balance,
    closing,
    disputes,
    holders,
    imports,
    items,
    minutes,
    radar,
)

app_name = "handover"
urlpatterns = [
    path("ban-giao/", balance.transitions, name="transitions"),
    path("ban-giao/<int:transition_id>/", balance.balance, name="balance"),
    path("ban-giao/<int:transition_id>/can-doi.<slug:form>", balance.statement, name="statement"),
    path("ban-giao/<int:transition_id>/muc/", items.items, name="items"),
    path("ban-giao/<int:transition_id>/muc/lam/<slug:doing>/", items.act, name="act"),
    path("ban-giao/<int:transition_id>/muc/<int:item_id>/", items.item, name="item"),
    path("ban-giao/<int:transition_id>/muc/<int:item_id>/chia/", items.split, name="split"),
    *allocation.urlpatterns,
    *minutes.urlpatterns,
    *disputes.urlpatterns,
    *holders.urlpatterns,
    *radar.urlpatterns,
    *backlog.urlpatterns,
    *imports.urlpatterns,
    *closing.urlpatterns,
]
