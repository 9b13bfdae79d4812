"""From a plan to an application: nothing that is known already is typed twice."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from initiatives.models import Initiative
from initiatives.policies import is_initiator, may_review
from shared import links
from shared.accounts.models import User
from shared.ui.notations import euro_text
from subsidies.models import SchemeVersion

PLAN = "subsidies.plan"


def answers(user: User | AnonymousUser, reference: str, version: SchemeVersion) -> dict[str, Any]:
    """The answers that the plan holds: all of them for who may see it, else only what is on the website."""
    plan = Initiative.objects.filter(reference=reference).select_related("theme", "buurt").first()
    if plan is None:
        return {}
    if isinstance(user, User) and (is_initiator(user, plan) or may_review(user, plan)):
        return {"plan": _token(plan), **_public(plan), **_own(plan, version)}
    return {"plan": _token(plan), **_public(plan)} if plan.is_published else {}


def plan_of(token: str) -> Initiative | None:
    """The plan that an application was started from; a token that is not ours counts for nothing."""
    if not token:
        return None
    try:
        return Initiative.objects.filter(pk=links.read(PLAN, token)["initiative"]).first()
    except links.LinkInvalid:
        return None


def _token(plan: Initiative) -> str:
    return links.sign(PLAN, initiative=plan.pk)


def _public(plan: Initiative) -> dict[str, Any]:
    day = plan.planned_on
    return {
        "title": plan.public_title,
        "what": plan.public_text,
        "place": plan.place,
        "theme": str(plan.theme_id),
        "buurt": str(plan.buurt_id or ""),
        **({"starts_on_0": str(day.day), "starts_on_1": str(day.month), "starts_on_2": str(day.year)} if day else {}),
    }


def _own(plan: Initiative, version: SchemeVersion) -> dict[str, Any]:
    amount = min(plan.amount, version.maximum_amount) if plan.amount else Decimal(0)
    return {
        "title": plan.title,
        "what": plan.what,
        "benefit": plan.benefit,
        "support": plan.who_joins,
        "name": plan.name,
        "email": plan.email,
        "phone": plan.phone,
        "postcode": plan.postcode,
        "house_number": plan.house_number,
        "asked_amount": euro_text(amount).lstrip("€\u00a0") if amount else "",
    }
