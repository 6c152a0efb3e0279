"""Sign-in through the office's own directory (OpenID Connect), when configured."""

from collections.abc import Mapping

from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from thongsuot.foundation.accounts.models import User


class OidcBackend(OIDCAuthenticationBackend):  # type: ignore[misc]  # untyped library
    """The directory says who it is; the account must already exist, and rights stay ours."""

    def filter_users_by_claims(self, claims: Mapping[str, object]) -> QuerySet[User]:
        """Accounts with the confirmed address or the preferred name in the claims."""
        email = str(claims.get("email") or "").strip()
        if email and claims.get("email_verified", True):
            return User.objects.filter(email__iexact=email, is_active=True)
        name = str(claims.get("preferred_username") or "").strip().lower()
        return User.objects.filter(username=name, is_active=True)

    def create_user(self, claims: Mapping[str, object]) -> None:
        """Nobody gets an account by signing in: one person one account, made by an office."""
        return
