"""Deciding in the admin: the form, the letter as it will leave the building, and the second pair of eyes."""

from decimal import Decimal
from typing import Any

from django.db.models import F, Func, IntegerField, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import AdviceRequest
from shared import typeset
from shared.accounts.models import User
from shared.terms.calendar import today
from subsidies import budget, findings
from subsidies.admin import registry
from subsidies.admin.registry import CasePage, Part, Seen, StepPage
from subsidies.enums import Status
from subsidies.forms.decide import RecoverForm, ReturnForm, SecondForm, SettleForm
from subsidies.forms.first_decision import DecisionForm
from subsidies.forms.taking_back import ChangeForm, RevokeForm
from subsidies.models import Application, Decision, Proposal
from subsidies.policies import mandates_of, may_decide
from subsidies.workflow import decide, decision_checks, grounds, objection
from subsidies.workflow.decision_terms import DecisionTerms

NOT_YOURS = gettext_lazy("U mag over deze aanvraag niet beslissen.")


def act(case: Application, form: Any, seen: Seen) -> object:
    """Decide; or propose, when one person is not enough."""
    if needs_second_pair(case, form.terms, seen.by):
        return decide.propose(case, terms=form.terms, **seen.as_arguments())
    return decide.decide(case, terms=form.terms, **seen.as_arguments())


def needs_second_pair(case: Application, terms: DecisionTerms, user: User) -> list[str]:
    """Why this is a proposal and not yet a decision."""
    reasons = decision_checks.second_pair_because(case, terms, by=user)
    amount = decision_checks.at_stake(case, terms)
    if not reasons and largest_mandate(case, user) < amount:
        reasons.append(_("uw mandaat is niet genoeg"))
    return reasons


def verb_for(case: Application, user: User, form: Any | None) -> str:
    """What the button says: who is not enough alone proposes."""
    if form is not None and needs_second_pair(case, form.terms, user):
        return _("Voorleggen aan een collega")
    return _("Besluit nemen")


def largest_mandate(case: Application, user: User) -> Decimal:
    """Up to which amount this person may decide on this case; zero without a mandate."""
    return max((each.maximum_amount for each in mandates_of(user, case, today())), default=Decimal(0))


def values(case: Application, user: User) -> dict[str, Any]:
    """What stands beside the form: money, mandate, hints, advice and dates."""
    on = today()
    return {
        "room": budget.room_for(case, on),
        "ceiling": budget.ceiling_for(case, on),
        "legal_day": case.due_legal if case.due_legal and case.due_legal < on else None,
        "most": min(grounds.asked(case), grounds.most(case)),
        "mandate": largest_mandate(case, user),
        "four_eyes_above": case.scheme_version.four_eyes_above,
        "hints": findings.conflict_hints(case, user),
        "advices": AdviceRequest.objects.given_about(case),
        "round_waits": budget.why_round_waits(case, on),
        "others_said": case.decided_at is None and AdviceRequest.objects.given_about(case).exists(),
        "put_aside_until": decision_checks.not_processed_until(case, on),
        "shows_pdf": True,
    }


def why_not_first(case: Application, user: User) -> str:
    """Why no first decision can be taken now."""
    if not may_decide(user, case):
        return str(NOT_YOURS)
    if case.status == Status.PROPOSED:
        return _("Er ligt al een voorstel.")
    if case.status != Status.IN_REVIEW:
        return _("Kan niet vanuit de status “%(status)s”.") % {"status": case.get_status_display()}
    return ""


def _from(*statuses: str) -> registry.WhyNot:
    def why_not(case: Application, user: User) -> str:
        if not may_decide(user, case):
            return str(NOT_YOURS)
        if case.status not in statuses:
            return _("Kan niet vanuit de status “%(status)s”.") % {"status": case.get_status_display()}
        return ""

    return why_not


def _why_not_settled(case: Application, user: User) -> str:
    return _from(Status.GRANTED)(case, user) or decision_checks.why_not_settled(case)


def _no_objection(case: Application, user: User) -> bool:
    # While the grant is disputed, the objection is what waits.
    return objection.open_objection(case) is None


def _awarded(case: Application, user: User) -> bool:
    return case.status in (Status.GRANTED, Status.SETTLED, Status.REVOKED) or open_proposal(case) is not None


def open_proposal(case: Application) -> Proposal | None:
    """The proposal that waits for a second pair of eyes."""
    if case.status != Status.PROPOSED:
        return None
    found: Proposal | None = case.proposals.filter(closed_at=None, objection=None).select_related("proposed_by").first()
    return found


def why_not_second(case: Application, user: User) -> str:
    """Why this person is not the second pair of eyes."""
    proposal = open_proposal(case)
    if proposal is None:
        return _("Er ligt geen voorstel.")
    if proposal.proposed_by_id == user.pk:
        return _("U deed dit voorstel zelf. Een collega beslist.")
    if not decide.can_second(proposal, user):
        return _("Uw mandaat is niet genoeg voor dit voorstel.")
    return ""


def why_not_return(case: Application, user: User) -> str:
    """Who may decide, or proposed it, gives it back."""
    proposal = open_proposal(case)
    if proposal is None:
        return _("Er ligt geen voorstel.")
    return "" if may_decide(user, case) else str(NOT_YOURS)


def _second(case: Application, form: Any, seen: Seen) -> object:
    return decide.second(_proposal(case), no_interest=form.cleaned_data["no_interest"], **seen.as_arguments())


