"""Addresses of digitising."""

from django.urls import path

from thongsuot.apps.digitising.views import fonds, lots, records

app_name = "digitising"
ONE = "so-hoa/<int:fonds_id>/"
urlpatterns = [
    path("so-hoa/", fonds.fonds_list, name="list"),
    path("so-hoa/mo/", fonds.open_new, name="open"),
    path(ONE, fonds.fonds, name="fonds"),
    path(f"{ONE}bo-sung/", fonds.take, name="take"),
    path(f"{ONE}dong/", fonds.close, name="close"),
    path(f"{ONE}giao-lai/", fonds.hand_on, name="hand-on"),
    path(f"{ONE}ho-so/", records.records, name="records"),
    path(f"{ONE}ho-so/dong-hop/", records.box, name="box"),
    path(f"{ONE}ho-so/<int:record_id>/", records.record, name="record"),
    path(f"{ONE}quet/", records.scan, name="scan"),
    path(f"{ONE}quet/<int:scan_id>/", records.scan_file, name="scan-file"),
    path(f"{ONE}nhap/", records.bring, name="bring"),
    path(f"{ONE}nhap/mau.xlsx", records.template, name="template"),
    path(f"{ONE}lo/", fonds.lots, name="lots"),
    path(f"{ONE}lo/lap/", lots.draw, name="draw"),
    path(f"{ONE}lo/<int:lot_id>/", lots.lot, name="lot"),
    path(f"{ONE}con-nguyen/", fonds.fixity, name="fixity"),
    path(f"{ONE}con-nguyen/doc-lai/", fonds.read_again, name="read-again"),
]
