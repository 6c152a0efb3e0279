"""Going to the office's directory and coming back: to sign in, and to confirm before signing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)

from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.accounts.oidc import AUTH_TIME
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.problem import Problem

AGAIN = "oidc_again"
SKEW = 60  # seconds by which the clock of the directory may differ from ours


class Ask(OIDCAuthenticationRequestView):  # type: ignore[misc]  # untyped library
    """Off to the directory; with ``?again=1`` it is to ask for the password even if it knows you."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Remember who asked and when, so that the answer can be held against it."""
        request.session.pop(AGAIN, None)
        if request.GET.get("again") and request.user.is_authenticated:
            request.session[AGAIN] = [request.user.pk, int(timezone.now().timestamp())]
        answer: HttpResponse = super().get(request)
        return answer

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """What OpenID Connect Core 3.1.2.1 has for asking again."""
        return {"prompt": "login", "max_age": "0"} if AGAIN in request.session else {}


class Back(OIDCAuthenticationCallbackView):  # type: ignore[misc]  # untyped library
    """Back from the directory."""

    user: Any

    def login_failure(self) -> HttpResponse:
        """Back at the door with what to do: no account here has that address."""
        messages.error(self.request, say(Problem("accounts.directory-unknown")))
        return redirect("accounts:sign-in")

    def login_success(self) -> HttpResponse:
        """In; or, for who came to confirm, on to the signing, if it was the same person just now."""
        again = self.request.session.pop(AGAIN, None)
        proved = self.request.session.pop(AUTH_TIME, None)
        if again is None:
            entered: HttpResponse = super().login_success()
            return entered
        who, asked = again
        same = self.request.user.is_authenticated and self.user.pk == self.request.user.pk == who
        if not (same and isinstance(proved, int) and proved >= asked - SKEW):
            messages.error(self.request, say(Problem("accounts.confirm-directory")))
            to = urlencode({"next": self.request.session.get("oidc_login_next") or "/"})
            return redirect(f"{reverse('accounts:confirm')}?{to}")
        reauth.confirm(self.request, timezone.now())
        return HttpResponseRedirect(self.success_url)
