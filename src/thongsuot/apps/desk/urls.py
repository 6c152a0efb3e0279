"""Addresses of the desk."""

from django.urls import path

from thongsuot.apps.desk import tokens, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("ma-truy-cap/", tokens.index, name="tokens"),
    path("ma-truy-cap/tao/", tokens.make, name="token-make"),
    path("ma-truy-cap/<int:token>/thu-hoi/", tokens.revoke, name="token-revoke"),
]
