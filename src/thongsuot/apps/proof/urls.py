"""Addresses of the proof."""

from django.urls import path

from thongsuot.apps.proof import keeping, paper, views

app_name = "proof"
urlpatterns = [
    path("bien-nhan/", views.find, name="find"),
    path("bien-nhan/kiem-tra/", views.check, name="check"),
    path("bien-nhan/kiem_bien_nhan.py", views.checker, name="checker"),
    path("bien-nhan/<slug:code>/", views.receipt, name="receipt"),
    path("bien-nhan/<slug:code>/bien-nhan.json", views.receipt_file, name="receipt-file"),
    path("bien-nhan/<slug:code>/ban-ky-so/", paper.signed_pdf, name="signed-pdf"),
    path("bien-nhan/<slug:code>/ban-ky-so.pdf", paper.signed_pdf_file, name="signed-pdf-file"),
    path("so-diem-kiem-tra/", views.log, name="log"),
    path("so-diem-kiem-tra/lap/", keeping.make, name="make"),
    path("so-diem-kiem-tra/lam-chung/", keeping.witnesses, name="witnesses"),
    path("so-diem-kiem-tra/<int:checkpoint_id>/", views.checkpoint, name="checkpoint"),
    path("so-diem-kiem-tra/<int:checkpoint_id>/xac-nhan/", keeping.bring, name="bring"),
    path(
        "so-diem-kiem-tra/<int:checkpoint_id>/diem-kiem-tra.<slug:form>",
        views.checkpoint_file,
        name="checkpoint-file",
    ),
    path("lam-chung/add-checkpoint", keeping.add_checkpoint, name="add-checkpoint"),
    path("ho-so-dien-bien/", views.own_acts, name="own-acts"),
    path("ho-so-dien-bien/muc/<int:item_id>/", views.item_evidence, name="item-evidence"),
    path("ho-so-dien-bien/viec/<int:entry_id>/", views.act_evidence, name="act-evidence"),
]
