"""Addresses of oversight."""

from django.urls import path

from thongsuot.apps.oversight import views

app_name = "oversight"
urlpatterns = [
    path("bieu-duong/", views.every, name="all"),
    path("bieu-duong/de-nghi/", views.propose, name="propose"),
    path("bieu-duong/<int:pk>/", views.one, name="one"),
    path("bieu-duong/<int:pk>/<slug:door>/", views.act, name="act"),
]
