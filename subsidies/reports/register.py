"""The public register of grants: who gets public money, and for what. Residents have no name in it; foundations do."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Max, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared.reports.csv_file import neutral
from subsidies.enums import ApplicantKind, Outcome, Status
from subsidies.models import Application

GRANTS = (Outcome.GRANT, Outcome.GRANT_PARTLY, Outcome.OBJECTION, Outcome.SETTLE, Outcome.SETTLE_LOWER)

# Each column with what it means: the data dictionary. The names are English, as handbooks for open data ask.
COLUMNS: dict[str, str | Promise] = {
    "scheme_code": _("Korte naam van de regeling."),
    "case_number": _("Nummer van de aanvraag."),
    "year_granted": _("Jaar van het besluit om geld te geven."),
    "district_code": _("CBS-code van de wijk."),
    "neighbourhood_code": _("CBS-code van de buurt, als die bekend is."),
    "theme": _("Thema van de activiteit."),
    "applicant_type": _("Wie kreeg het: resident (inwoner), group (groep inwoners) of legal_person (rechtspersoon)."),
    "applicant_name": _("Naam van de rechtspersoon. Bij inwoners staat er “bewoner(s)”."),
    "title": _("Naam van de activiteit. Bij inwoners alleen als hun plan al op deze website staat."),
    "asked_eur": _("Gevraagd bedrag in euro’s."),
    "granted_eur": _("Toegekend bedrag in euro’s."),
    "settled_eur": _("Vastgesteld bedrag in euro’s; leeg zolang dat nog moet."),
    "decision": _("Stand: granted (verleend), settled (vastgesteld) of withdrawn (ingetrokken)."),
    "decision_date": _("Dag waarop het besluit om geld te geven is verstuurd."),
    "changed_date": _("Dag van het laatste besluit over deze subsidie."),
    "activity_date": _("Eerste dag van de activiteit, als die bekend is."),
    "withdrawn": _("true als de subsidie is ingetrokken, anders false."),
}


def as_csv() -> str:
    """The whole register, newest decision first: UTF-8, commas, decimal points, dates as 2026-11-23."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows():
        writer.writerow([neutral(cell) for cell in row])
    return text.getvalue()


def rows() -> Iterator[list[str]]:
    """One query, in the order of `COLUMNS`."""
    given = (
        Application.objects.filter(granted_amount__gt=0, decided_at__isnull=False)
        .annotate(
            told_on=Min("decisions__notified_on", filter=Q(decisions__outcome__in=GRANTS)),
            changed_on=Max("decisions__notified_on"),
        )
        .filter(told_on__isnull=False)
        .select_related("scheme", "wijk", "buurt", "theme", "initiative")
        .order_by("-told_on", "-pk")
    )
    for case in given:
        yield _row(case)


def _row(case: Application) -> list[str]:
    is_legal_person = case.applicant_kind == ApplicantKind.LEGAL_PERSON
    withdrawn = case.status == Status.REVOKED or case.retention_class.endswith("8.3")
    settled = case.settled_amount is not None and not withdrawn
    known = vars(case)
    return [
        case.scheme.code,
        case.reference,
        str(known["told_on"].year),
        case.wijk.code,
        case.buurt.code if case.buurt else "",
        case.theme.name if case.theme else "",
        case.applicant_kind,
        case.organisation if is_legal_person else "bewoner(s)",
        case.title if is_legal_person else _public_title(case),
        _amount(case.asked_amount),
        _amount(case.granted_amount),
        _amount(case.settled_amount) if settled else "",
        "withdrawn" if withdrawn else "settled" if settled else "granted",
        known["told_on"].isoformat(),
        known["changed_on"].isoformat(),
        case.starts_on.isoformat() if case.starts_on else "",
        "true" if withdrawn else "false",
    ]


def _public_title(case: Application) -> str:
    """The title of the plan as everybody can read it; the applicant's own words can hold a name."""
    plan = case.initiative
    return plan.public_title or plan.title if plan and plan.published_at else ""


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
