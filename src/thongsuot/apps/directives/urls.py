"""Addresses of documents and duties."""

from django.urls import path

from thongsuot.apps.directives import intake_views
from thongsuot.apps.directives.views import (
    boards,
    documents,
    drafting,
    duties,
    issuing,
    meetings,
    plans,
    watching,
)

app_name = "directives"
urlpatterns = [
    path("nhiem-vu/", duties.duties, name="duties"),
    path("nhiem-vu/lap/", drafting.make, name="make"),
    path("nhiem-vu/giao/", issuing.issue, name="issue"),
    path("nhiem-vu/chuyen/", drafting.move, name="move"),
    path("nhiem-vu/nhap/", drafting.bring_file, name="import"),
    path("nhiem-vu/nhap/mau/", drafting.template, name="template"),
    path("nhiem-vu/don-doc/", watching.chase, name="chase"),
    path("nhiem-vu/can-de-y/", watching.exceptions, name="exceptions"),
    path("nhiem-vu/lich/", watching.calendar, name="calendar"),
    path("nhiem-vu/lich/tao/", watching.feed_make, name="feed-make"),
    path("nhiem-vu/lich/bo/", watching.feed_revoke, name="feed-revoke"),
    path("lich/<str:secret>.ics", watching.feed, name="feed"),
    path("nhiem-vu/<int:duty_id>/", duties.duty, name="duty"),
    path("nhiem-vu/<int:duty_id>/sua/", drafting.change, name="change"),
    path("nhiem-vu/<int:duty_id>/lam/<str:doing>/", duties.do, name="do"),
    path("nhiem-vu/<int:duty_id>/phoi-hop/<int:part_id>/", duties.part_done, name="part-done"),
    path(
        "nhiem-vu/<int:duty_id>/minh-chung/<int:line>/<int:number>/",
        duties.evidence,
        name="evidence",
    ),
    path("chi-dao/", documents.documents, name="documents"),
    path("chi-dao/vao-so/", documents.record, name="document-record"),
    path("chi-dao/boc-tach/", intake_views.bring, name="intake-bring"),
    path("chi-dao/<int:document_id>/boc-tach/", intake_views.intake, name="intake"),
    path("chi-dao/<int:document_id>/boc-tach/quyet/", intake_views.decide, name="intake-decide"),
    path("chi-dao/<int:document_id>/boc-tach/mau/", intake_views.corrections, name="intake-gold"),
    path("chi-dao/<int:document_id>/", documents.document, name="document"),
    path("chi-dao/<int:document_id>/sua/", documents.change, name="document-change"),
    path("chi-dao/<int:document_id>/tep/", documents.file, name="document-file"),
    path("trong-tam/", boards.boards, name="boards"),
    path("trong-tam/lap/", boards.make, name="board-make"),
    path("trong-tam/<int:board_id>/", boards.board, name="board"),
    path("trong-tam/<int:board_id>/bao/", boards.say, name="board-say"),
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach/lap/", plans.make, name="plan-make"),
    path("ke-hoach/<int:plan_id>/", plans.plan, name="plan"),
    path("ke-hoach/<int:plan_id>/lo-trinh/", plans.rewrite, name="plan-rewrite"),
    path("ke-hoach/<int:plan_id>/cac-noi/", plans.spread, name="plan-spread"),
    path("ke-hoach/<int:plan_id>/xong/<int:milestone_id>/", plans.step_done, name="step-done"),
    path(
        "ke-hoach/<int:plan_id>/chua-xong/<int:milestone_id>/",
        plans.step_undone,
        name="step-undone",
    ),
    path("buoi-lam-viec/", meetings.meetings, name="meetings"),
    path("buoi-lam-viec/ghi/", meetings.record, name="meeting-record"),
    path("buoi-lam-viec/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("buoi-lam-viec/<int:meeting_id>/hoi/", meetings.ask, name="ask"),
    path(
        "buoi-lam-viec/<int:meeting_id>/tra-loi/<int:question_id>/",
        meetings.answer_question,
        name="answer",
    ),
    path("buoi-lam-viec/<int:meeting_id>/ket-luan/", meetings.conclude, name="conclude"),
]
