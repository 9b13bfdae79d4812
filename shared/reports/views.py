"""Ask for an export, see how far it is, fetch the file."""

from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from shared.accounts.decorators import staff_required
from shared.reports import registry, tasks, workflow
from shared.reports.enums import FileFormat, JobStatus
from shared.reports.models import ExportJob
from shared.reports.workflow import Order


@staff_required()
@require_POST
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Give the report as a file, filtered by the query string; a long workbook is made by the worker."""
    report = registry.find(name)
    if report is None or not report.may_export(request.user):
        raise Http404
    wanted = request.POST.get("format", "")
    file_format = FileFormat(wanted) if wanted in FileFormat.values else FileFormat.CSV
    order = Order(report, request.user, report.read_filters(request.GET), file_format)
    if file_format is FileFormat.CSV:
        return _as_download(StreamingHttpResponse(workflow.stream(order)), order)
    count = order.count()
    if count > workflow.MOST_ROWS_IN_A_REQUEST:
        return _leave_to_worker(order, count)
    return _as_download(_workbook(order, count), order)


@staff_required()
@require_safe
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the file is, and the link to it."""
    return render(request, "reports/job.html", {"job": _own_job(request, pk)})


@staff_required()
@require_safe
def progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """The same in figures, for the script on that page."""
    found = _own_job(request, pk)
    answer = JsonResponse({"status": found.status, "percentage": found.percentage})
    add_never_cache_headers(answer)
    return answer


@staff_required()
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, for who asked for it, as long as they may have it."""
    found = _own_job(request, pk)
    report = registry.find(found.report)
    if found.status != JobStatus.READY or report is None or not report.may_export(request.user):
        raise Http404
    order = Order(report, request.user, found.filters, FileFormat(found.file_format))
    return _as_download(FileResponse(found.file.open("rb")), order)


def _own_job(request: HttpRequest, pk: UUID) -> ExportJob:
    return get_object_or_404(ExportJob.objects.of_owner(request.user), pk=pk, expires_at__gt=timezone.now())


def _leave_to_worker(order: Order, count: int) -> HttpResponse:
    with transaction.atomic():
        made = workflow.start_job(order, count)
        transaction.on_commit(partial(tasks.make_export.delay, str(made.pk)), robust=True)
    return redirect(made)


def _workbook(order: Order, count: int) -> FileResponse:
    # The response closes the file, and closing deletes it.
    made = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    workflow.workbook(order, count, Path(made.name))
    return FileResponse(made)


def _as_download(response: HttpResponse, order: Order) -> HttpResponse:
    name = f"{slugify(str(order.report.title))}-{timezone.localdate():%Y-%m-%d}.{order.file_format}"
    response["Content-Type"] = order.file_format.content_type
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response
