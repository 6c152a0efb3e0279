"""Addresses of the room: the public page, and what offices tell for it."""

from django.urls import path

from thongsuot.apps.disclosure import keep_views, views

app_name = "disclosure"
urlpatterns = [
    path("ho-so-o-dau/", views.where, name="where"),
    path("ho-so-o-dau/the/", views.card, name="card"),
    path("ho-so-o-dau/lien-he/", keep_views.contacts, name="contacts"),
    path("ho-so-o-dau/lien-he/nhap/", keep_views.import_contacts, name="import-contacts"),
    path("ho-so-o-dau/lien-he/mau.xlsx", keep_views.contacts_template, name="contacts-template"),
    path("ho-so-o-dau/lien-he/<int:body_id>/", keep_views.contact, name="contact"),
    path("ho-so-o-dau/viec/", keep_views.matters, name="matters"),
    path("ho-so-o-dau/viec/<slug:code>/", keep_views.matter, name="matter"),
]
