"""What earlier cases around the same plan and the same people show: always a question to look into."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.ui.notations import euro_text
from subsidies.enums import AWARDED, UNDECIDED, Status
from subsidies.findings.finding import Finding, Level
from subsidies.models import Application, BankAccount
from subsidies.querysets import ApplicationQuerySet

# More cases than this say no more than "many".
MOST_EARLIER = 10


def earlier(application: Application) -> Iterator[Finding]:
    """Earlier cases around the same plan and the same people, read in two queries."""
    related = list(_related(application).select_related("scheme")[: MOST_EARLIER * 3])
    accounts = _accounts_elsewhere(application)
    yield from _same_initiative(application, related)
    yield from _same_year(application, related)
    yield from _refused_before(application, related)
    awarded = [other for other in related if other.status in (*AWARDED, Status.CLOSED) and other.granted_amount]
    for words, others in (
        (_("hetzelfde e-mailadres"), [o for o in awarded if _same_text(o.email, application.email)]),
        (_("dezelfde naam"), [o for o in awarded if _same_text(o.name, application.name)]),
        (_("hetzelfde adres"), [o for o in awarded if _same_address(o, application)]),
        (_("hetzelfde rekeningnummer"), accounts),
    ):
        if others:
            text = _("Eerder toegekend met %(what)s: %(cases)s. Is dit een andere activiteit?")
            yield Finding(_("Eerdere bijdragen"), text % {"what": words, "cases": _listed(others)}, Level.QUESTION)


def _same_initiative(application: Application, related: list[Application]) -> Iterator[Finding]:
    if not application.initiative_id:
        return
    subject = _("Eén keer per initiatief")
    same = [o for o in related if o.initiative_id == application.initiative_id and o.scheme_id == application.scheme_id]
    awarded = [o for o in same if o.status in (*AWARDED, Status.CLOSED) and o.granted_amount]
    running = [o for o in same if o.status in UNDECIDED]
    once = application.scheme_version.once_per_initiative
    if awarded and once:
        text = _("Voor dit initiatief is al toegekend: %(cases)s.") % {"cases": _listed(awarded)}
        yield Finding(subject, text, Level.AGAINST)
    elif running:
        text = _("Voor dit initiatief loopt ook %(cases)s.") % {"cases": _listed(running)}
        yield Finding(subject, text, Level.QUESTION)
    elif once:
        yield Finding(subject, _("Voor dit initiatief is niet eerder toegekend."), Level.FINE)


def _same_year(application: Application, related: list[Application]) -> Iterator[Finding]:
    most = application.scheme_version.per_year_per_applicant
    if most is None:
        return
    counted = [
        other
        for other in related
        if other.scheme_id == application.scheme_id
        and other.received_on.year == application.received_on.year
        and other.status not in (Status.WITHDRAWN, Status.NOT_PROCESSED, Status.REFUSED)
        and _same_person(other, application)
    ]
    words = ngettext("%(n)d aanvraag dit jaar", "%(n)d aanvragen dit jaar", len(counted) + 1) % {"n": len(counted) + 1}
    text = _("%(words)s van deze aanvrager; de regeling staat %(most)d toe.") % {"words": words, "most": most}
    yield Finding(_("Aanvragen per jaar"), text, Level.AGAINST if len(counted) >= most else Level.FINE)


def _refused_before(application: Application, related: list[Application]) -> Iterator[Finding]:
    refused = [
        other
        for other in related
        if other.status == Status.REFUSED
        and (
            other.pk == application.previous_id
            or (other.initiative_id and other.initiative_id == application.initiative_id)
            or (_same_person(other, application) and _same_text(other.title, application.title))
        )
    ]
    if refused:
        text = _("Eerder geweigerd: %(cases)s. Zonder nieuwe feiten kunt u daarnaar verwijzen (Awb 4:6).")
        yield Finding(_("Opnieuw aangevraagd"), text % {"cases": _listed(refused)}, Level.QUESTION)


def _related(application: Application) -> ApplicationQuerySet:
    condition = Q(name__iexact=application.name)
    if application.email:
        condition |= Q(email__iexact=application.email)
    if application.applicant_id:
        condition |= Q(applicant=application.applicant_id)
    if application.postcode and application.house_number:
        condition |= Q(postcode=application.postcode, house_number=application.house_number)
    if application.initiative_id:
        condition |= Q(initiative=application.initiative_id)
    if application.previous_id:
        condition |= Q(pk=application.previous_id)
    return Application.objects.exclude(pk=application.pk).filter(condition).order_by("-received_on", "-pk")


def _accounts_elsewhere(application: Application) -> list[Application]:
    """Other cases that were paid on an account of this one."""
    own = BankAccount.objects.filter(application=application).values("iban")
    others = Application.objects.exclude(pk=application.pk).filter(bank_accounts__iban__in=own)
    return list(others.filter(granted_amount__isnull=False).distinct().order_by("-received_on", "-pk")[:MOST_EARLIER])


def _listed(others: list[Application]) -> str:
    shown = [
        f"{other.reference} ({euro_text(other.granted_amount)})" if other.granted_amount else other.reference
        for other in others[:MOST_EARLIER]
    ]
    return ", ".join(shown)


def _same_person(one: Application, other: Application) -> bool:
    return _same_text(one.email, other.email) or (
        one.applicant_id is not None and one.applicant_id == other.applicant_id
    )


def _same_address(one: Application, other: Application) -> bool:
    return (one.postcode, one.house_number) == (other.postcode, other.house_number) and bool(other.postcode)


def _same_text(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
