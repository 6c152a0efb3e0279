"""Addresses of decisions."""

from thongsuot.apps.decisions.views import dockets, doors, registers, sessions

app_name = "decisions"
urlpatterns = [
    *dockets.urlpatterns,
    *doors.urlpatterns,
    *registers.urlpatterns,
    *sessions.urlpatterns,
]