def _return(case: Application, form: Any, seen: Seen) -> object:
    return decide.return_proposal(_proposal(case), reason=form.cleaned_data["reason"], **seen.as_arguments())


def _proposal(case: Application) -> Proposal:
    found: Proposal = case.proposals.get(closed_at=None, objection=None)
    return found


def proposal_values(case: Application, user: User) -> dict[str, Any]:
    """The proposal in words, beside what the decider has to know."""
    proposal = open_proposal(case)
    terms = DecisionTerms.from_json(proposal.terms) if proposal else None
    chosen = grounds.chosen(case, terms.grounds) if terms else []
    return {**values(case, user), "proposal": proposal, "terms": terms, "chosen": chosen}


def _is_proposed(case: Application, user: User) -> bool:
    return case.status == Status.PROPOSED


def _round_waits(case: Application, user: User) -> str:
    return budget.why_round_waits(case, today())


DECIDE = "admin/subsidies/application/decide.html"

registry.register(
    StepPage(
        "besluit",
        gettext_lazy("Besluit nemen"),
        gettext_lazy("Besluit nemen"),
        act,
        why_not_first,
        DecisionForm,
        main=True,
        position=40,
        values=values,
        note_for=_round_waits,
        verb_for=verb_for,
        template=DECIDE,
        concerns=lambda case, user: case.decided_at is None,
    ),
    StepPage(
        "tweede-paar-ogen",
        gettext_lazy("Beslissen als tweede paar ogen"),
        gettext_lazy("Besluit nemen"),
        _second,
        why_not_second,
        SecondForm,
        main=True,
        # Before judging: the dark button is the decision that waits for this person.
        position=15,
        concerns=_is_proposed,
        values=proposal_values,
        template=DECIDE,
    ),
    StepPage(
        "voorstel-teruggeven",
        gettext_lazy("Voorstel teruggeven"),
        gettext_lazy("Teruggeven"),
        _return,
        why_not_return,
        ReturnForm,
        position=42,
        concerns=_is_proposed,
        values=lambda case, user: {**proposal_values(case, user), "shows_pdf": False},
        template=DECIDE,
    ),
    StepPage(
        "vaststellen",
        gettext_lazy("Vaststellen"),
        gettext_lazy("Besluit nemen"),
        act,
        _why_not_settled,
        SettleForm,
        explains=gettext_lazy(
            "Lager vaststellen kan alleen op een van de vier gronden van Awb 4:46, na een zienswijze."
        ),
        main=True,
        main_when=_no_objection,
        position=60,
        concerns=_awarded,
        values=values,
        verb_for=verb_for,
        template=DECIDE,
    ),
    StepPage(
        "wijzigen",
        gettext_lazy("Besluit wijzigen"),
        gettext_lazy("Besluit nemen"),
        act,
        _from(Status.GRANTED, Status.SETTLED),
        ChangeForm,
        explains=gettext_lazy(
            "Een wijziging in het nadeel van de aanvrager heeft een grond en eerst een zienswijze nodig (Awb 4:12)."
        ),
        position=61,
        concerns=_awarded,
        values=values,
        verb_for=verb_for,
        template=DECIDE,
    ),
    StepPage(
        "subsidie-intrekken",
        gettext_lazy("Subsidie intrekken"),
        gettext_lazy("Besluit nemen"),
        act,
        _from(Status.GRANTED, Status.SETTLED),
        RevokeForm,
        explains=gettext_lazy("Vraag eerst een zienswijze (Awb 4:12). Na de vaststelling kan dit nog vijf jaar."),
        position=62,
        concerns=_awarded,
        values=values,
        verb_for=verb_for,
        template=DECIDE,
    ),
    StepPage(
        "terugvorderen",
        gettext_lazy("Terugvorderen"),
        gettext_lazy("Besluit nemen"),
        act,
        _from(Status.SETTLED, Status.REVOKED),
        RecoverForm,
        explains=gettext_lazy("Alleen wat is betaald boven het bedrag waar de aanvrager recht op heeft (Awb 4:57)."),
        position=63,
        concerns=_awarded,
        values=values,
        verb_for=verb_for,
        template=DECIDE,
    ),
)


def decisions(case: Application, request: HttpRequest) -> dict[str, Any]:
    """The decisions of a case, newest first, and the proposal that waits."""
    found = case.decisions.defer("letter", "letter_html", "letter_text")
    found = found.select_related("decided_by", "prepared_by", "proviso")
    # Looked for in the database: the letters themselves are too heavy for this page.
    place = Func(
        Value(typeset.PROMISE),
        F("letter"),
        template="position(%(expressions)s)",
        arg_joiner=" in ",
        output_field=IntegerField(),
    )
    found = found.annotate(promised_at=place)
    return {"decisions": Decision.listed(found.order_by("-decided_at", "-pk")), "proposal": open_proposal(case)}


def letter(request: HttpRequest, case: Application, around: dict[str, Any], decision: int) -> HttpResponse:
    """The letter as it was frozen."""
    found = case.decisions.filter(pk=decision).first()
    if found is None:
        raise Http404
    name = f'inline; filename="besluit-{case.reference}.pdf"'
    return HttpResponse(bytes(found.letter), content_type="application/pdf", headers={"Content-Disposition": name})


registry.show_on_file(Part("besluiten", "admin/subsidies/application/_decisions.html", decisions, position=15))
registry.add_page(CasePage("besluit/<int:decision>/", "subsidies_application_decision", letter))
