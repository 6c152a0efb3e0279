"""The site of an office that signs in through its directory."""

from django.urls import path

from thongsuot.foundation.accounts.directory import Ask, Back
from thongsuot.project.urls import urlpatterns as usual

urlpatterns = [
    path("oidc/callback/", Back.as_view(), name="oidc_authentication_callback"),
    path("oidc/authenticate/", Ask.as_view(), name="oidc_authentication_init"),
    *usual,
]
