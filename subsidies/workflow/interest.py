"""Interest over a payment that came too late: set by decision and paid, or not due, with the reason (Awb 4:99)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import late
from subsidies.enums import Outcome
from subsidies.late import Late
from subsidies.letters.decision import Enclosed
from subsidies.models import Application, Decision, LateInterest, Payment
from subsidies.policies import mandates_of, may_decide
from subsidies.workflow import case, decision_checks
from subsidies.workflow.decide import Act, SecondPairNeeded, take
from subsidies.workflow.decision_terms import DecisionTerms


@transaction.atomic
def set_interest(payment: Payment, *, motivation: str, no_interest: bool, by: User, version: int | None) -> Decision:
    """Decide what we owe for having paid late, and prepare its payment. `version` is that of the application.

    Raises:
        SecondPairNeeded: this person may have an interest of their own.
        WorkflowError: nothing is due, no rate is known, or this person may not decide it.
    """
    application, payment = _lock(payment, version)
    on = today()
    found = _to_decide(payment)
    if found.rate_is_missing:
        raise WorkflowError(no_rate(found.first_day))
    if not found.is_due:
        raise WorkflowError(_("De rente is minder dan het minimum. Leg vast dat er geen rente komt (Awb 4:98)."))
    terms = DecisionTerms(Outcome.INTEREST, motivation, amount=found.amount, no_interest=no_interest)
    decision_checks.check_words(terms)
    if reasons := decision_checks.second_pair_because(application, terms, by=by):
        raise SecondPairNeeded(
            _("Dit kunt u niet alleen beslissen: %(reasons)s. Vraag een collega zonder belang.")
            % {"reasons": "; ".join(reasons)}
        )
    if not may_decide(by, application):
        raise WorkflowError(_("U mag over deze aanvraag niet beslissen. Vraag de functioneel beheerder."))
    mandate = next((each for each in mandates_of(by, application, on) if each.maximum_amount >= found.amount), None)
    if mandate is None:
        raise WorkflowError(_("Uw mandaat is niet genoeg voor dit bedrag. Vraag een collega met meer mandaat."))
    enclosed = Enclosed(kind=Outcome.INTEREST, late=found)
    decision = take(application, Act(terms, [], mandate, by, None, application.status), on=on, enclosed=enclosed)
    _keep(payment, found, decision=decision)
    return decision


@transaction.atomic
def no_interest_because(payment: Payment, *, reason: str, by: User, version: int | None) -> LateInterest:
    """Write down why no interest is due: the applicant gave wrong data, or the delay was not ours (Awb 4:102(3)).

    Raises:
        WorkflowError: it was decided on already, or no reason is given.
    """
    application, payment = _lock(payment, version)
    found = _to_decide(payment)
    if not may_decide(by, application):
        raise WorkflowError(_("U mag over deze aanvraag niet beslissen. Vraag de functioneel beheerder."))
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom er geen rente komt."))
    kept = _keep(payment, found, none_because=reason.strip())
    application.version += 1
    application.save()
    trail.record("subsidies.no_interest_due", subject=application, by=by, visibility=Visibility.RESIDENT, text=reason)
    return kept


def no_rate(day: date) -> str:
    """That nobody entered the percentage of this day."""
    text = _("Het portaal kent geen rentepercentage voor %(day)s. Vraag de functioneel beheerder om het in te vullen.")
    return text % {"day": f"{day:%d-%m-%Y}"}


def _lock(payment: Payment, version: int | None) -> tuple[Application, Payment]:
    application = case.lock(payment.application, version)
    locked: Payment = Payment.objects.locked().select_related("decision", "account").get(pk=payment.pk)
    locked.application = application
    return application, locked


def _to_decide(payment: Payment) -> Late:
    found = late.late(payment, today()) if payment.credited_on else None
    if found is None:
        raise WorkflowError(_("Deze betaling was op tijd, of is nog niet gedaan."))
    if LateInterest.objects.filter(payment=payment).exists():
        raise WorkflowError(_("Over de rente van deze betaling is al beslist."))
    return found


def _keep(payment: Payment, found: Late, *, decision: Decision | None = None, none_because: str = "") -> LateInterest:
    return LateInterest.objects.create(
        payment=payment,
        first_day=found.first_day,
        last_day=found.last_day,
        amount=found.amount,
        decision=decision,
        none_because=none_because,
    )
