"""Take over a department's project list: first what would happen, row by row, then for real."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.imports.columns import ColumnsUnclear
from initiatives.imports.source import SourceUnreadable
from participation.admin.kept_list import keep, kept
from participation.admin.registry import DESK
from participation.forms.listing import ListForm
from participation.imports.columns import NAMES
from participation.imports.workflow import Report, Result
from participation.imports.workflow import take_over as take_over_list

TEMPLATE = "admin/participation/project/list.html"


def take_over(request: HttpRequest, around: dict[str, Any]) -> HttpResponse:
    """Look at a list, or take it over; a list that cannot be read says why.

    Raises:
        PermissionDenied: this person may not.
    """
    if not request.user.has_perm("participation.import_projects"):
        raise PermissionDenied
    form = ListForm(
        request.POST or None, request.FILES or None, user=request.user, kept_list=partial(kept, user=request.user)
    )
    report = None
    if form.is_bound and form.is_valid():
        try:
            report = _run(request, form)
        except (SourceUnreadable, ColumnsUnclear) as problem:
            form.add_error("list", str(problem))
    if report is not None and not report.dry_run:
        messages.success(request, _told(report))
        return HttpResponseRedirect(DESK.list_url(request))
    if report is not None:
        # The hidden field of the page that comes now, not of the one that was sent.
        answers = request.POST.copy()
        answers["kept"] = keep(form.cleaned_data["list"], request.user)
        form.data = answers
    values = {**around, "title": _("Lijst overnemen"), "form": form, "report": report, "columns": NAMES.values()}
    return TemplateResponse(request, TEMPLATE, values)


def _run(request: HttpRequest, form: ListForm) -> Report:
    given = form.cleaned_data
    with tempfile.NamedTemporaryFile(suffix=Path(given["list"].name).suffix) as kept:
        for piece in given["list"].chunks():
            kept.write(piece)
        kept.flush()
        return take_over_list(
            Path(kept.name),
            list_name=given["name"],
            by=request.user,
            department=given["department"],
            dry_run="_take" not in request.POST,
        )


def _told(report: Report) -> str:
    return _(
        "Overgenomen: %(new)d nieuw, %(changed)d gewijzigd, %(same)d ongewijzigd, %(refused)d niet overgenomen."
    ) % {
        "new": report.count(Result.NEW),
        "changed": report.count(Result.CHANGED),
        "same": report.count(Result.SAME),
        "refused": report.count(Result.REFUSED),
    }
