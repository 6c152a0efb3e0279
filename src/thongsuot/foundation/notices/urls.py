"""Addresses of notices."""

from django.urls import path

from thongsuot.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("thong-bao/", views.index, name="list"),
    path("thong-bao/<int:pk>/mo/", views.open_one, name="open"),
    path("thong-bao/da-doc/", views.read_all, name="read-all"),
    path("thong-bao/cach-nhan/", views.choices, name="choices"),
]
