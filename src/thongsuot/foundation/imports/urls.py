"""Addresses of the imports; picking a file is on a page of the room (``views.bring``)."""

from django.urls import path

from thongsuot.foundation.imports import views

app_name = "imports"
urlpatterns = [
    path("nhap-lieu/", views.mine, name="mine"),
    path("nhap-lieu/<int:pk>/", views.one, name="one"),
    path("nhap-lieu/<int:pk>/tra-loi/", views.answer, name="answer"),
    path("nhap-lieu/<int:pk>/tong/", views.totals, name="totals"),
    path("nhap-lieu/<int:pk>/sua/", views.fix, name="fix"),
    path("nhap-lieu/<int:pk>/ghi/", views.apply, name="apply"),
    path("nhap-lieu/<int:pk>/bo/", views.drop, name="drop"),
    path("nhap-lieu/<int:pk>/hoan-tac/", views.take_back, name="take-back"),
    path("nhap-lieu/<int:pk>/dong-loi.xlsx", views.errors, name="errors"),
    path("nhap-lieu/<int:pk>/tep-goc/", views.original, name="original"),
]
