"""Every message that leaves the building about an initiative: one function each, the same for preview and sending."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation

from initiatives.models import Draft, Initiative, Involvement, Message
from shared import municipality
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from shared.notifications.outbox import Recipient

CONFIRM = "initiatives.confirm"
NEW_ADDRESS = "initiatives.new_address"
DRAFT = "initiatives.draft"
INVOLVE = "initiatives.involve"
STOP = "initiatives.stop"


def initiator(initiative: Initiative) -> Recipient:
    """The person who brought the plan; without an e-mail address the letter is printed."""
    return Recipient(
        name=initiative.name,
        email=initiative.email,
        postal_address=initiative.postal_address,
        phone=initiative.phone,
    )


def confirm_address(initiative: Initiative, *, reminder: bool = False) -> Letter:
    """Ask to confirm the address; says what the plan is called and nothing else, since the address may be wrong."""
    token = sign(CONFIRM, initiative=initiative.pk, email=initiative.email)
    return _letter(
        "confirm_address",
        initiative,
        url=absolute(reverse("initiatives:confirm", args=[token])),
        reminder=reminder,
        days=municipality.current().periods.confirmation_link_days,
    )


def confirm_new_address(initiative: Initiative, email: str) -> Letter:
    """Ask to confirm a new address for a plan that is in already."""
    token = sign(NEW_ADDRESS, initiative=initiative.pk, email=email)
    return _letter(
        "confirm_new_address",
        initiative,
        url=absolute(reverse("initiatives:confirm_new_address", args=[token])),
        days=municipality.current().periods.confirmation_link_days,
    )


def receipt(initiative: Initiative) -> Letter:
    """The confirmation that the plan came in, with a copy of the answers and the promised day."""
    return _letter("receipt", initiative, url=_overview_url(initiative))


def new_initiative(initiative: Initiative) -> Letter:
    """Tell the coordinator that there is a new plan in the wijk."""
    return _to_staff("new_initiative", initiative)


def answer_reminder(initiative: Initiative) -> Letter:
    """Remind the coordinator of a promise that ran out."""
    return _to_staff("answer_reminder", initiative)


def escalation(initiative: Initiative) -> Letter:
    """Tell the functional manager that a resident has waited too long."""
    return _to_staff("escalation", initiative)


def taken_up(initiative: Initiative) -> Letter:
    """Tell the initiator who looks at the plan."""
    return _letter("taken_up", initiative)


def question(initiative: Initiative, *, text: str, answer_by: date | None) -> Letter:
    """Ask the initiator something; the answer comes back through the portal."""
    return _letter(
        "question",
        initiative,
        message=text,
        answer_by=answer_by,
        url=_overview_url(initiative),
    )


def question_reminder(initiative: Initiative, asked: Message) -> Letter:
    """Remind the initiator of a question, once."""
    return _letter(
        "question_reminder",
        initiative,
        message=asked.text,
        url=_overview_url(initiative),
    )


def message(initiative: Initiative, *, text: str) -> Letter:
    """A message from the coordinator."""
    return _letter("message", initiative, message=text, url=_overview_url(initiative))


def from_resident(initiative: Initiative, *, text: str) -> Letter:
    """Tell the coordinator that the initiator wrote."""
    return _to_staff("from_resident", initiative, message=text)


def accepted(initiative: Initiative, *, text: str, agreements: Iterable[dict[str, Any]]) -> Letter:
    """The municipality helps; with who does what."""
    return _letter(
        "accepted",
        initiative,
        message=text,
        agreements=list(agreements),
        url=_overview_url(initiative),
    )


def passed_on(initiative: Initiative, *, text: str, organisation: str, contact: str) -> Letter:
    """Somebody else can help better: who, why, and how to reach them."""
    return _letter(
        "passed_on",
        initiative,
        message=text,
        organisation=organisation,
        organisation_contact=contact,
    )


def handed_over(initiative: Initiative, *, text: str, organisation: str) -> Letter:
    """Bring a plan to the organisation that can help, with the initiator's contact data (who agreed to that)."""
    return _to_staff("handed_over", initiative, message=text, organisation=organisation)


