"""Answers that an initiator gave aloud, written down by the colleague who heard them."""

from collections.abc import Mapping

from django.db import transaction

from initiatives.models import Initiative
from partners.enums.offers import Answer
from partners.models import Match
from partners.workflow import matching, needs
from shared.accounts.models import User


@transaction.atomic
def write_down(
    initiative: Initiative, *, may_see_help: bool | None, contact: Mapping[Match, bool], channel: str, by: User
) -> None:
    """Keep them all or none; the trail says who wrote them down and how they came.

    The partners come first: who no longer wants to be on the list may still welcome somebody who already said yes.

    Raises:
        WorkflowError: the plan is closed or off the website, or a partner's proposal was answered in the meantime.
    """
    for match, welcome in sorted(contact.items(), key=lambda each: each[0].pk):
        matching.answer_need(match, Answer.YES if welcome else Answer.NO, by=by, channel=channel)
    if may_see_help is not None:
        step = needs.agree if may_see_help else needs.decline
        step(initiative, by=by, channel=channel)
