"""Addresses of the room."""

from django.urls import URLPattern

app_name = "directives"
urlpatterns: list[URLPattern] = []
