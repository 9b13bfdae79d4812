"""The list of projects that may be exported, with the check of the phase they are in."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from participation.enums import (
    BudgetBand,
    CheckStatus,
    DecidingBody,
    Level,
    Outcome,
    PhaseKind,
    ProjectKind,
    ProjectStatus,
)
from participation.models import ParticipationCheck, Project
from participation.querysets import ProjectQuerySet
from participation.worklist import with_checks
from shared.accounts.models import User
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from shared.wijken.models import Wijk

T = gettext_lazy
FILTERS = ("afdeling", "status", "fase", "soort")


def read_filters(query: QueryDict) -> Filters:
    """Department, status, phase and kind."""
    given = {name: query.get(name, "").strip() for name in FILTERS}
    return {name: value for name, value in given.items() if value}


def exportable(user: User, filters: Filters) -> ProjectQuerySet:
    """Every project that this person may see, newest first."""
    projects = with_checks(Project.objects.visible_to(user))
    names = {"afdeling": "department", "status": "status", "fase": "phase", "soort": "kind"}
    for name, value in filters.items():
        if name == "afdeling" and not value.isdecimal():
            return projects.none()
        projects = projects.filter(**{names[name]: value})
    return projects.order_by("-registered_at", "-pk")


def may_export(user: User) -> bool:
    """Staff whose role carries the permission."""
    return user.has_perm("participation.export_projects")


def personal_scope(user: User) -> Q | None:
    """The register holds the names of colleagues at work, and nothing of residents."""
    return Q()


def _newest(name: str) -> Subquery:
    checks = ParticipationCheck.objects.filter(project=OuterRef("pk")).exclude(status=CheckStatus.LAPSED)
    return Subquery(checks.order_by("-number").values(name)[:1])


def _wijken() -> Coalesce:
    names = Wijk.objects.filter(projects=OuterRef("pk")).order_by().values("projects")
    joined = names.annotate(names=StringAgg("short_name", ", ", order_by="short_name")).values("names")
    return Coalesce(Subquery(joined), Value(""), output_field=TextField())


PROJECTS = registry.register(
    Report(
        name="projecten",
        title=T("Projecten"),
        model=Project,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=personal_scope,
        columns=(
            Column("reference", T("Nummer")),
            Column("title", T("Titel")),
            Column("summary", T("Samenvatting")),
            Column("kind", T("Soort"), labels=dict(ProjectKind.choices)),
            Column("status", T("Status"), labels=dict(ProjectStatus.choices)),
            Column("phase", T("Fase"), labels=dict(PhaseKind.choices)),
            Column("department", T("Afdeling"), "department__name"),
            Column("lead", T("Projectleider"), "lead__name"),
            Column("alderman", T("Portefeuillehouder"), "alderman__name"),
            Column("deciding_body", T("Wie beslist"), labels=dict(DecidingBody.choices)),
            Column("budget_band", T("Budget"), labels=dict(BudgetBand.choices)),
            Column("wijken", T("Wijken"), _wijken(), covers=("wijken",)),
            Column("place", T("Plek")),
            Column("started_on", T("Begonnen op"), kind=Kind.DATE),
            Column("check_due_on", T("Check uiterlijk"), kind=Kind.DATE),
            Column("check_status", T("Check"), labels=dict(CheckStatus.choices)),
            Column("outcome", T("Uitkomst"), _newest("outcome"), labels=dict(Outcome.choices)),
            Column("level", T("Niveau"), _newest("level"), labels=dict(Level.choices)),
            Column("signed_on", T("Vastgesteld op"), _newest("signed_on"), kind=Kind.DATE),
            Column("decided_on", T("Besluit op"), kind=Kind.DATE),
            Column("decision_reference", T("Kenmerk van het besluit")),
            Column("evaluation_due_on", T("Evaluatie uiterlijk"), kind=Kind.DATE),
            Column("evaluated_on", T("Geëvalueerd op"), kind=Kind.DATE),
            Column("published_at", T("Op de website sinds"), kind=Kind.DATETIME),
            Column("registered_at", T("Aangemeld op"), kind=Kind.DATETIME),
            Column("ended_on", T("Einde"), kind=Kind.DATE),
            Column("end_reason", T("Waarom gestopt")),
        ),
        not_exported={
            "id": "the reference says which project it is",
            "version": "guards two people acting at once",
            "buurten": "the wijken say where",
            "themes": "a list of its own would be needed",
            "latitude": "the place says where",
            "longitude": "the place says where",
            "contact_name": "stands on the website",
            "contact_phone": "stands on the website",
            "contact_email": "stands on the website",
            "registered_by": "stands in the trail",
            "source": "where a list came from",
            "source_id": "where a list came from",
        },
    )
)
