"""The site with the shelf of the tests: the page on which its file is picked."""

from django.urls import include, path
from tests.apps.imports.shelf import SHELF

from thongsuot.foundation.imports import views
from thongsuot.project.urls import urlpatterns as whole_site


def pick(request, shelf: int):
    return views.bring(request, kind=SHELF, scope={"shelf": shelf})


urlpatterns = [
    *whole_site,
    path("gia/<int:shelf>/nhap/", pick, name="pick"),
    path("", include("thongsuot.foundation.imports.urls")),
]
