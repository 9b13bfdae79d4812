"""Which other cases are around the same plan or the same people, and how they are named in a finding."""

from django.db.models import Q

from shared.ui.notations import euro_text
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet

# More cases than this say no more than "many".
MOST_EARLIER = 10


def related(application: Application) -> ApplicationQuerySet:
    """Other cases of the same name, address, e-mail address, person or plan, newest first."""
    condition = Q(name__iexact=application.name)
    if application.email:
        condition |= Q(email__iexact=application.email)
    if application.applicant_id:
        condition |= Q(applicant=application.applicant_id)
    if application.postcode and application.house_number:
        condition |= Q(postcode=application.postcode, house_number=application.house_number)
    if application.initiative_id:
        condition |= Q(initiative=application.initiative_id)
    if application.previous_id:
        condition |= Q(pk=application.previous_id)
    return Application.objects.exclude(pk=application.pk).filter(condition).order_by("-received_on", "-pk")


def listed(others: list[Application]) -> str:
    """The numbers of cases with what was granted."""
    shown = [
        f"{other.reference} ({euro_text(other.granted_amount)})" if other.granted_amount else other.reference
        for other in others[:MOST_EARLIER]
    ]
    return ", ".join(shown)


def same_person(one: Application, other: Application) -> bool:
    """By the address that was confirmed, or typed."""
    return same_text(one.email, other.email) or (
        one.applicant_id is not None and one.applicant_id == other.applicant_id
    )


def same_address(one: Application, other: Application) -> bool:
    """The same front door."""
    return (one.postcode, one.house_number) == (other.postcode, other.house_number) and bool(other.postcode)


def same_text(one: str, other: str) -> bool:
    """The same words, whatever the capitals."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
