"""Addresses of the desk."""

from django.urls import path

from thongsuot.apps.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
