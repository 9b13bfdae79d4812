"""What must hold before a decision is taken; each refusal is one sentence that says what to do."""

from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from ambassadors.enums import AdviceVerdict
from ambassadors.models import AdviceRequest
from shared.accounts.models import User
from shared.lifecycle import TransitionNotAllowed, WorkflowError
from shared.terms import awb, legal_days
from shared.ui.notations import euro_text
from subsidies import budget, findings
from subsidies.enums import GroundRule, Outcome, Status
from subsidies.models import Application, Ground, Mandate, Report
from subsidies.policies import mandate_for, may_decide
from subsidies.workflow import case, debts, disadvantage, proviso
from subsidies.workflow import grounds as catalogue
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.owed import promised

GRANTS = (Outcome.GRANT, Outcome.GRANT_PARTLY)
# From where each outcome is possible; a decision on an objection looks at the application anew.
POSSIBLE_FROM = {
    Outcome.GRANT: {Status.IN_REVIEW},
    Outcome.GRANT_PARTLY: {Status.IN_REVIEW},
    Outcome.REFUSE: {Status.IN_REVIEW},
    Outcome.NOT_PROCESSED: {Status.IN_REVIEW},
    Outcome.SETTLE: {Status.GRANTED},
    Outcome.SETTLE_LOWER: {Status.GRANTED},
    Outcome.CHANGE: {Status.GRANTED, Status.SETTLED},
    Outcome.REVOKE: {Status.GRANTED, Status.SETTLED},
    Outcome.RECOVER: {Status.SETTLED, Status.REVOKED},
    Outcome.WAIVE: {Status.SETTLED, Status.REVOKED},
    Outcome.DEFER: {Status.SETTLED, Status.REVOKED},
}
RECONSIDERED = {Status.REFUSED, Status.NOT_PROCESSED, Status.REVOKED, Status.GRANTED, Status.SETTLED}
# What gives money or takes it back is looked at by two people above the scheme's amount.
MOVES_MONEY = (
    *GRANTS,
    Outcome.SETTLE_LOWER,
    Outcome.REVOKE,
    Outcome.RECOVER,
    Outcome.WAIVE,
    Outcome.PENALTY,
    Outcome.INTEREST,
)
# The sum of the decision itself is what the mandate has to cover.
BY_ITS_AMOUNT = (*GRANTS, Outcome.RECOVER, Outcome.WAIVE, Outcome.DEFER, Outcome.PENALTY, Outcome.INTEREST)


def check(application: Application, terms: DecisionTerms, *, status: str, by: User, on: date) -> list[Ground]:
    """Everything but the mandate and the second pair of eyes; gives the chosen grounds.

    Raises:
        WorkflowError: it cannot be decided like this.
    """
    if status not in POSSIBLE_FROM[terms.outcome]:
        raise TransitionNotAllowed(
            _("Dit besluit past niet bij de status “%(status)s”.") % {"status": Status(status).label}
        )
    check_words(terms)
    check_period(terms)
    if terms.outcome in GRANTS:
        check_grant(application, terms, on)
    elif terms.outcome == Outcome.NOT_PROCESSED:
        _check_not_processed(application, on)
    elif terms.outcome in (Outcome.SETTLE, Outcome.SETTLE_LOWER, Outcome.CHANGE):
        _check_settlement(application, terms)
        if terms.outcome != Outcome.CHANGE:
            _check_nothing_awaited(application)
    _check_debt(application, terms, on)
    found = check_grounds(application, terms, on)
    worse = disadvantage.why_worse(application, terms)
    if terms.outcome == Outcome.CHANGE and found and not worse:
        raise WorkflowError(_("Deze wijziging is niet in het nadeel van de aanvrager. Haal de gronden weg."))
    if status == Status.SETTLED and terms.outcome != Outcome.RECOVER and (worse or terms.outcome == Outcome.REVOKE):
        disadvantage.check_five_years(application, terms, found, on)
    return found


def _check_debt(application: Application, terms: DecisionTerms, on: date) -> None:
    """Claiming back needs no ground, and after five years it does not matter any more what is owed."""
    if terms.outcome == Outcome.RECOVER:
        disadvantage.check_five_years(application, terms, [], on)
    debts.check(application, terms, on)


