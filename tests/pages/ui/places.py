"""Pages that refuse and break, for the tests of what is answered then."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, RequestContext, Template
from django.urls import include, path

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui.parts import page_or_part
from thongsuot.rules.kernel.problem import Problem

TWO = [
    Problem("ui.sample-repeated", "TP-2019-0213", {"row": 1198}),
    Problem("ui.sample-late", "HD-00377", {"days": 9}, blocks=False),
]


def refusing(request: HttpRequest, status: int) -> HttpResponse:
    raise Refused(TWO, status)


def breaking(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a mistake of ours")


def forbidding(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def losing(request: HttpRequest) -> HttpResponse:
    raise Http404


def either(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(500), 50).page(2)
    return page_or_part(
        request, "ui/keys.html", "ui/parts/problems.html", {"problems": TWO, "page": page}
    )


def looking_back(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/keys.html", {"as_of": date(2025, 6, 30)})


def drawing(request: HttpRequest) -> HttpResponse:
    source = "{% pager page %}{% as_of_control on %}{% copy_link %}"
    context = {
        "request": request,
        "page": Paginator(range(500), 50).page(2),
        "on": date(2025, 6, 30),
    }
    return HttpResponse(Template(source).render(Context(context)))


BENCH = """{% extends "ui/base.html" %}{% block title %}Sửa{% endblock %}{% block heading %}Sửa{% endblock %}
{% block content %}<form id="bench" method="post" hx-post="/sua/" hx-target="#bench" hx-swap="outerHTML">{% csrf_token %}
<label for="name">Tên</label><input id="name" name="name" value="{{ typed }}"><p>{{ wrong }}</p>
<button class="btn btn-primary">Lưu</button></form>
<button hx-post="/tu-choi/409/" hx-target="#bench">Nhận</button>
<button hx-post="/hong/" hx-target="#bench">Hỏng</button>{% endblock %}"""
PART = '<form id="bench"><input id="name" name="name" value="{{ typed }}"><p>{{ wrong }}</p></form>'


def mending(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    context = {"typed": request.POST.get("name", ""), "wrong": "Tên này đã có." if posted else ""}
    source = PART if posted else BENCH
    drawn = Template(source).render(RequestContext(request, context))
    return HttpResponse(drawn, status=422 if posted else 200)


urlpatterns = [
    path("sua/", mending),
    path("tu-choi/<int:status>/", refusing),
    path("api/v1/tu-choi/<int:status>/", refusing),
    path("hong/", breaking),
    path("cam/", forbidding),
    path("mat/", losing),
    path("hai-duong/", either),
    path("xem-lai/", looking_back),
    path("ve/", drawing),
    path("", include("thongsuot.project.urls")),
]
handler400 = "thongsuot.foundation.ui.views.bad_request"
handler403 = "thongsuot.foundation.ui.views.forbidden"
handler404 = "thongsuot.foundation.ui.views.not_found"
handler500 = "thongsuot.foundation.ui.views.broken"
