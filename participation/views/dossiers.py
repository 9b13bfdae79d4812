"""The file of a project to read: for the council and its staff, who do no work on it, and for everybody who does."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ambassadors.enums import ACTION_LABELS as ADVICE
from participation import paper_files
from participation.answers import answered
from participation.forms.dossiers import DossierFilterForm
from participation.legal_basis import Paper
from participation.models import ParticipationCheck, Project
from participation.moments.models import Moment
from participation.motivation_files import KINDS
from participation.policies import READERS, gate_refusal, next_phase
from participation.worklist import check_label, due, with_checks
from shared.accounts.decorators import staff_required
from shared.audit.history import history
from shared.terms.calendar import today
from shared.wijken.models import Wijk

PER_PAGE = 50
# What advisers say among themselves, and who was reminded when, is no part of the account to the council.
INTERNAL = (*ADVICE, "participation.reminded")


@staff_required(*READERS)
@require_safe
def list_dossiers(request: HttpRequest) -> HttpResponse:
    """Every project that this person may read, by words of the title, department and state of the check."""
    form = DossierFilterForm(request.GET)
    found = form.narrow(with_checks(Project.objects.visible_to(request.user)))
    ordered = found.select_related("department").order_by("-registered_at", "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("pagina"))
    rows = [(project, check_label(project.check_status), due(project, today())) for project in page.object_list]
    return render(
        request,
        "participation/dossiers.html",
        {
            "filter": form,
            "page": page,
            "rows": rows,
            "reset_url": reverse("participation:dossiers") if form.chosen else "",
        },
    )


@staff_required(*READERS)
@require_safe
def show_dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """What the register says, each version of the check with its answers and signature, and what happened when.

    Raises:
        Http404: there is none, or it is not theirs to read.
    """
    project = _readable(request, reference)
    following = next_phase(project)
    checks = ParticipationCheck.objects.filter(project=project).order_by("-number")
    return render(
        request,
        "participation/dossier.html",
        {
            "project": project,
            "phases": project.phases.all(),
            "held": gate_refusal(project, following.kind) if project.is_active and following else "",
            "checks": [
                (check, answered(check))
                for check in checks.select_related("phase", "advised_by", "signed_by").prefetch_related(
                    "groups", "planned_moments"
                )
            ],
            "moments": Moment.objects.filter(project=project).select_related("project", "feedback"),
            "history": history(project, leave_out=INTERNAL),
            "papers": [(paper.heading, _files(project, paper)) for paper in Paper] if project.checks.exists() else [],
        },
    )


@staff_required(*READERS)
@require_safe
def take_paper(request: HttpRequest, reference: str, paper: str, extension: str) -> HttpResponse:
    """The paragraph about participation for a council paper, as a file.

    Raises:
        Http404: there is no such project, paper or kind of file, or it is not theirs to read.
    """
    return paper_files.answer(_readable(request, reference), paper, extension, by=request.user)


def _readable(request: HttpRequest, reference: str) -> Project:
    projects = Project.objects.visible_to(request.user).select_related("department", "lead", "alderman")
    found: Project = get_object_or_404(
        projects.prefetch_related("phases", "themes", "buurten", Prefetch("wijken", Wijk.objects.without_geometry())),
        reference=reference,
    )
    return found


def _files(project: Project, paper: Paper) -> list[tuple[str, str]]:
    return [
        (kind.label, reverse("participation:dossier_paper", args=[project.reference, paper.value, kind.extension]))
        for kind in KINDS.values()
    ]
