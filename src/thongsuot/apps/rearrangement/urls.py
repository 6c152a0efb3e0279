"""Addresses of rearrangement."""

from django.urls import path

from thongsuot.apps.rearrangement.views import doors, looking, options, units

app_name = "rearrangement"
ONE = "sap-xep/<int:pk>/"
OPTION = f"{ONE}phuong-an/<int:option>/"
urlpatterns = [
    path("sap-xep/", looking.every, name="all"),
    path("sap-xep/lap/", doors.make, name="make"),
    path(ONE, looking.one, name="one"),
    path(f"{ONE}in/<slug:form>/", looking.paper, name="paper"),
    path(f"{ONE}so-sanh/", looking.side_by_side, name="compare"),
    path(f"{ONE}tien-do/", looking.steps, name="steps"),
    path(f"{ONE}tien-do/<int:unit>/<slug:step>/", options.carry, name="carry"),
    path(f"{ONE}hien-trang/", units.every, name="units"),
    path(f"{ONE}co-quan/<int:body>/", units.owner, name="owner"),
    path(f"{ONE}co-quan/<int:body>/them/", units.add, name="unit-add"),
    path(f"{ONE}co-quan/<int:body>/nhap/", units.bring_file, name="import"),
    path(f"{ONE}co-quan/<int:body>/mau/", units.template, name="template"),
    path(f"{ONE}co-quan/<int:body>/tu-so/", units.bring_known, name="known"),
    path(f"{ONE}co-quan/<int:body>/gui/", units.send, name="send"),
    path(f"{ONE}don-vi/<int:unit>/", units.one, name="unit"),
    path(f"{ONE}don-vi/<int:unit>/bo/", units.drop, name="unit-drop"),
    path(OPTION, options.one, name="option"),
    path(f"{OPTION}don-vi/<int:unit>/", options.fate, name="fate"),
    path(f"{OPTION}giu-nguyen/", options.keep, name="keep-rest"),
    path(f"{OPTION}thanh-lap/", options.found, name="found"),
    path(f"{OPTION}thoi-thanh-lap/<str:code>/", options.unfound, name="unfound"),
    path(f"{ONE}<slug:door>/", doors.act, name="act"),
]
