"""The decision on an objection in the admin, and the second pair of eyes on it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from subsidies.admin import decide as deciding
from subsidies.admin import registry
from subsidies.admin.decide import DECIDE
from subsidies.admin.objection import concerns, opened, to, why_not
from subsidies.admin.registry import Seen, StepPage
from subsidies.enums import ObjectionStatus
from subsidies.forms.decide import ReturnForm, SecondForm
from subsidies.forms.objection import ObjectionDecisionForm
from subsidies.models import Application, Proposal
from subsidies.workflow import grounds, objection_decision, objection_proposal
from subsidies.workflow.objection_terms import ObjectionTerms


def _decide(case: Application, form: Any, seen: Seen) -> object:
    plan = form.plan
    if _needs_second_pair(case, plan, seen.by):
        return objection_proposal.propose(form.objection, plan=plan, **seen.as_arguments())
    return objection_decision.decide(
        form.objection,
        outcome=plan.outcome,
        motivation=plan.motivation,
        terms=plan.new,
        no_interest=plan.no_interest,
        interest=plan.interest,
        without_hearing=plan.without_hearing,
        deviates_because=plan.deviates_because,
        **seen.as_arguments(),
    )


def _needs_second_pair(case: Application, plan: ObjectionTerms, user: User) -> bool:
    found = opened(case)
    if found is None:
        return False
    reasons = objection_decision.second_pair_because(found, plan, by=user)
    return bool(reasons) or objection_decision.mandate_on_objection(found, plan, user) is None


def _verb(case: Application, user: User, form: Any | None) -> Any:
    if form is not None and _needs_second_pair(case, form.plan, user):
        return _("Voorleggen aan een collega")
    return _("Beslissen")


def proposal_of(case: Application) -> Proposal | None:
    """The decision on the objection that waits for a second pair of eyes."""
    found = opened(case)
    return objection_proposal.open_proposal(found) if found else None


def _is_proposed(case: Application, user: User) -> bool:
    found = opened(case)
    return found is not None and found.status == ObjectionStatus.PROPOSED


def _why_not_second(case: Application, user: User) -> str:
    proposal = proposal_of(case)
    if refusal := why_not(case, user):
        return refusal
    if proposal is None:
        return _("Er ligt geen voorstel.")
    if proposal.proposed_by_id == user.pk:
        return _("U deed dit voorstel zelf. Een collega beslist.")
    if not objection_proposal.can_second(proposal, user):
        return _("Uw mandaat is niet genoeg voor dit voorstel, of u kunt er een belang bij hebben.")
    return ""


def _why_not_decide(case: Application, user: User) -> str:
    if refusal := to(ObjectionStatus.DECIDED)(case, user):
        return refusal
    return _("Er ligt al een voorstel.") if _is_proposed(case, user) else ""


def _proposal(case: Application) -> Proposal:
    found = proposal_of(case)
    if found is None:
        raise Proposal.DoesNotExist
    return found


def _proposal_values(case: Application, user: User) -> dict[str, Any]:
    """The proposal in words, beside what the decider has to know."""
    proposal = proposal_of(case)
    plan = ObjectionTerms.from_json(proposal.terms) if proposal else None
    terms = plan.decision if plan else None
    chosen = grounds.chosen(case, terms.grounds) if terms else []
    verdict = plan.outcome.label if plan else ""
    return {
        **deciding.values(case, user),
        "proposal": proposal,
        "terms": terms,
        "chosen": chosen,
        "verdict": verdict,
        "without_hearing": plan.without_hearing if plan else "",
        "deviates_because": plan.deviates_because if plan else "",
    }


registry.register(
    StepPage(
        "beslissing-op-bezwaar",
        gettext_lazy("Beslissen op het bezwaar"),
        gettext_lazy("Beslissen"),
        _decide,
        _why_not_decide,
        ObjectionDecisionForm,
        main=True,
        position=77,
        concerns=concerns,
        values=deciding.values,
        verb_for=_verb,
        template=DECIDE,
    ),
    StepPage(
        "bezwaar-tweede-paar-ogen",
        gettext_lazy("Bezwaar: beslissen als tweede paar ogen"),
        gettext_lazy("Beslissen"),
        lambda case, form, seen: objection_proposal.second(
            _proposal(case), no_interest=form.cleaned_data["no_interest"], **seen.as_arguments()
        ),
        _why_not_second,
        SecondForm,
        main=True,
        # Before who handles it: the dark button is the decision that waits for this person.
        position=69,
        concerns=_is_proposed,
        values=_proposal_values,
        template=DECIDE,
    ),
    StepPage(
        "bezwaar-voorstel-teruggeven",
        gettext_lazy("Bezwaar: voorstel teruggeven"),
        gettext_lazy("Teruggeven"),
        lambda case, form, seen: objection_proposal.return_proposal(
            _proposal(case), reason=form.cleaned_data["reason"], **seen.as_arguments()
        ),
        why_not,
        ReturnForm,
        position=79,
        concerns=_is_proposed,
        values=lambda case, user: {**_proposal_values(case, user), "shows_pdf": False},
        template=DECIDE,
    ),
)
