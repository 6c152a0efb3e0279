"""Addresses of the demonstration."""

from django.urls import path

from thongsuot.apps.demo import views

app_name = "demo"
urlpatterns = [
    path("minh-hoa/", views.roles, name="roles"),
    path("minh-hoa/vao/", views.enter, name="enter"),
    path("minh-hoa/ngay/", views.play_on, name="play-on"),
]
