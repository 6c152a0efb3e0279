"""Addresses of the handover."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import path

from thongsuot.apps.handover.views import balance, items

app_name = "handover"
urlpatterns = [
    path("ban-giao/", balance.transitions, name="transitions"),
    path("ban-giao/<int:transition_id>/", balance.balance, name="balance"),
    path("ban-giao/<int:transition_id>/can-doi.<slug:form>", balance.statement, name="statement"),
    path("ban-giao/<int:transition_id>/muc/", items.items, name="items"),
    path("ban-giao/<int:transition_id>/muc/lam/<slug:doing>/", items.act, name="act"),
    path("ban-giao/<int:transition_id>/muc/<int:item_id>/", items.item, name="item"),
    path("ban-giao/<int:transition_id>/muc/<int:item_id>/chia/", items.split, name="split"),
]
for room in ("allocation", "minutes", "disputes", "imports", "closing"):
    if find_spec(f"thongsuot.apps.handover.views.{room}") is not None:
        urlpatterns += import_module(f"thongsuot.apps.handover.views.{room}").urlpatterns