def check_grant(application: Application, terms: DecisionTerms, on: date) -> None:
    """The amount within every limit, and an end to the activity (without one it can never be late)."""
    amount = terms.amount or Decimal(0)
    if application.complete_on is None:
        raise WorkflowError(_("De aanvraag is nog niet volledig. Vraag eerst om aanvulling, of vul de datum in."))
    if waits := budget.why_round_waits(application, on):
        raise WorkflowError(waits)
    if terms.execute_until is None or terms.execute_until < on:
        raise WorkflowError(_("Vul een dag in waarop de activiteit klaar moet zijn, vandaag of later."))
    limit = min(catalogue.asked(application), catalogue.most(application))
    if amount <= 0 or amount > limit:
        raise WorkflowError(
            _("Het bedrag moet hoger dan € 0 zijn en %(limit)s of minder.") % {"limit": euro_text(limit)}
        )
    if amount < application.scheme_version.minimum_amount:
        least = euro_text(application.scheme_version.minimum_amount)
        raise WorkflowError(_("Het bedrag moet %(least)s of meer zijn, zegt de regeling.") % {"least": least})
    if (terms.outcome == Outcome.GRANT) != (amount == catalogue.asked(application)):
        raise WorkflowError(
            _("Kies “toekennen” voor het hele gevraagde bedrag en “deels toekennen” voor een lager bedrag.")
        )
    _check_advance(application, terms, amount)
    proviso.check_made(application, terms)
    if refusal := findings.why_not_yet(application):
        raise WorkflowError(refusal)
    _check_binding_advice(application)


def _check_advance(application: Application, terms: DecisionTerms, amount: Decimal) -> None:
    """An advance is a part of what is granted, and there is none of what is settled at once (Awb 4:42 and 4:95)."""
    if terms.advance is None:
        return
    if not terms.budget_year and amount <= application.scheme_version.direct_settlement_until:
        raise WorkflowError(_("Dit bedrag stelt u meteen vast. Er is dan geen voorschot: laat dat leeg."))
    if terms.advance < 0 or terms.advance > amount:
        raise WorkflowError(_("Het voorschot moet %(amount)s of minder zijn.") % {"amount": euro_text(amount)})


def check_grounds(application: Application, terms: DecisionTerms, on: date, *, heard: bool = False) -> list[Ground]:
    """The grounds are of the right kind and true, and the applicant was heard where the law wants that.

    `heard` says that this was done in another way, such as at the hearing about an objection.
    """
    found = catalogue.chosen(application, terms.grounds)
    allowed = {ground.pk for ground in catalogue.offered(application, terms.outcome, on)}
    wrong = [ground.article for ground in found if ground.pk not in allowed]
    if wrong or len(found) != len(set(terms.grounds)):
        raise WorkflowError(
            _("Deze grond kan dit besluit nu niet dragen: %(articles)s. Kies een andere grond.")
            % {"articles": ", ".join(wrong) or "?"}
        )
    worse = disadvantage.why_worse(application, terms)
    if terms.invokes_proviso:
        proviso.check_invoked(application, terms, on)
    elif not found and worse:
        raise WorkflowError(
            _("Dit is een wijziging in het nadeel van de aanvrager: %(why)s. Kies een grond (Awb 4:48, 4:49 of 4:50).")
            % {"why": "; ".join(worse)}
        )
    elif not found and terms.outcome in catalogue.NEEDS_GROUND:
        raise WorkflowError(_("Kies minstens één grond. Zonder grond kan dit besluit niet."))
    if not heard:
        _check_heard(application, terms, found, on)
    if any(ground.rule == GroundRule.YEARS for ground in found):
        _check_reasonable_term(application, terms, on)
    if any(ground.rule == GroundRule.FUTURE for ground in found):
        disadvantage.check_reasonable_until(terms, on)
    return found


