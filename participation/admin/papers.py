"""The paragraph about participation for a council paper: on screen, and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation

from participation.admin.registry import DESK
from participation.legal_basis import Paper
from participation.models import Project
from participation.motivation import document
from participation.motivation_files import KINDS
from participation.paper_files import answer, paper_named
from shared.review.desk import CasePage, keeping


def show(request: HttpRequest, case: Project, around: dict[str, Any], paper: str) -> HttpResponse:
    """The paper as it reads, with the files to take along."""
    chosen = paper_named(paper)
    with translation.override("nl"):
        made = document(case, chosen)
    blocks = [{"kind": type(block).__name__, "block": block} for block in made.blocks]
    files = [
        (kind.label, reverse("admin:participation_project_paper_file", args=[case.pk, chosen.value, kind.extension]))
        for kind in KINDS.values()
    ]
    others = [
        (other.heading, keeping(request, reverse("admin:participation_project_paper", args=[case.pk, other.value])))
        for other in Paper
        if other is not chosen
    ]
    values = {
        **around,
        "title": made.title,
        "case": case,
        "blocks": blocks,
        "files": files,
        "others": others,
        "file_url": DESK.file_url(request, case.pk),
    }
    return TemplateResponse(request, "admin/participation/project/paper.html", values)


def download(request: HttpRequest, case: Project, around: dict[str, Any], paper: str, extension: str) -> HttpResponse:
    """The same as a file."""
    return answer(case, paper, extension, by=request.user)


DESK.add_page(
    CasePage("stuk/<slug:paper>/", "participation_project_paper", show),
    CasePage("stuk/<slug:paper>/<slug:extension>/", "participation_project_paper_file", download),
)
