"""Taking away what was granted: when a change does that, whether it was put to the recipient, and until when it can."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.lifecycle import WorkflowError
from shared.terms import awb
from subsidies.enums import GroundRule, Outcome
from subsidies.models import Application, Decision, Ground, Hearing
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import promised

# A hearing about the heavier decision counts for the lighter one that rests on the same grounds.
COVERS = {
    Outcome.REFUSE: (Outcome.REFUSE, Outcome.GRANT_PARTLY),
    Outcome.GRANT_PARTLY: (Outcome.GRANT_PARTLY,),
    Outcome.SETTLE_LOWER: (Outcome.SETTLE_LOWER,),
    Outcome.CHANGE: (Outcome.CHANGE,),
    Outcome.REVOKE: (Outcome.REVOKE, Outcome.CHANGE),
}
# About our being late; a hearing about the grant stands.
BESIDE_THE_GRANT = (Outcome.PENALTY, Outcome.INTEREST)
_GRANTING = (Outcome.GRANT, Outcome.GRANT_PARTLY)
# An objection to one of these ends in a grant, which can be final at once.
_BEFORE_A_GRANT = (*_GRANTING, Outcome.REFUSE, Outcome.NOT_PROCESSED, Outcome.REVOKE)
_SETTLING = (Outcome.SETTLE, Outcome.SETTLE_LOWER)


def in_force(application: Application) -> Decision | None:
    """The decision that holds the period and the obligations of now."""
    found: Decision | None = (
        application.decisions.filter(outcome__in=[*_GRANTING, Outcome.CHANGE, Outcome.OBJECTION])
        .exclude(execute_until=None)
        .order_by("decided_at")
        .last()
    )
    return found


def why_worse(application: Application, terms: DecisionTerms) -> list[str]:
    """What of a change is to the recipient's disadvantage, in words (Awb articles 4:48 to 4:50); empty when nothing is.

    Other words for a duty count as a heavier one, unless who decides says that they are not.
    """
    if terms.outcome != Outcome.CHANGE:
        return []
    now = in_force(application)
    duties = now.obligations if now else []
    other_words = terms.worse is None and not set(terms.obligations) <= set(duties)
    reasons = {
        _("u geeft aan dat de wijziging in het nadeel van de aanvrager is"): terms.worse,
        _("het bedrag wordt lager"): terms.amount is not None and terms.amount < promised(application),
        _("de activiteit moet eerder klaar zijn"): now and _earlier(terms.execute_until, now.execute_until),
        _("het verslag moet er eerder zijn"): now and _earlier(terms.report_due_on, now.report_due_on),
        _("er komt een verslag bij"): now and terms.report_due_on and not now.report_due_on,
        _("de verplichtingen worden zwaarder"): other_words or len(terms.obligations) > len(duties),
    }
    return [why for why, is_so in reasons.items() if is_so]


def was_heard(application: Application, terms: DecisionTerms, about: Sequence[Ground], on: date) -> bool:
    """Whether exactly this was put to the applicant since the last decision, who reacted or let the term pass.

    `about` are the grounds that have to have been named. An amount counts too: nobody gets less than was announced.
    """
    return any(_is_about(hearing, application, terms, about) for hearing in announced(application, on))


def announced(application: Application, on: date) -> list[Hearing]:
    """What was put to the applicant since the last decision, and answered or left unanswered in time."""
    decided = application.decisions.exclude(outcome__in=BESIDE_THE_GRANT).order_by("-decided_at")
    last = decided.values_list("notified_on", flat=True).first()
    asked = application.hearings.prefetch_related("grounds")
    if last:
        asked = asked.filter(asked_on__gte=last)
    return [hearing for hearing in asked if hearing.is_over(on)]


def check_five_years(application: Application, terms: DecisionTerms, grounds: Sequence[Ground], on: date) -> None:
    """What was settled can be taken back for five years; for a later breach they run from the breach (4:49(3)).

    Raises:
        WorkflowError: it is too late, or the day of the breach is not known.
    """
    if terms.outcome == Outcome.RECOVER:
        _check_not_over([settled_on(application), *_breaches(application)], on)
        return
    later = [ground for ground in grounds if ground.rule == GroundRule.BREACH]
    if later:
        _check_breach(application, terms, on)
        _check_not_over([terms.breached_on], on)
    if len(later) < len(grounds) or not grounds:
        _check_not_over([settled_on(application)], on)


def settled_on(application: Application) -> date | None:
    """The day on which the settlement was made known; None when the grant was never settled."""
    small = Q(amount__lte=F("application__scheme_version__direct_settlement_until"), budget_year=None)
    replaced = Q(outcome=Outcome.OBJECTION, amount__isnull=False)
    settling = application.decisions.filter(
        Q(outcome__in=_SETTLING)
        | Q(outcome__in=_GRANTING) & small
        | replaced & Q(on_objection__against__outcome__in=_SETTLING)
        | replaced & small & Q(on_objection__against__outcome__in=_BEFORE_A_GRANT)
    )
    found: date | None = settling.order_by("-decided_at").values_list("notified_on", flat=True).first()
    return found


def check_reasonable_until(terms: DecisionTerms, on: date) -> None:
    """What is taken back for the future leaves time to adapt (Awb article 4:50(1)).

    Raises:
        WorkflowError: no day is named, or it is no later day.
    """
    if terms.reasonable_until is None or terms.reasonable_until <= on:
        raise WorkflowError(_("Bij Awb 4:50 hoort een redelijke termijn. Noem een laatste dag na vandaag."))


def _earlier(then: date | None, now: date | None) -> bool:
    return then is not None and now is not None and then < now


def _is_about(hearing: Hearing, application: Application, terms: DecisionTerms, about: Sequence[Ground]) -> bool:
    if not hearing.outcome or terms.outcome not in COVERS[Outcome(hearing.outcome)]:
        return False
    if not {ground.pk for ground in about} <= {ground.pk for ground in hearing.grounds.all()}:
        return False
    # Nobody expected to keep anything after these.
    if hearing.outcome in (Outcome.REVOKE, Outcome.REFUSE) or terms.amount is None:
        return True
    if hearing.amount is None:
        return hearing.outcome == Outcome.GRANT_PARTLY or terms.amount >= promised(application)
    return terms.amount >= hearing.amount


def _breaches(application: Application) -> list[date]:
    days = application.decisions.exclude(breached_on=None).values_list("breached_on", flat=True)
    return [day for day in days if day]


def _check_breach(application: Application, terms: DecisionTerms, on: date) -> None:
    since = settled_on(application)
    if terms.breached_on is None:
        raise WorkflowError(
            _("Noem de dag waarop de aanvrager zich niet aan de verplichting hield: vanaf die dag telt de termijn.")
        )
    if terms.breached_on > on or (since and terms.breached_on < since):
        raise WorkflowError(_("De dag van de overtreding ligt na het vaststellen, en is vandaag of eerder (Awb 4:49)."))


def _check_not_over(days: Sequence[date | None], on: date) -> None:
    """The five years count from the latest of these days; without any there is nothing to count from."""
    since = max((day for day in days if day), default=None)
    if since and on > awb.recovery_ends_on(since):
        raise WorkflowError(
            _("Dit kan niet meer: %(day)s is meer dan vijf jaar geleden (Awb 4:49, derde lid, en 4:57, vierde lid).")
            % {"day": format_date(since, "j F Y")}
        )