def _check_heard(application: Application, terms: DecisionTerms, found: list[Ground], on: date) -> None:
    """The applicant could react to this decision on these grounds (Awb articles 4:7, 4:8 and 4:12(2))."""
    whole = terms.outcome in (Outcome.SETTLE_LOWER, Outcome.REVOKE) or disadvantage.why_worse(application, terms)
    about = found if whole or terms.facts_of_others else [ground for ground in found if ground.needs_hearing]
    if not (whole or about or terms.facts_of_others):
        return
    if not disadvantage.was_heard(application, terms, about, on):
        raise WorkflowError(
            _(
                "Leg dit besluit met deze gronden eerst als voornemen aan de aanvrager voor: vraag een zienswijze en "
                "wacht die af (Awb 4:7, 4:8 en 4:12). Een zienswijze over iets anders telt niet."
            )
        )


def check_mandate(application: Application, terms: DecisionTerms, *, by: User, on: date) -> Mandate:
    """The mandate under which this person decides.

    Raises:
        WorkflowError: this person may not decide this.
    """
    if not may_decide(by, application):
        raise WorkflowError(_("U mag over deze aanvraag niet beslissen. Vraag de functioneel beheerder."))
    if not terms.no_interest:
        raise WorkflowError(
            _("Wie een eigen belang heeft, beslist niet. Leg het als voorstel voor aan een collega (Awb 2:4).")
        )
    amount = at_stake(application, terms)
    found = mandate_for(by, application, amount, on)
    if found is None:
        raise WorkflowError(
            _("Uw mandaat is niet genoeg voor %(amount)s. Leg het als voorstel voor aan een collega met meer mandaat.")
            % {"amount": euro_text(amount)}
        )
    return found


def second_pair_because(application: Application, terms: DecisionTerms, *, by: User) -> list[str]:
    """Why a second person has to look; empty when one is enough."""
    amount = above_limit(application, terms)
    return [*([amount] if amount else []), *interests(application, terms, by=by)]


def above_limit(application: Application, terms: DecisionTerms) -> str:
    """That the decision moves more money than one person may decide on; empty when it does not."""
    above, amount = application.scheme_version.four_eyes_above, at_stake(application, terms)
    if not (terms.outcome in MOVES_MONEY or _lowers(application, terms)) or amount <= above:
        return ""
    return _("het bedrag %(amount)s is meer dan %(above)s") % {"amount": euro_text(amount), "above": euro_text(above)}


def interests(application: Application, terms: DecisionTerms, *, by: User) -> list[str]:
    """What was declared, or points to an interest of this colleague (Awb article 2:4)."""
    declared = (
        [] if terms.no_interest else [_("u meldde een eigen belang: %(interest)s") % {"interest": terms.interest}]
    )
    return declared + [str(hint) for hint in findings.conflict_hints(application, by)]


def at_stake(application: Application, terms: DecisionTerms) -> Decimal:
    """The amount that the mandate has to cover: what is given, taken back, or was asked."""
    if terms.outcome in BY_ITS_AMOUNT:
        return terms.amount or Decimal(0)
    if terms.outcome in (Outcome.REFUSE, Outcome.NOT_PROCESSED):
        return min(catalogue.asked(application), catalogue.most(application))
    return promised(application)


def not_processed_until(application: Application, on: date) -> date | None:
    """The last day to put the application aside as incomplete (Awb 4:5(4)); None when that is not possible now."""
    request = application.completion_requests.order_by("-sent_on", "-pk").first()
    if request is None or application.complete_on is not None:
        return None
    ended_on = request.completed_on or request.last_day
    if request.completed_on is None and request.last_day >= on:
        return None
    return awb.not_processed_due(ended_on, calendar=legal_days.calendar()).due_safe


def check_period(terms: DecisionTerms) -> None:
    """Nobody tells how it went before it has to be done."""
    if terms.execute_until and terms.report_due_on and terms.report_due_on < terms.execute_until:
        raise WorkflowError(_("Kies voor het verslag een dag op of na de dag waarop de activiteit klaar moet zijn."))


