"""Addresses of the sealed boxes."""

from django.urls import path

from thongsuot.apps.custody.views import boxes, counts

app_name = "custody"
urlpatterns = [
    path("niem-phong/", boxes.boxes, name="boxes"),
    path("niem-phong/tim/", boxes.find, name="find"),
    path("niem-phong/lap/", boxes.make, name="make"),
    path("niem-phong/lap-theo-danh-muc/", boxes.by_list, name="by-list"),
    path("niem-phong/nhan/", boxes.labels, name="labels"),
    path("niem-phong/kho/", boxes.rooms, name="rooms"),
    path("niem-phong/kiem-dem/", counts.counts, name="counts"),
    path("niem-phong/kiem-dem/<int:count_id>/", counts.count, name="count"),
    path("niem-phong/kiem-dem/<int:count_id>/quet/", counts.scan, name="scan"),
    path("niem-phong/kiem-dem/<int:count_id>/khoa/", counts.close, name="close"),
    path("niem-phong/kiem-dem/<int:count_id>/phieu.<slug:form>", counts.sheet, name="sheet"),
    path("niem-phong/canh-bao/", counts.alarms, name="alarms"),
    path("niem-phong/canh-bao/<int:alarm_id>/", counts.alarm, name="alarm"),
    path("niem-phong/<int:container_id>/", boxes.one, name="one"),
    path("niem-phong/<int:container_id>/lam/<slug:doing>/", boxes.act, name="act"),
    path("niem-phong/<int:container_id>/anh/<int:seal_id>/", boxes.photo, name="photo"),
]
