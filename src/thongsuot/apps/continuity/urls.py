"""Addresses of data copies, servers and drills."""

from django.urls import path

from thongsuot.apps.continuity import act_views, views

app_name = "continuity"
urlpatterns = [
    path("sao-luu/", views.copies, name="copies"),
    path("sao-luu/them/", act_views.plan, name="plan"),
    path("sao-luu/<int:copy_id>/", views.copy, name="copy"),
    path("sao-luu/<int:copy_id>/chung-nhan/", act_views.prove, name="prove"),
    path("sao-luu/<int:copy_id>/doi-chieu/", act_views.check, name="check"),
    path("sao-luu/<int:copy_id>/thoi/", act_views.stop, name="stop"),
    path("sao-luu/<int:copy_id>/phieu.<slug:form>", views.paper, name="paper"),
    path("sao-luu/<int:copy_id>/chung-nhan-<int:number>.json", views.proof_file, name="proof-file"),
    path("sao-luu/may-chu/", views.servers, name="servers"),
    path("sao-luu/may-chu/them/", act_views.register, name="register"),
    path("sao-luu/may-chu/<int:server_id>/", views.server, name="server"),
    path("sao-luu/may-chu/<int:server_id>/danh-gia/", act_views.assess, name="assess"),
    path("sao-luu/dien-tap/", views.drills, name="drills"),
    path("sao-luu/dien-tap/them/", act_views.drill, name="drill"),
]
