"""Addresses of the room."""

from thongsuot.apps.authority.views import card, delegations, diff, reviews, rules, texts

app_name = "authority"
urlpatterns = [
    *card.urlpatterns,
    *rules.urlpatterns,
    *texts.urlpatterns,
    *diff.urlpatterns,
    *delegations.urlpatterns,
    *reviews.urlpatterns,
]
