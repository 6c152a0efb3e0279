"""Addresses behind every list: what is remembered, saved filters, long files."""

from django.urls import path

from thongsuot.foundation.tables import views

app_name = "tables"
urlpatterns = [
    path("danh-sach/nho/", views.remember, name="remember"),
    path("danh-sach/luu/", views.save, name="save"),
    path("danh-sach/xoa/", views.delete, name="delete"),
    path("danh-sach/xuat/", views.export, name="export"),
]
