"""Grants for a budget that the council has not adopted yet: "if money is made available" (Awb article 4:34).

The proviso can be invoked within four weeks after the budget was adopted; after that it lapses by itself.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.terms.clock import Deadline
from shared.terms.lengths import Length
from subsidies import budget
from subsidies.letters import proviso as letters
from subsidies.models import Application, BudgetProviso, Decision, MunicipalBudget
from subsidies.workflow import case, pay
from subsidies.workflow.decision_terms import DecisionTerms

# Before the last day; a view has to be asked first (Awb article 4:12), so the first warning comes at once.
SHORTLY = timedelta(days=7)


def budget_for(application: Application, on: date) -> MunicipalBudget | None:
    """The budget that is not adopted and that the activity would be paid from: that of its year, else of this year."""
    year = (application.starts_on or on).year
    waiting = MunicipalBudget.objects.filter(Q(adopted_on=None) | Q(adopted_on__gt=on))
    return waiting.filter(year__in={on.year, max(year, on.year)}).order_by("-year").first()


def open_proviso(application: Application) -> BudgetProviso | None:
    """The proviso under which the applicant has the grant now."""
    found: BudgetProviso | None = (
        BudgetProviso.objects.open().filter(application=application).select_related("budget", "decision").last()
    )
    return found


def deadline(proviso: BudgetProviso) -> Deadline | None:
    """Until when it can be invoked; None while the budget is not adopted."""
    adopted_on = proviso.budget.adopted_on
    return awb.proviso_due(adopted_on, calendar=legal_days.calendar()) if adopted_on else None


def payment_due(year: int, local_term: Length | None) -> date:
    """The last day to pay: counted from when the proviso lapses if the council decides on the day that is planned."""
    planned = MunicipalBudget.objects.get(year=year).expected_on
    calendar = legal_days.calendar()
    lapses_on = awb.proviso_due(planned, calendar=calendar).due_legal
    return awb.payment_due(lapses_on, local_term=local_term, calendar=calendar).due_legal


def check_made(application: Application, terms: DecisionTerms) -> None:
    """The budget is not adopted, and its year has a ceiling when this year has one.

    Raises:
        WorkflowError: there is nothing to make a proviso for.
    """
    if terms.budget_year is None:
        return
    on = today()
    found = MunicipalBudget.objects.filter(year=terms.budget_year).first()
    if found is None or (found.adopted_on and found.adopted_on <= on):
        raise WorkflowError(
            _("De begroting van %(year)d is vastgesteld. Een begrotingsvoorbehoud kan dan niet meer.")
            % {"year": terms.budget_year}
        )
    now, application.budget_year = budget.pot_for(application, on), terms.budget_year
    if now is not None and budget.pot_for(application, on) is None:
        raise WorkflowError(
            _("Voor %(year)d is nog geen subsidieplafond ingevuld. Vraag de functioneel beheerder.")
            % {"year": terms.budget_year}
        )


def check_invoked(application: Application, terms: DecisionTerms, on: date) -> None:
    """There is a proviso, the budget is adopted, and the letter goes out within the four weeks.

    Raises:
        WorkflowError: it cannot be invoked, or not any more.
    """
    found = open_proviso(application)
    until = deadline(found) if found else None
    if found is None or until is None:
        raise WorkflowError(_("Een beroep op het begrotingsvoorbehoud kan pas als de begroting is vastgesteld."))
    if case.notified_on(application, on) > until.due_legal:
        raise WorkflowError(
            _("Een beroep op het begrotingsvoorbehoud kon tot en met %(day)s (Awb 4:34, derde lid).")
            % {"day": format_date(until.due_legal, "l j F Y")}
        )
    if terms.reasonable_until is not None and terms.reasonable_until <= on:
        raise WorkflowError(_("De redelijke termijn eindigt na vandaag (Awb 4:50)."))


def note(decision: Decision, invoked: BudgetProviso | None) -> None:
    """Write down that a decision was made under a proviso, or invokes one; before money is moved."""
    if decision.budget_year:
        BudgetProviso.objects.create(
            decision=decision,
            application=decision.application,
            budget=MunicipalBudget.objects.get(year=decision.budget_year),
        )
    if invoked is not None:
        invoked.invoked_by = decision
        invoked.save(update_fields=["invoked_by"])


@transaction.atomic
def let_lapse(application: Application, *, by: User, version: int | None) -> BudgetProviso:
    """The money is there: nobody will invoke it, so the recipient need not wait for the four weeks to pass.

    Raises:
        WorkflowError: there is no proviso, or the budget is not adopted yet.
    """
    application = case.lock_for_review(application, by, version)
    found = open_proviso(application)
    if found is None or found.budget.adopted_on is None:
        raise WorkflowError(_("Dit kan als de raad de begroting heeft vastgesteld en er een voorbehoud is."))
    return _end(application, found, by=by)


@transaction.atomic
def watch(proviso: BudgetProviso, day: date) -> str:
    """Warn when the four weeks begin and before they end, then let it lapse; safe to run twice. Says what it did."""
    application = case.lock(proviso.application)
    found = BudgetProviso.objects.open().select_for_update(of=("self",)).filter(pk=proviso.pk).first()
    if found is None:
        return ""
    until = deadline(found)
    if until is None:
        return _ask_for_adoption(application, found) if found.budget.expected_on < day else ""
    if day > until.due_legal:
        _end(application, found, by=None)
        return "lapsed"
    stage = "near" if day >= until.due_safe - SHORTLY else "adopted"
    managers = User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)
    people = dict.fromkeys([*case.reviewers(application), *managers])
    for user in people:
        case.tell_once(application, user, letters.can_be_invoked(found, until), f"proviso_{stage}:{found.pk}")
    return stage


def _ask_for_adoption(application: Application, proviso: BudgetProviso) -> str:
    """Once a year for each manager, whichever case comes first."""
    for user in User.objects.active_in_role(Role.FUNCTIONAL_MANAGER):
        case.tell_once(application, user, letters.adoption_missing(proviso), f"budget_adopted:{proviso.budget_id}")
    return "expected"


def _end(application: Application, proviso: BudgetProviso, *, by: User | None) -> BudgetProviso:
    proviso.lapsed_on = today()
    proviso.save(update_fields=["lapsed_on"])
    application.version += 1
    application.save()
    pay.let_go(application)
    proviso.application = application
    trail.record("subsidies.proviso_lapsed", subject=application, by=by, visibility=Visibility.RESIDENT)
    case.tell_applicant(application, letters.lapsed(proviso), f"proviso_lapsed_{proviso.pk}")
    return proviso
