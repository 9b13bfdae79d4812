"""Offers, needs and matches: how many, where, by whom, and what came of them."""

from collections import Counter

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from partners.enums.offers import Direction, ListingStatus, MatchStatus, Resource
from partners.models import Listing, Match, Partner
from partners.querysets.offers import ListingQuerySet
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role, wijken_of
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from shared.reports.tables import Table
from shared.wijken.models import Wijk

T = gettext_lazy
# They know each other, whatever came of it.
MET = (MatchStatus.CONTACT, MatchStatus.SUCCEEDED, MatchStatus.FAILED)


def read_filters(query: QueryDict) -> Filters:
    """Wijk (slug) and year."""
    given = {name: query.get(name, "").strip() for name in ("wijk", "jaar")}
    return {name: value for name, value in given.items() if value}


def may_export(user: User) -> bool:
    """Who works with them, and the council: that gets what is on the website."""
    return has_role(user, Role.COUNCIL_STAFF) or wijken_of(user).exists()


def exportable(user: User, filters: Filters) -> ListingQuerySet:
    """Everything of one's own wijken; for the council what was chosen for the website."""
    wijken = wijken_of(user)
    found = Listing.objects.in_wijken(wijken) if wijken.exists() else Listing.objects.filter(published_at__isnull=False)
    names = Wijk.objects.filter(listings=OuterRef("pk")).order_by()
    joined = names.values("listings").annotate(names=StringAgg("short_name", ", ", order_by="short_name"))
    chosen_ones = Listing.objects.filter(pk__in=found.filter(chosen(filters)).values("pk"))
    return chosen_ones.annotate(in_wijken=Subquery(joined.values("names"))).order_by("-opened_at", "-pk")


LISTINGS = registry.register(
    Report(
        name="aanbod-en-vragen",
        title=T("Aanbod en vragen"),
        model=Listing,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=lambda user: None,
        columns=(
            Column("direction", T("Aanbod of vraag"), labels=dict(Direction.choices)),
            Column("kind", T("Soort hulp"), labels=dict(Resource.choices)),
            Column("title", T("In één zin")),
            Column("what", T("Toelichting")),
            Column("amount", T("Hoeveel?")),
            Column("theme", T("Thema"), "theme__name"),
            Column("wijken", T("Wijken"), "in_wijken"),
            Column("buurt", T("Buurt"), "buurt__name"),
            Column("partner", T("Wijkpartner"), "partner__name"),
            Column("department", T("Afdeling"), "department__name"),
            Column("initiative", T("Initiatief"), "initiative__reference"),
            Column("status", T("Status"), labels=dict(ListingStatus.choices)),
            Column("starts_on", T("Vanaf"), kind=Kind.DATE),
            Column("ends_on", T("Tot en met"), kind=Kind.DATE),
            Column("repeats", T("Kan vaker"), kind=Kind.BOOLEAN),
            Column("opened_at", T("Op de lijst gezet"), kind=Kind.DATETIME),
            Column("closed_at", T("Gesloten op"), kind=Kind.DATETIME),
            Column("published_at", T("Op de website sinds"), kind=Kind.DATETIME),
        ),
        not_exported={
            "id": "the title is what people know",
            "version": "says nothing outside the portal",
            "place": "may be somebody's street",
            "weekdays": "of use while it is open only",
            "parts": "of use while it is open only",
            "conditions": "of use while it is open only",
            "may_be_public": "what was published says enough",
            "contact": "a person",
            "created_by": "a person",
        },
    )
)


def tables(filters: Filters) -> list[Table]:
    """By kind, wijk, partner and state. These count organisations' work, not persons: nothing is hidden."""
    return [_kinds(filters), _wijken(filters), _partners(filters), _states(filters), _results(filters)]


def chosen(filters: Filters, *, prefix: str = "", day: str = "opened_at") -> Q:
    """The filters as a condition on listings; `prefix` leads to the listing, `day` is the moment that counts."""
    condition = Q()
    if wijk := filters.get("wijk"):
        condition &= Q(**{f"{prefix}wijken__slug": wijk})
    if year := filters.get("jaar"):
        is_year = year.isdecimal() and len(year) == len("2026") and int(year) > 0
        condition &= Q(**{f"{day}__year": int(year)}) if is_year else Q(pk__in=())
    return condition


def _matches(filters: Filters) -> Q:
    return chosen(filters, prefix="need__", day="proposed_at")


def _kinds(filters: Filters) -> Table:
    counts = _counted(Listing.objects.filter(chosen(filters)), "kind")
    met = _met(filters, "need__kind")
    rows = [
        (str(kind.label), counts[kind, Direction.OFFER], counts[kind, Direction.NEED], met[kind]) for kind in Resource
    ]
    return Table("aanbod-soorten", _("Aanbod en vragen per soort hulp"), _headings(_("Soort hulp")), tuple(rows))


def _wijken(filters: Filters) -> Table:
    counts = _counted(Listing.objects.filter(chosen(filters)), "wijken")
    met = _met(filters, "need__wijken")
    names = Wijk.objects.order_by("code").values_list("pk", "short_name")
    rows = [
        (name, counts[key, Direction.OFFER], counts[key, Direction.NEED], met[key])
        for key, name in names
        if not filters.get("wijk") or counts[key, Direction.OFFER] or counts[key, Direction.NEED]
    ]
    note = _("Een aanbod voor meer wijken telt in elke wijk mee.")
    return Table("aanbod-wijken", _("Aanbod en vragen per wijk"), _headings(_("Wijk")), tuple(rows), note)


def _partners(filters: Filters) -> Table:
    counts = _counted(Listing.objects.filter(chosen(filters), partner__isnull=False), "partner")
    met = _met(filters, "offer__partner")
    names = Partner.objects.order_by("name").values_list("pk", "name")
    rows = [
        (name, counts[key, Direction.OFFER], counts[key, Direction.NEED], met[key])
        for key, name in names
        if counts[key, Direction.OFFER] or counts[key, Direction.NEED]
    ]
    return Table("aanbod-partners", _("Aanbod en vragen per wijkpartner"), _headings(_("Wijkpartner")), tuple(rows))


def _states(filters: Filters) -> Table:
    counts = _counted(Listing.objects.filter(chosen(filters)), "status")
    rows = [
        (str(status.label), counts[status, Direction.OFFER], counts[status, Direction.NEED]) for status in ListingStatus
    ]
    headings = (_("Status"), _("Aanbod"), pgettext("what somebody needs", "Vragen"))
    return Table("aanbod-status", _("Hoe het aanbod en de vragen ervoor staan"), headings, tuple(rows))


def _results(filters: Filters) -> Table:
    found = Match.objects.filter(_matches(filters)).order_by().values_list("status")
    counts = Counter(dict(found.annotate(number=Count("pk", distinct=True))))
    rows = [(str(status.label), counts[status]) for status in MatchStatus]
    return Table("matches", _("Matches"), (_("Status"), _("Matches")), tuple(rows))


def _headings(first: str) -> tuple[str, ...]:
    return (first, _("Aanbod"), pgettext("what somebody needs", "Vragen"), _("In contact gebracht"))


def _counted(listings: ListingQuerySet, column: str) -> Counter[tuple[object, str]]:
    rows = listings.order_by().values_list(column, "direction").annotate(number=Count("pk", distinct=True))
    return Counter({(key, direction): number for key, direction, number in rows})


def _met(filters: Filters, column: str) -> Counter[object]:
    rows = Match.objects.filter(_matches(filters), status__in=MET).order_by().values_list(column)
    return Counter(dict(rows.annotate(number=Count("pk", distinct=True))))
