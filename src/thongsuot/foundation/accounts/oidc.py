"""Sign-in through the office's own directory (OpenID Connect), when configured."""

from collections.abc import Mapping

from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from thongsuot.foundation.accounts.models import User


class OidcBackend(OIDCAuthenticationBackend):  # type: ignore[misc]  # untyped library
    """The directory says who it is; the account must already exist, and rights stay ours."""

    def filter_users_by_claims(self, claims: Mapping[str, object]) -> QuerySet[User]:
        """Accounts with the confirmed address; by the preferred name only where no address is told.

        A directory that says nothing about ``email_verified`` is taken to vouch for its addresses.
        """
        email = str(claims.get("email") or "").strip()
        if email:
            confirmed = claims.get("email_verified", True) is True
            found = User.objects.filter(email__iexact=email, is_active=True)
            return found if confirmed else User.objects.none()
        name = str(claims.get("preferred_username") or "").strip().lower()
        return User.objects.filter(username=name, is_active=True)

    def create_user(self, claims: Mapping[str, object]) -> None:
        """Nobody gets an account by signing in: one person one account, made by an office."""
        return