def check_words(terms: DecisionTerms) -> None:
    """Reasons, and a declaration about an interest."""
    if not terms.motivation.strip():
        raise WorkflowError(_("Schrijf waarom u dit besluit neemt. Een besluit zonder motivering kan niet."))
    if not terms.no_interest and not terms.interest.strip():
        raise WorkflowError(_("Verklaar dat u geen eigen belang heeft, of schrijf welk belang u heeft."))


def _check_not_processed(application: Application, on: date) -> None:
    until = not_processed_until(application, on)
    if until is None:
        raise WorkflowError(
            _("Buiten behandeling stellen kan pas als de tijd om aan te vullen voorbij is en er nog iets ontbreekt.")
        )
    # It has to be made known within the term, and a letter goes out on the next working day.
    if case.notified_on(application, on) > until:
        raise WorkflowError(
            _("Buiten behandeling stellen kon tot en met %(day)s (Awb 4:5). Neem nu een besluit over de aanvraag zelf.")
            % {"day": format_date(until, "l j F Y")}
        )


def _check_reasonable_term(application: Application, terms: DecisionTerms, on: date) -> None:
    """After three years or more the recipient gets time, counted from when the intention was made known (Awb 4:51)."""
    announced_on, until = terms.announced_on, terms.reasonable_until
    if announced_on is None or until is None:
        raise WorkflowError(
            _("Deze subsidie kwam al jaren achter elkaar. Noem een redelijke termijn: van wanneer tot wanneer (4:51).")
        )
    if announced_on > on or until <= announced_on:
        raise WorkflowError(_("De redelijke termijn begint vandaag of eerder, en eindigt daarna."))
    starts_on = application.starts_on
    if terms.outcome == Outcome.REFUSE and starts_on and until >= starts_on:
        raise WorkflowError(
            _("De redelijke termijn loopt nog als de activiteit begint. Ken voor die tijd een deel toe (Awb 4:51).")
        )


def _check_settlement(application: Application, terms: DecisionTerms) -> None:
    granted = promised(application)
    amount = terms.amount
    if amount is None or amount < 0 or amount > granted:
        raise WorkflowError(_("Het bedrag moet %(granted)s of minder zijn.") % {"granted": euro_text(granted)})
    if terms.outcome == Outcome.SETTLE and amount != granted:
        raise WorkflowError(_("Kies “lager vaststellen” voor een lager bedrag."))
    if terms.outcome == Outcome.SETTLE_LOWER and amount == granted:
        raise WorkflowError(_("Kies “vaststellen”: dit is het hele toegekende bedrag."))


def why_not_settled(application: Application) -> str:
    """What is still awaited before the grant can be settled, in one sentence (Awb 4:34, 4:44, 4:45 and 4:47)."""
    if proviso.open_proviso(application) is not None:
        return _("Er is nog een begrotingsvoorbehoud (Awb 4:34). Stel pas vast als dat is vervallen.")
    if Report.objects.filter(application=application, approved_on__isnull=True).exists():
        return _("Beoordeel eerst het verslag, of ga verder zonder verslag als het niet kwam. Stel daarna vast.")
    return ""


def _check_nothing_awaited(application: Application) -> None:
    if refusal := why_not_settled(application):
        raise WorkflowError(refusal)


def _check_binding_advice(application: Application) -> None:
    if not application.scheme_version.advice_binding:
        return
    advice = AdviceRequest.objects.about(application)
    if advice.open().exists():
        raise WorkflowError(_("Het advies is bindend en nog niet binnen. Wacht erop, of trek de vraag in."))
    if advice.filter(verdict=AdviceVerdict.RATHER_NOT).exists():
        raise WorkflowError(_("Het advies is bindend en luidt “liever niet”. Toekennen kan dan niet."))


def _lowers(application: Application, terms: DecisionTerms) -> bool:
    """A change that takes a part of the money back."""
    return terms.outcome == Outcome.CHANGE and terms.amount is not None and terms.amount < promised(application)


def check_may_propose(application: Application, by: User) -> None:
    """Who reviews may propose, also with an interest that they declare; the applicant never."""
    if not may_decide(by, application):
        raise WorkflowError(_("U mag over deze aanvraag geen voorstel doen. Vraag de functioneel beheerder."))
