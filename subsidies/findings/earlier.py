"""What earlier cases around the same plan and the same people show: always a question to look into."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from subsidies.enums import AWARDED, UNDECIDED, AreaKind, Status
from subsidies.findings.finding import Finding, Level
from subsidies.findings.related import MOST_EARLIER, listed, related, same_address, same_person, same_text
from subsidies.findings.years import years
from subsidies.models import Application, BankAccount

# What came to nothing takes nobody's place.
NOT_COUNTED = (Status.WITHDRAWN, Status.NOT_PROCESSED, Status.REFUSED)


def earlier(application: Application) -> Iterator[Finding]:
    """Earlier cases around the same plan and the same people, read in two queries."""
    others = list(related(application).select_related("scheme")[: MOST_EARLIER * 3])
    accounts = _accounts_elsewhere(application)
    yield from _same_initiative(application, others)
    yield from _same_year(application, others)
    yield from _same_area(application)
    yield from years(application, others)
    yield from _refused_before(application, others)
    awarded = [other for other in others if other.status in (*AWARDED, Status.CLOSED) and other.granted_amount]
    for words, found in (
        (_("hetzelfde e-mailadres"), [o for o in awarded if same_text(o.email, application.email)]),
        (_("dezelfde naam"), [o for o in awarded if same_text(o.name, application.name)]),
        (_("hetzelfde adres"), [o for o in awarded if same_address(o, application)]),
        (_("hetzelfde rekeningnummer"), accounts),
    ):
        if found:
            text = _("Eerder toegekend met %(what)s: %(cases)s. Is dit een andere activiteit?")
            yield Finding(_("Eerdere bijdragen"), text % {"what": words, "cases": listed(found)}, Level.QUESTION)


def _same_initiative(application: Application, related: list[Application]) -> Iterator[Finding]:
    if not application.initiative_id:
        return
    subject = _("Eén keer per initiatief")
    same = [o for o in related if o.initiative_id == application.initiative_id and o.scheme_id == application.scheme_id]
    awarded = [o for o in same if o.status in (*AWARDED, Status.CLOSED) and o.granted_amount]
    running = [o for o in same if o.status in UNDECIDED]
    once = application.scheme_version.once_per_initiative
    if awarded and once:
        text = _("Voor dit initiatief is al toegekend: %(cases)s.") % {"cases": listed(awarded)}
        yield Finding(subject, text, Level.AGAINST)
    elif running:
        text = _("Voor dit initiatief loopt ook %(cases)s.") % {"cases": listed(running)}
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
        and other.status not in NOT_COUNTED
        and same_person(other, application)
    ]
    words = ngettext("%(n)d aanvraag dit jaar", "%(n)d aanvragen dit jaar", len(counted) + 1) % {"n": len(counted) + 1}
    text = _("%(words)s van deze aanvrager; de regeling staat %(most)d toe.") % {"words": words, "most": most}
    yield Finding(_("Aanvragen per jaar"), text, Level.AGAINST if len(counted) >= most else Level.FINE)


def _same_area(application: Application) -> Iterator[Finding]:
    """As many in one area in a year as the scheme allows, by the day of receipt."""
    rules = application.scheme_version
    most, subject = rules.per_year_per_area, _("Aanvragen per gebied")
    if most is None:
        return
    area = application.buurt if rules.area == AreaKind.BUURT else application.wijk
    if area is None:
        yield Finding(subject, _("De buurt is niet ingevuld. Kies die, dan tellen wij."), Level.QUESTION)
        return
    there = {"buurt": application.buurt} if rules.area == AreaKind.BUURT else {"wijk": application.wijk}
    others = Application.objects.exclude(pk=application.pk).filter(
        **there, scheme=application.scheme_id, received_on__year=application.received_on.year
    )
    number = others.exclude(status__in=NOT_COUNTED).count()
    words = ngettext("%(n)d andere aanvraag", "%(n)d andere aanvragen", number) % {"n": number}
    text = _("%(words)s dit jaar in %(area)s; de regeling staat er %(most)d toe.")
    level = Level.AGAINST if number >= most else Level.FINE
    yield Finding(subject, text % {"words": words, "area": area, "most": most}, level)


def _refused_before(application: Application, related: list[Application]) -> Iterator[Finding]:
    refused = [
        other
        for other in related
        if other.status == Status.REFUSED
        and (
            other.pk == application.previous_id
            or (other.initiative_id and other.initiative_id == application.initiative_id)
            or (same_person(other, application) and same_text(other.title, application.title))
        )
    ]
    if refused:
        text = _("Eerder geweigerd: %(cases)s. Zonder nieuwe feiten kunt u daarnaar verwijzen (Awb 4:6).")
        yield Finding(_("Opnieuw aangevraagd"), text % {"cases": listed(refused)}, Level.QUESTION)


def _accounts_elsewhere(application: Application) -> list[Application]:
    """Other cases that were paid on an account of this one."""
    own = BankAccount.objects.filter(application=application).values("iban")
    others = Application.objects.exclude(pk=application.pk).filter(bank_accounts__iban__in=own)
    return list(others.filter(granted_amount__isnull=False).distinct().order_by("-received_on", "-pk")[:MOST_EARLIER])
