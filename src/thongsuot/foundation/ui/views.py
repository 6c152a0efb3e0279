"""Choosing look, language and post, the list of keys, the style page, and the error answers."""

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui import gallery
from thongsuot.foundation.ui.errors import (
    bare_page,
    error_json,
    error_page,
    own_address,
    wants_json,
)
from thongsuot.foundation.ui.looks import COOKIE, YEAR, Look
from thongsuot.foundation.ui.outage import status_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

HAT = "hat"  # the session key of the post acted in: an appointment's id


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep the look in a cookie and go back to where the person was."""
    response = HttpResponseRedirect(_back(request))
    look = request.POST.get("look", "")
    if look in set(Look):
        response.set_cookie(
            COOKIE, look, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back to where the person was."""
    response = HttpResponseRedirect(_back(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Act in another of the person's own posts from now on; the trail names it with every act.

    Raises Refused (403) for a post that the person does not hold today.
    """
    actor = getattr(request, "actor", None)
    held = {str(h.appointment): h for h in actor.hats} if isinstance(actor, Actor) else {}
    hat = held.get(request.POST.get("post", ""))
    if hat is None:
        raise Refused.forbidden(Problem("ui.post-not-held"))
    request.session[HAT] = hat.appointment
    return HttpResponseRedirect(_back(request))


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Every key the pages listen to, as a page of its own."""
    return render(request, "ui/keys.html")


@require_GET
def style_page(request: HttpRequest) -> HttpResponse:
    """Every part in every state; only where the system is being shown or built."""
    _only_where_shown()
    return render(request, "ui/style.html", gallery.context(request))


@require_GET
def style_scene(request: HttpRequest, name: str) -> HttpResponse:
    """A whole sample page, to see the parts beside each other."""
    _only_where_shown()
    if name not in gallery.SCENES:
        raise Http404
    template, context = gallery.scene(request, name)
    return render(request, template, dict(context))


def _only_where_shown() -> None:
    if not (settings.DEBUG or settings.DEMO or settings.TESTING):
        raise Http404


def _back(request: HttpRequest) -> str:
    """Where the person was, if that is on this server; else the first page."""
    asked = request.POST.get("next", "") or request.headers.get("Referer", "")
    return own_address(request, asked) or "/"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, for ``handler400``."""
    return bare_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, for ``handler403``."""
    return error_json(403) if wants_json(request) else error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for ``handler404``."""
    return error_json(404) if wants_json(request) else error_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, for ``handler500``; 507 or 503 where the disk is full or the database away."""
    return bare_page(request, status_of(sys.exc_info()[1]))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose secret was stale, for ``CSRF_FAILURE_VIEW``: the text typed is kept."""
    if wants_json(request):
        return error_json(403)
    return HttpResponse(render_to_string("403_csrf.html", {}), status=403)
