"""Joint actions as a list to take along (the wijkagenda as a file), and counted by state, wijk and partner."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, OuterRef, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.actions import ActionStatus
from partners.models import JointAction, Partner
from partners.policies.together import readable_wijken_of
from partners.querysets.actions import JointActionQuerySet
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from shared.reports.tables import Cell, Table
from shared.wijken.models import Wijk

T = gettext_lazy


def read_filters(query: QueryDict) -> Filters:
    """Wijk (slug), year and status."""
    given = {name: query.get(name, "").strip() for name in ("wijk", "jaar", "status")}
    return {name: value for name, value in given.items() if value}


def filtered(actions: JointActionQuerySet, filters: Filters) -> JointActionQuerySet:
    """What the filters leave; one that means nothing leaves nothing."""
    if wijk := filters.get("wijk"):
        actions = actions.filter(wijk__slug=wijk)
    if year := filters.get("jaar"):
        actions = actions.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else actions.none()
    if status := filters.get("status"):
        actions = actions.filter(status=status)
    return actions


def may_export(user: User) -> bool:
    """Who works with them, and the council: that gets what is public."""
    return has_role(user, Role.COUNCIL_STAFF) or readable_wijken_of(user).exists()


def exportable(user: User, filters: Filters) -> JointActionQuerySet:
    """Everything of one's own wijken; for the council what stands in a published wijkagenda."""
    wijken = readable_wijken_of(user)
    actions = JointAction.objects.within(wijken) if wijken.exists() else JointAction.objects.published()
    names = Partner.objects.filter(joint_actions=OuterRef("pk")).order_by()
    joined = names.values("joint_actions").annotate(names=StringAgg("name", ", ", order_by="name")).values("names")
    return (
        filtered(actions, filters)
        .annotate(with_partners=Subquery(joined))
        .order_by("wijk__code", "year", "title", "pk")
    )


JOINT_ACTIONS = registry.register(
    Report(
        name="gezamenlijke-acties",
        title=T("Gezamenlijke acties"),
        model=JointAction,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=lambda user: None,
        columns=(
            Column("wijk_code", T("Wijkcode"), "wijk__code"),
            Column("wijk", T("Wijk"), "wijk__short_name"),
            Column("year", T("Jaar"), kind=Kind.INTEGER),
            Column("title", T("Titel")),
            Column("goal", T("Doel")),
            Column("theme", T("Thema"), "theme__name"),
            Column("status", T("Status"), labels=dict(ActionStatus.choices)),
            Column("partners", T("Wijkpartners"), "with_partners", covers=("partners",)),
            Column("proposed_at", T("Voorgesteld op"), kind=Kind.DATETIME),
            Column("agreed_at", T("Afgesproken op"), kind=Kind.DATETIME),
            Column("due_on", T("Klaar vóór"), kind=Kind.DATE),
            Column("closed_at", T("Gesloten op"), kind=Kind.DATETIME),
            Column("result", T("Resultaat")),
            Column("stop_reason", T("Waarom gestopt")),
            Column("is_public", T("In de openbare wijkagenda"), kind=Kind.BOOLEAN),
        ),
        not_exported={
            "id": "the title is what people know",
            "version": "says nothing outside the portal",
            "owner": "a person",
            "proposed_by": "a person",
        },
    )
)


def tables(filters: Filters) -> list[Table]:
    """By state, per wijk and per partner. These count organisations' work, not persons: nothing is hidden."""
    statuses = list(ActionStatus)
    headings = (_("Acties"), *(str(status.label) for status in statuses))
    counted = filtered(JointAction.objects.all(), filters).order_by()
    by_wijk = dict(
        _cross(counted.values_list("wijk_id", "status").annotate(n=Count("pk")), Wijk.objects.order_by("code"))
    )
    by_partner = dict(
        _cross(
            counted.filter(partners__isnull=False).values_list("partners", "status").annotate(n=Count("pk")),
            Partner.objects.order_by("name"),
        )
    )
    by_status = dict(counted.values_list("status").annotate(n=Count("pk")))
    return [
        Table(
            "acties-status",
            _("Hoe de gezamenlijke acties ervoor staan"),
            (_("Status"), _("Acties")),
            tuple((str(status.label), by_status.get(status, 0)) for status in statuses),
        ),
        Table("acties-per-wijk", _("Gezamenlijke acties per wijk"), (_("Wijk"), *headings), _rows(by_wijk, statuses)),
        Table(
            "acties-per-partner",
            _("Gezamenlijke acties per wijkpartner"),
            (_("Wijkpartner"), *headings),
            _rows(by_partner, statuses),
            note=_("Doen er meer wijkpartners mee, dan telt de actie bij elk van hen."),
        ),
    ]


def _cross(groups, named):  # type: ignore[no-untyped-def]
    counts: dict[int, dict[str, int]] = {}
    for key, status, number in groups:
        counts.setdefault(key, {})[status] = number
    return [(str(each), counts[each.pk]) for each in named.filter(pk__in=counts)]


def _rows(found: dict[str, dict[str, int]], statuses: list[ActionStatus]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (name, sum(counts.values()), *(counts.get(status, 0) for status in statuses)) for name, counts in found.items()
    )
