"""What the portal notices about an application: questions for the reviewer, never a verdict."""

from django.utils.translation import gettext as _

from shared.accounts.models import User
from subsidies.models import Application


def conflict_hints(application: Application, user: User) -> list[str]:
    """What may point to an interest of this colleague: each a sentence, and a reason for a second pair of eyes."""
    hints = []
    if application.email and application.email.lower() == user.email.lower():
        hints.append(_("de aanvrager heeft hetzelfde e-mailadres als u"))
    if _family_name(application.name) == _family_name(user.name) != "":
        hints.append(_("de aanvrager heeft dezelfde achternaam als u"))
    if application.initiative and application.initiative.initiator_id == user.pk:
        hints.append(_("het initiatief is van u"))
    return hints


def _family_name(name: str) -> str:
    parts = name.lower().split()
    return parts[-1] if len(parts) > 1 else ""
