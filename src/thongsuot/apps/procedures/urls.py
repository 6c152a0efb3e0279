"""Addresses of procedures."""

from thongsuot.apps.procedures import views

app_name = "procedures"
urlpatterns = views.urlpatterns