def declined(initiative: Initiative, *, text: str, alternative: str) -> Letter:
    """A no, with the reason and the way on."""
    return _letter("declined", initiative, message=text, alternative=alternative)


def reopened(initiative: Initiative, *, text: str) -> Letter:
    """The municipality looks at the plan again."""
    return _letter("reopened", initiative, message=text)


def published(initiative: Initiative) -> Letter:
    """The plan is on the website, and what others see of it."""
    return _letter("published", initiative, url=absolute(initiative.get_absolute_url()))


def started(initiative: Initiative, *, text: str) -> Letter:
    """The plan is being carried out."""
    return _letter("started", initiative, message=text, url=_overview_url(initiative))


def finished(initiative: Initiative, *, text: str) -> Letter:
    """The plan is done: thanks, and the result."""
    return _letter("finished", initiative, message=text, url=_overview_url(initiative))


def withdrawn(initiative: Initiative, *, reason: str, by_initiator: bool) -> Letter:
    """Confirm that the plan was withdrawn."""
    return _letter("withdrawn", initiative, message=reason, by_initiator=by_initiator)


def merged(initiative: Initiative, target: Initiative) -> Letter:
    """The plan goes on together with another one."""
    return _letter("merged", initiative, target=target, url=absolute(target.get_absolute_url()))


def contact_changed(initiative: Initiative) -> Letter:
    """Tell the initiator that the contact data changed."""
    return _letter("contact_changed", initiative)


def draft_link(draft: Draft) -> Letter:
    """The way back to a plan that was not sent yet."""
    return _compose("draft_link", {"draft": draft, "url": draft_url(draft), **_periods()}, draft.language)


def draft_warning(draft: Draft) -> Letter:
    """Warn that a draft will be deleted."""
    return _compose("draft_warning", {"draft": draft, "url": draft_url(draft), **_periods()}, draft.language)


def confirm_involvement(involvement: Involvement) -> Letter:
    """Ask a neighbour to confirm that they join, support or follow a plan, in the language that the neighbour reads."""
    token = sign(INVOLVE, involvement=involvement.pk)
    context = {
        "initiative": involvement.initiative,
        "involvement": involvement,
        "url": absolute(reverse("initiatives:confirm_involvement", args=[token])),
        "stop_url": stop_url(involvement),
    }
    return _compose("confirm_involvement", context, translation.get_language() or "nl")


def neighbour_joined(involvement: Involvement) -> Letter:
    """Tell the initiator that a neighbour joins; name and address only when the neighbour agreed."""
    initiative = involvement.initiative
    return _letter(
        "neighbour_joined",
        initiative,
        involvement=involvement,
        url=_overview_url(initiative),
    )


def draft_url(draft: Draft) -> str:
    """The full address at which a draft is continued."""
    return absolute(reverse("initiatives:resume", args=[sign(DRAFT, draft=str(draft.pk))]))


def stop_url(involvement: Involvement) -> str:
    """The full address at which a neighbour stops being involved."""
    return absolute(
        reverse(
            "initiatives:stop_involvement",
            args=[sign(STOP, involvement=involvement.pk)],
        )
    )


def _letter(name: str, initiative: Initiative, **context: Any) -> Letter:
    return _compose(name, {"initiative": initiative, **context}, initiative.language)


def _to_staff(name: str, initiative: Initiative, **context: Any) -> Letter:
    return _compose(name, {"initiative": initiative, "url": _review_url(initiative), **context}, "nl")


def _compose(name: str, context: dict[str, Any], language: str) -> Letter:
    context = {"municipality": municipality.current(), **context}
    return compose(f"initiatives/letters/{name}.txt", context, language=language)


def _periods() -> dict[str, int]:
    periods = municipality.current().periods
    return {"days": periods.draft_days, "warning_days": periods.draft_warning_days}


def _review_url(initiative: Initiative) -> str:
    return absolute(reverse("admin:initiatives_initiative_change", args=[initiative.pk]))


def _overview_url(initiative: Initiative) -> str:
    return absolute(reverse("initiatives:mine", args=[initiative.reference]))
