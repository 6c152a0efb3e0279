"""Every address of the site, room by room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    "thongsuot.foundation.accounts.urls",
    "thongsuot.foundation.ui.urls",
    "thongsuot.foundation.jobs.urls",
    "thongsuot.foundation.tables.urls",
    "thongsuot.foundation.notices.urls",
    "thongsuot.foundation.imports.urls",
    "thongsuot.apps.registry.urls",
    "thongsuot.apps.handover.urls",
    "thongsuot.apps.custody.urls",
    "thongsuot.apps.guarding.urls",
    "thongsuot.apps.digitising.urls",
    "thongsuot.apps.continuity.urls",
    "thongsuot.apps.proof.urls",
    "thongsuot.apps.settling.urls",
    "thongsuot.apps.authority.urls",
    "thongsuot.apps.procedures.urls",
    "thongsuot.apps.directives.urls",
    "thongsuot.apps.reporting.urls",
    "thongsuot.apps.difficulties.urls",
    "thongsuot.apps.decisions.urls",
    "thongsuot.apps.disclosure.urls",
    "thongsuot.apps.oversight.urls",
    "thongsuot.apps.rearrangement.urls",
    "thongsuot.apps.desk.urls",
]
if settings.DEMO or settings.TESTING:
    ROOMS.append("thongsuot.apps.demo.urls")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(room)) for room in ROOMS),
    path("api/v1/", include("thongsuot.project.api")),
]
if settings.OIDC_ISSUER:
    urlpatterns.append(path("oidc/", include("mozilla_django_oidc.urls")))

handler400 = "thongsuot.foundation.ui.views.bad_request"
handler403 = "thongsuot.foundation.ui.views.forbidden"
handler404 = "thongsuot.foundation.ui.views.not_found"
handler500 = "thongsuot.foundation.ui.views.broken"
