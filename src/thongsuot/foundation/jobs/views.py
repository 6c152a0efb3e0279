"""The pages of long work: what is going on, how far, what next. Only for who asked for it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.jobs import queries, worker
from thongsuot.foundation.ui.parts import page_or_part

PER_PAGE = 30


def _me(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The person's own jobs, newest first."""
    page = Paginator(queries.jobs_of(_me(request)), PER_PAGE).get_page(request.GET.get("trang"))
    at = timezone.now()
    lines = [queries.standing(job, at) for job in page]
    return render(request, "jobs/list.html", {"page": page, "lines": lines})


@require_safe
@never_cache
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: asked again every two seconds by htmx, every five by a browser without script."""
    worker.begin()
    standing = queries.standing(queries.job_of(pk, _me(request)), timezone.now())
    return page_or_part(request, "jobs/one.html", "jobs/parts/standing.html", {"s": standing})


@require_safe
@never_cache
@login_required
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file that the job made."""
    return send(*queries.file_of(queries.job_of(pk, _me(request))))
