"""Addresses of difficulties."""

from django.urls import path

from thongsuot.apps.difficulties import views, views_acts

app_name = "difficulties"
urlpatterns = [
    path("vuong-mac/", views.every, name="all"),
    path("vuong-mac/neu/", views.raise_one, name="raise"),
    path("vuong-mac/tuong-tu/", views.similar, name="similar"),
    path("vuong-mac/hoi-nhieu/", views.overview, name="overview"),
    path("vuong-mac/theo-dip/", views_acts.occasion, name="occasion"),
    path("vuong-mac/ban-giao/<int:body>/", views_acts.move, name="move"),
    path("vuong-mac/<int:pk>/", views.one, name="one"),
    path("vuong-mac/<int:pk>/cung-vuong/", views.join, name="join"),
    path("vuong-mac/<int:pk>/<slug:door>/", views_acts.act, name="act"),
    path("tinh-huong/", views.library, name="library"),
    path("tinh-huong/<int:pk>/", views.situation, name="situation"),
    path("tinh-huong/<int:pk>/dung-duoc/", views.use, name="use"),
    path("tinh-huong/<int:pk>/thoi-ap-dung/", views_acts.retire, name="retire"),
]
