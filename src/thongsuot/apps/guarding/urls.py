"""Addresses of guarded places."""

from django.urls import path

from thongsuot.apps.guarding.views import places, rosters

app_name = "guarding"
ONE = "bao-ve/<int:place_id>/"
urlpatterns = [
    path("bao-ve/", places.places, name="places"),
    path("bao-ve/co-quan/<int:body_id>/mo/", places.open_new, name="open"),
    path("bao-ve/co-quan/<int:body_id>/cap-ma/", places.enrol, name="enrol"),
    path(ONE, places.place, name="place"),
    path(f"{ONE}quet/", places.scan, name="scan"),
    path(f"{ONE}lenh/", places.order, name="order"),
    path(f"{ONE}lich/", rosters.shifts, name="shifts"),
    path(f"{ONE}lich/xep/", rosters.roster, name="roster"),
    path(f"{ONE}lich/vang/", rosters.absence, name="absence"),
    path(f"{ONE}lich/<int:shift_id>/", rosters.shift, name="shift"),
    path(f"{ONE}so-truc/", places.book, name="book"),
    path(f"{ONE}nguoi/", places.people, name="people"),
    path(f"{ONE}diem/them/", places.add_point, name="add-point"),
    path(f"{ONE}diem/<int:point_id>/bo/", places.retire_point, name="retire-point"),
    path(f"{ONE}giao-lai/", places.hand_on, name="hand-on"),
    path(f"{ONE}ket-thuc/", places.end, name="end"),
]
