"""The programme's tables for staff and council: the list that may be exported, and the totals."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Case, Count, Q, Value, When
from django.db.models.functions import Coalesce, NullIf, TruncDate, TruncMonth
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel, HelpKind, Status
from initiatives.models import Initiative
from initiatives.policies import may_export_personal_data
from initiatives.querysets import InitiativeQuerySet
from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from shared.reports.periods import Period
from shared.terms import legal_days

# What was never a plan: not confirmed, not looked at yet, or unwanted.
NOT_COUNTED = (Status.UNCONFIRMED, Status.SCREENING, Status.SPAM)

WITHIN_PROMISE = Case(
    When(answered_at__isnull=True, then=None),
    When(respond_by__isnull=True, then=None),
    When(respond_by__gte=TruncDate("answered_at"), then=Value(True)),
    default=Value(False),
)


def read_filters(query: QueryDict) -> Filters:
    """The filters that the screens share: wijk and thema (slugs), status, periode and zoek."""
    given = {name: query.get(name, "").strip() for name in ("wijk", "thema", "status", "periode", "zoek")}
    return {name: value for name, value in given.items() if value}


def filtered(initiatives: InitiativeQuerySet, filters: Filters) -> InitiativeQuerySet:
    """The initiatives that the filters leave; a filter that means nothing leaves none, never more than was meant."""
    if wijk := filters.get("wijk"):
        initiatives = initiatives.filter(wijk__slug=wijk)
    if theme := filters.get("thema"):
        initiatives = initiatives.filter(theme__slug=theme)
    if status := filters.get("status"):
        initiatives = initiatives.filter(status=status)
    if name := filters.get("periode"):
        period = Period.named(name)
        initiatives = initiatives.filter(received_at__range=period.moments) if period else initiatives.none()
    if words := filters.get("zoek"):
        initiatives = initiatives.filter(Q(title__icontains=words) | Q(public_title__icontains=words))
    return initiatives


def may_export(user: User) -> bool:
    """Staff whose role carries the permission."""
    return user.has_perm("initiatives.export_initiatives")


def exportable(user: User, filters: Filters) -> InitiativeQuerySet:
    """What this person may read: reviewers all plans, others what is on the website; newest first."""
    initiatives = Initiative.objects.all()
    if not user.has_perm("initiatives.review_initiative"):
        initiatives = initiatives.published()
    return filtered(initiatives, filters).order_by("-submitted_at", "-pk")


def personal_scope(user: User) -> Q | None:
    """Personal data and unpublished words only of plans that this person reviews."""
    if not may_export_personal_data(user):
        return None
    return Q(wijk__in=wijken_of(user)) | Q(owner=user)


T = gettext_lazy
INITIATIVES = registry.register(
    Report(
        name="initiatieven",
        title=T("Initiatieven"),
        model=Initiative,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=personal_scope,
        columns=(
            Column("reference", T("Nummer")),
            Column(
                "title",
                T("Titel"),
                Coalesce(NullIf("public_title", Value("")), "title"),
                covers=("title", "public_title"),
            ),
            Column("status", T("Status"), labels=dict(Status.choices)),
            Column("wijk_code", T("Wijkcode"), "wijk__code"),
            Column("wijk", T("Wijk"), "wijk__short_name"),
            Column("buurt", T("Buurt"), "buurt__name"),
            Column("theme", T("Thema"), "theme__name"),
            Column("place", T("Straat of plek")),
            Column("amount", T("Bedrag"), kind=Kind.EURO),
            Column("help_wanted", T("Gevraagde hulp"), labels=dict(HelpKind.choices)),
            Column("planned_on", T("Wanneer"), kind=Kind.DATE),
            Column("channel", T("Binnengekomen via"), labels=dict(Channel.choices)),
            Column("submitted_at", T("Verstuurd op"), kind=Kind.DATETIME),
            Column("received_at", T("Ontvangen op"), kind=Kind.DATETIME),
            Column("respond_by", T("Antwoord beloofd vóór"), kind=Kind.DATE),
            Column("answered_at", T("Eerste antwoord op"), kind=Kind.DATETIME),
            Column("within_promise", T("Op tijd beantwoord"), WITHIN_PROMISE, Kind.BOOLEAN),
            Column("closed_at", T("Gesloten op"), kind=Kind.DATETIME),
            Column("next_step", T("Volgende stap")),
            Column("next_step_on", T("Datum volgende stap"), kind=Kind.DATE),
            Column("result", T("Resultaat")),
            Column("merged_into", T("Samengevoegd met"), "merged_into__reference"),
            Column("published_at", T("Op de website sinds"), kind=Kind.DATETIME),
            Column("public_text", T("Tekst op de website")),
            Column("joiners_count", T("Doen mee"), kind=Kind.INTEGER),
            Column("supporters_count", T("Steunen dit"), kind=Kind.INTEGER),
            Column("source", T("Overgenomen uit")),
            Column("source_id", T("Nummer in die lijst")),
            Column("what", T("Wat wil de indiener doen"), personal=True),
            Column("benefit", T("Voor wie en wat wordt er beter"), personal=True),
            Column("who_joins", T("Wie doet er mee"), personal=True),
            Column("answer", T("Antwoord aan de indiener"), personal=True),
            Column("name", T("Naam indiener"), personal=True),
            Column("email", T("E-mailadres"), personal=True),
            Column("phone", T("Telefoonnummer"), personal=True),
            Column("postal_address", T("Postadres"), personal=True),
            Column("postcode", T("Postcode"), personal=True),
            Column("house_number", T("Huisnummer"), personal=True),
            Column("shows_first_name", T("Voornaam mag op de website"), kind=Kind.BOOLEAN, personal=True),
            Column("language", T("Taal van de indiener"), personal=True),
            Column("owner", T("Behandelaar"), "owner__name", personal=True),
            Column("entered_by", T("Ingevoerd door"), "entered_by__name", personal=True),
            Column("screening_reason", T("Waarom eerst bekeken"), personal=True),
        ),
        not_exported={
            "id": "the reference is what people know",
            "version": "says nothing outside the portal",
            "initiator": "the same person as name and e-mail address",
            "cover": "a file",
            "search": "derived",
            "search_text": "derived",
            "confirmation_reminded_at": "in the trail",
            "answer_reminded_at": "in the trail",
            "escalated_at": "in the trail",
            "question_reminded_at": "in the trail",
            "unread_since": "ends when somebody reads the message",
        },
    )
)


@dataclass(frozen=True)
class Totals:
    """How many initiatives there are, by what they have in common."""

    total: int
    by_wijk: Counter[int]
    by_theme: Counter[int]
    by_status: Counter[str]
    by_month: Counter[date]


def totals(filters: Filters) -> Totals:
    """Count in one query; the groups are added up per dimension here."""
    month = TruncMonth("received_at")
    counted = filtered(Initiative.objects.exclude(status__in=NOT_COUNTED), filters)
    groups = counted.order_by().values_list("wijk_id", "theme_id", "status", month).annotate(number=Count("pk"))
    counters: tuple[Counter[Any], ...] = (Counter(), Counter(), Counter(), Counter())
    total = 0
    for *keys, number in groups:
        total += number
        for counter, key in zip(counters, keys, strict=True):
            counter[timezone.localdate(key) if hasattr(key, "hour") else key] += number
    return Totals(total, *counters)


@dataclass(frozen=True)
class AnswerTimes:
    """How fast the first answers came, in working days; nothing when there were none."""

    answered: int
    median_days: float | None
    due: int
    kept: int

    @property
    def kept_percentage(self) -> int | None:
        """How many of the promises that are due were kept."""
        return round(100 * self.kept / self.due) if self.due else None


def answer_times(filters: Filters, today: date) -> AnswerTimes:
    """Over plans of which a promise was made; lists that were taken over tell nothing about that."""
    promised = filtered(Initiative.objects.filter(respond_by__isnull=False, received_at__isnull=False), filters)
    days = (
        promised.exclude(status=Status.SPAM)
        .order_by()
        .annotate(received_on=TruncDate("received_at"), answered_on=TruncDate("answered_at"))
    )
    groups = days.values_list("received_on", "answered_on", "respond_by").annotate(number=Count("pk"))
    calendar = legal_days.calendar()
    waits: list[int] = []
    due = kept = 0
    for received_on, answered_on, respond_by, number in groups:
        if answered_on:
            waits += [calendar.working_days_between(received_on, answered_on)] * number
        if answered_on or respond_by < today:
            due += number
            kept += number if answered_on and answered_on <= respond_by else 0
    return AnswerTimes(len(waits), median(waits) if waits else None, due, kept)
