"""Addresses of the accounts."""

from django.urls import path

from thongsuot.foundation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign-in"),
    path("dang-xuat/", views.sign_out, name="sign-out"),
    path("xac-nhan/", views.confirm, name="confirm"),
    path("mat-khau/", views.password, name="password"),
]
