"""What a setting of a scheme leads to: in the checklist, on the form, on the public page, in a step."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from shared.lifecycle import WorkflowError
from shared.terms import awb
from subsidies import conditions
from subsidies.enums import ExtensionKind
from subsidies.findings import Level, findings
from subsidies.forms.application import ApplicationQuestions
from subsidies.forms.first_decision import DecisionForm
from subsidies.models import Application, SchemeVersion
from subsidies.settlement import settlement
from subsidies.workflow import decision_checks, decision_effects, pay, review
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import AccountabilityBandFactory, ApplicationFactory, PaymentFactory, ReportFactory
from tests.subsidies.deciding import decidable, grant, now, take

RECEIVED = date(2026, 6, 1)


def applied(version: SchemeVersion, **fields: Any) -> Application:
    return ApplicationFactory(**{"scheme_version": version, "received_on": RECEIVED, "own_money": 0, **fields})


def level(subject: str, **fields: Any) -> Callable[[SchemeVersion], Level | None]:
    """How much attention the checklist asks for this subject; None when it does not speak of it."""

    def look(version: SchemeVersion) -> Level | None:
        seen = {each.subject: each.level for each in findings(applied(version, **fields), RECEIVED)}
        return seen.get(subject)

    return look


def twice(subject: str, **fields: Any) -> Callable[[SchemeVersion], Level | None]:
    """The same when another application came first, of the same people in the same buurt in the year before or this."""

    def look(version: SchemeVersion) -> Level | None:
        first = applied(version, granted=True, **fields)
        again = applied(
            version,
            email=first.email,
            applicant=None,
            buurt=first.buurt,
            starts_on=date(2026, 9, 1),
        )
        return {each.subject: each.level for each in findings(again, RECEIVED)}.get(subject)

    return look


def of_one_plan(version: SchemeVersion) -> Level | None:
    plan = InitiativeFactory()
    applied(version, granted=True, initiative=plan)
    again = applied(version, initiative=plan)
    return {each.subject: each.level for each in findings(again, RECEIVED)}.get("Eén keer per initiatief")


def asks(name: str) -> Callable[[SchemeVersion], bool]:
    """Whether the form asks this."""
    return lambda version: name in ApplicationQuestions(version=version).fields


def says(words: str) -> Callable[[SchemeVersion], bool]:
    """Whether the public page says this among the rules."""
    lines = (conditions.sentences, conditions.afterwards, lambda version: [conditions.own_share(version)])
    return lambda version: any(words in line for each in lines for line in each(version))


def decision_form(name: str) -> Callable[[SchemeVersion], Any]:
    """What the form of the decision proposes."""

    def look(version: SchemeVersion) -> Any:
        AccountabilityBandFactory(scheme_version=version)
        case = ApplicationFactory(scheme_version=version, in_review=True, starts_on=None)
        return DecisionForm(case=case, user=case.owner).fields[name].initial

    return look


def extend(version: SchemeVersion) -> bool:
    case = ApplicationFactory(scheme_version=version, in_review=True)
    try:
        review.extend(
            case, kind=ExtensionKind.EXTENSION, reason="Ziekte.", weeks=4, by=case.owner, version=case.version
        )
    except WorkflowError:
        return False
    return True


def pays_a_supplier(version: SchemeVersion) -> bool:
    case = ApplicationFactory(scheme_version=version, granted=True)
    PaymentFactory(application=case, decision__application=case)
    try:
        pay.give_account(case, iban="NL91ABNA0417164300", holder="Tent bv", is_supplier=True, invoice_number="1")
    except WorkflowError:
        return False
    return True


def paid_within(version: SchemeVersion) -> int:
    case = decidable()
    SchemeVersion.objects.filter(pk=case.scheme_version_id).update(payment_weeks=version.payment_weeks)
    decision = take(now(case), grant(), by=case.owner)
    return (decision.payment_due - awb.payment_due(decision.notified_on).due_legal).days


def settled_by(*, reported_on: date | None = None) -> Callable[[SchemeVersion], date]:
    """Until when the amount is set: on the report, or without one after its last day."""

    def look(version: SchemeVersion) -> date:
        case = applied(version, granted=True)
        ReportFactory(application=case, due_on=RECEIVED, applied_on=reported_on)
        return settlement(case).deadline.due_legal

    return look


def advance(version: SchemeVersion) -> Decimal:
    return decision_effects.money_of(applied(version), grant()).pays


def may_grant(*, adviser: dict[str, Any] | None = None) -> Callable[[SchemeVersion], bool]:
    """Whether a grant is possible, when this was advised."""

    def look(version: SchemeVersion) -> bool:
        case = applied(version, public_space=True)
        if adviser is not None:
            AdviceRequestFactory(subject=case, **adviser)
        terms = grant(execute_until=date(2026, 12, 1))
        try:
            decision_checks.check_grant(case, terms, RECEIVED)
        except WorkflowError:
            return False
        return True

    return look
