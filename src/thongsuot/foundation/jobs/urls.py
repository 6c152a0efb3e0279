"""Addresses of long work."""

from django.urls import path

from thongsuot.foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("cong-viec/", views.index, name="list"),
    path("cong-viec/<int:pk>/", views.one, name="one"),
    path("cong-viec/<int:pk>/tep/", views.download, name="file"),
]
