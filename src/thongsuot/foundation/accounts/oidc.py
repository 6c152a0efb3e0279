"""Sign-in through the office's own directory (OpenID Connect), when configured."""

from collections.abc import Mapping

from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from thongsuot.foundation.accounts.models import User

AUTH_TIME = "oidc_auth_time"  # in the session: when the directory last asked for the password


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

    def get_or_create_user(
        self, access_token: str, id_token: str, payload: Mapping[str, object]
    ) -> User | None:
        """Keep when the directory says the person proved who they are; then find the account."""
        self.request.session[AUTH_TIME] = payload.get("auth_time")
        found: User | None = super().get_or_create_user(access_token, id_token, payload)
        return found

    def create_user(self, claims: Mapping[str, object]) -> None:
        """Nobody gets an account by signing in: one person one account, made by an office."""
        return
