"""Addresses of the registry: units, bodies, people, legal texts, search."""

from django.urls import path

from thongsuot.apps.registry import (
    act_views,
    address_views,
    batch_views,
    map_views,
    recut_views,
    timeline_views,
    views,
)

app_name = "registry"
urlpatterns = [
    path("dia-chi/", address_views.address, name="address"),
    path("dia-chi/nhieu/", batch_views.batch, name="address-batch"),
    path("dia-gioi/quy-doi-so-lieu/", recut_views.recut, name="recut"),
    path("ban-do/", map_views.the_map, name="map"),
    path("ban-do/hinh.json", map_views.map_shapes, name="map-shapes"),
    path("ban-do/nap/", map_views.bring_outlines, name="map-bring"),
    path("ban-do/nap/<int:set_id>/rut/", map_views.take_back_outlines, name="map-take-back"),
    path("don-vi/", views.country, name="country"),
    path(
        "don-vi/mau-khu-pho.xlsx", act_views.neighbourhood_template, name="neighbourhood-template"
    ),
    path("don-vi/danh-sach/", views.units, name="units"),
    path("don-vi/<slug:key>/", views.unit, name="unit"),
    path("don-vi/<slug:key>/theo-thoi-gian/", timeline_views.through_time, name="timeline"),
    path("don-vi/<slug:key>/co-quan-moi/", act_views.create_body, name="create-body"),
    path("don-vi/<slug:key>/to-cong-tac-moi/", act_views.create_team, name="create-team"),
    path(
        "don-vi/<slug:key>/khu-pho-moi/",
        act_views.record_neighbourhood,
        name="record-neighbourhood",
    ),
    path(
        "don-vi/<slug:key>/khu-pho/<int:neighbourhood>/them-nguoi/",
        act_views.record_officer,
        name="record-officer",
    ),
    path(
        "don-vi/<slug:key>/khu-pho/thoi/<int:officer>/", act_views.end_officer, name="end-officer"
    ),
    path("don-vi/<slug:key>/mo-hinh/", act_views.set_governance, name="set-governance"),
    path(
        "don-vi/<slug:key>/khu-pho/nhap/",
        act_views.import_neighbourhoods,
        name="import-neighbourhoods",
    ),
    path("don-vi/<slug:key>/dinh-chinh/<int:record>/", act_views.correct_unit, name="correct-unit"),
    path("co-quan/", views.bodies, name="bodies"),
    path("co-quan/<int:body_id>/", views.body, name="body"),
    path("co-quan/<int:body_id>/doi-ten/", act_views.rename_body, name="rename-body"),
    path("co-quan/<int:body_id>/ket-thuc/", act_views.close_body, name="close-body"),
    path("co-quan/<int:body_id>/hop-nhat/", act_views.merge_bodies, name="merge-bodies"),
    path(
        "co-quan/<int:body_id>/dinh-chinh/<int:record>/",
        act_views.correct_body,
        name="correct-body",
    ),
    path("co-quan/<int:body_id>/chuyen/", act_views.move_body, name="move-body"),
    path("co-quan/<int:body_id>/vi-tri/<int:post_id>/bo/", act_views.end_post, name="end-post"),
    path(
        "don-vi/<slug:key>/khu-pho/<int:neighbourhood>/",
        act_views.change_head,
        name="change-head",
    ),
    path("co-quan/<int:body_id>/vi-tri-moi/", act_views.create_post, name="create-post"),
    path("co-quan/<int:body_id>/vi-tri/<int:post_id>/bo-nhiem/", act_views.appoint, name="appoint"),
    path(
        "co-quan/<int:body_id>/thoi-giu/<int:appointment_id>/",
        act_views.end_appointment,
        name="end-appointment",
    ),
    path("nguoi/<int:person_id>/", views.person, name="person"),
    path("van-ban/<slug:key>/", views.law, name="law"),
    path("tim-kiem/", views.search_page, name="search"),
    path("tim-kiem/nhanh/", views.search_quick, name="search-quick"),
]
