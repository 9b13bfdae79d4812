"""Letters about how the applicant is called and reached."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from shared.links import absolute, sign
from shared.notifications.compose import Letter
from subsidies.answers import way
from subsidies.letters.applicant import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import Application
from subsidies.questions import LABELS

NEW_EMAIL = "subsidies.new_email"


def contact_changed(application: Application, names: Sequence[str]) -> Letter:
    """What was changed, as it stands now; to be checked by who it is about."""
    with translation.override(application.language):
        lines = [(str(LABELS[name]), _shown(application, name)) for name in names]
    return _letter("contact_changed", application, lines=lines, url=case_url(application))


def confirm_email(application: Application) -> Letter:
    """To the new address: whose it is presses the button."""
    token = sign(NEW_EMAIL, application=application.pk, email=application.email_pending)
    return _letter("confirm_email", application, url=absolute(reverse("subsidies:new_email", args=[token])))


def email_changed(application: Application, email: str) -> Letter:
    """To the old address, without a link to the case."""
    return _letter("email_changed", application, email=email)


def email_confirmed(application: Application) -> Letter:
    """To the new address, with the way to the case."""
    return _letter("email_confirmed", application, url=case_url(application))


def address_dropped(application: Application) -> Letter:
    """To the address that is used no more: letters go on paper."""
    return _letter("address_dropped", application, lines=application.address_lines)


def _shown(application: Application, name: str) -> str:
    value = getattr(application, name)
    return way(value) if name == "by_email" else str(value)


def _letter(name: str, application: Application, **context: Any) -> Letter:
    values = {"application": application, **context}
    return step_letter(name, application, values, application.language)
