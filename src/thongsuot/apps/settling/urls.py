"""Addresses of settling."""

from thongsuot.apps.settling.views import bundles, finance, seals

app_name = "settling"
urlpatterns = [*finance.urlpatterns, *seals.urlpatterns, *bundles.urlpatterns]
