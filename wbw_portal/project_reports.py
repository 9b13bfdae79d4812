"""How far the promise about participation is kept: for everybody on the website, for staff and council with files."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.coverage_tables import tables
from participation.models import Project
from participation.reports import PROJECTS
from shared import municipality
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from shared.accounts.policies import roles_of
from shared.reports.enums import FileFormat
from shared.reports.tables import Table
from shared.terms.calendar import today
from shared.ui.page_cache import public_page
from wbw_portal import table_report
from wbw_portal.reports import READERS

DRAWN = {"afdelingen": 5, "uitkomsten": 1, "niveaus": 1}
# Who works on projects reads about them too.
PROJECT_READERS = (*READERS, Role.AMBASSADOR, Role.PROJECT_LEAD)


@public_page
@require_safe
def public_coverage(request: HttpRequest) -> HttpResponse:
    """For residents and the council: in how many projects was looked in time at how people can take part."""
    found = tables(today())
    promised = municipality.current().participation
    return render(
        request,
        "participation/coverage.html",
        {
            "tables": found,
            "charts": list(table_report.drawn_columns(found, DRAWN)),
            "figures": list(_figures(found[0])),
            "promised": promised,
        },
    )


@staff_required(*PROJECT_READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The same tables for staff, with the files and the list of projects."""
    found = tables(today())
    return render(
        request,
        "reports/projects.html",
        {
            "tables": found,
            "charts": list(table_report.drawn_columns(found, DRAWN)),
            "figures": list(_figures(found[0])),
            "formats": [(choice.label, reverse("project_tables", args=[choice.value])) for choice in FileFormat],
            # Who only works on projects may not read the other reports: no way up to them.
            "reads_all": bool(roles_of(request.user) & frozenset(READERS)),
            "report": PROJECTS if PROJECTS.may_export(request.user) else None,
        },
    )


@staff_required(*PROJECT_READERS)
@require_POST
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """The tables as a file; the trail says who took them."""
    return table_report.as_file(
        request, tables(today()), {}, listed=Project, name="participatie", file_format=file_format
    )


def _figures(whole: Table) -> Iterator[dict[str, str]]:
    """The numbers on top; a percentage of nothing is left out."""
    shown = {str(row[0]): row[1] for row in whole.rows}
    for label in (_("Projecten in het register"), _("Voorbij de startnotitie")):
        yield {"label": label, "value": str(shown[label])}
    for label in (_("Check op tijd (%)"), _("Terugkoppeling op tijd (%)"), _("Evaluatie op tijd (%)")):
        if shown[label] is not None:
            yield {"label": label.removesuffix(" (%)"), "value": f"{shown[label]}%"}
