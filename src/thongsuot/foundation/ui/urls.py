"""Addresses of the look itself: choosing it, the keys, the living style page."""

from django.urls import path

from thongsuot.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("hien-thi/", views.choose_look, name="look"),
    path("ngon-ngu/", views.choose_language, name="language"),
    path("vi-tri/", views.choose_post, name="post"),
    path("phim-tat/", views.keys, name="keys"),
    path("giao-dien/", views.style_page, name="style"),
    path("giao-dien/<slug:name>/", views.style_scene, name="style-scene"),
]
