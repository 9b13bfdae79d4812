"""Whose word the scheme wants before money is granted: an adviser's, and the department's of the public space."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.models import AdviceRequest
from ambassadors.querysets import AdviceRequestQuerySet
from subsidies.enums import AdviserKind
from subsidies.findings.finding import Finding, Level
from subsidies.models import Application


def advice(application: Application) -> Iterator[Finding]:
    """Whether the adviser of the scheme was asked, and what came of it."""
    rules = application.scheme_version
    if rules.adviser != AdviserKind.NONE:
        words = {"who": adviser_in_words(application)}
        yield _found(_("Advies"), of_adviser(application), words, on_silence=Level.QUESTION)


def public_space(application: Application) -> Iterator[Finding]:
    """Whether it is in the public space, and whether the department that the scheme names agrees."""
    rules, subject = application.scheme_version, _("Openbare ruimte")
    if not rules.public_space_check:
        return
    if application.public_space is False:
        yield Finding(subject, _("De aanvrager zegt: niet op straat, op een plein of in het groen."), Level.FINE)
    elif rules.public_space_department is None or application.public_space is None:
        where = application.place or str(application.buurt or application.wijk)
        text = _("Plek: %(where)s. Is dit openbare ruimte, vraag dan groen of wegen om advies.") % {"where": where}
        yield Finding(subject, text, Level.QUESTION)
    else:
        words = {"who": str(rules.public_space_department)}
        yield _found(subject, of_public_space(application), words, on_silence=Level.QUESTION)


def why_not_yet(application: Application) -> str:
    """What keeps the grant waiting for somebody's word, in one sentence; empty when nothing does.

    An adviser who lets the last day pass holds up no decision (Awb article 3:6(2)); the department of the public space
    has to agree.
    """
    rules = application.scheme_version
    if rules.adviser != AdviserKind.NONE:
        given = of_adviser(application).filter(status__in=[AdviceStatus.ANSWERED, AdviceStatus.UNANSWERED])
        if not given.exists():
            text = _("De regeling vraagt eerst advies van %(who)s. Vraag het, of wacht op het antwoord.")
            return text % {"who": adviser_in_words(application)}
    if _needs_department(application):
        agreed = of_public_space(application).filter(status=AdviceStatus.ANSWERED).last()
        if agreed is None or agreed.verdict == AdviceVerdict.RATHER_NOT:
            text = _("Dit is in de openbare ruimte. %(who)s heeft nog niet ingestemd. Vraag die afdeling om advies.")
            return text % {"who": rules.public_space_department}
    return ""


def adviser_in_words(application: Application) -> str:
    """Who advises, as the rules say it."""
    rules = application.scheme_version
    return rules.adviser_name or str(AdviserKind(rules.adviser).label)


def of_adviser(application: Application) -> AdviceRequestQuerySet:
    """What was asked of the adviser that the scheme names: any department, or one address."""
    rules = application.scheme_version
    asked = AdviceRequest.objects.about(application).exclude(status=AdviceStatus.REVOKED).order_by("pk")
    if rules.adviser == AdviserKind.AMBASSADOR:
        return asked.filter(department__isnull=False)
    return asked.filter(department__isnull=True, adviser_email__iexact=rules.adviser_email)


def of_public_space(application: Application) -> AdviceRequestQuerySet:
    """What was asked of the department of the public space."""
    asked = AdviceRequest.objects.about(application).exclude(status=AdviceStatus.REVOKED).order_by("pk")
    return asked.filter(department=application.scheme_version.public_space_department)


def _needs_department(application: Application) -> bool:
    rules = application.scheme_version
    wants = rules.public_space_check and rules.public_space_department_id is not None
    return wants and application.public_space is True


def _found(subject: str, asked: AdviceRequestQuerySet, words: dict[str, str], *, on_silence: Level) -> Finding:
    newest = asked.last()
    if newest is None:
        return Finding(subject, _("Nog niet gevraagd aan %(who)s.") % words, Level.AGAINST)
    if newest.status != AdviceStatus.ANSWERED:
        return Finding(subject, _("Gevraagd aan %(who)s, nog geen antwoord.") % words, on_silence)
    against = newest.verdict == AdviceVerdict.RATHER_NOT
    verdict = words | {"verdict": str(AdviceVerdict(newest.verdict).label)}
    return Finding(subject, _("%(who)s antwoordde: %(verdict)s.") % verdict, Level.AGAINST if against else Level.FINE)
