"""What may point to an interest of a colleague in a case (Awb article 2:4)."""

from django.utils.translation import gettext as _

from initiatives.models import Initiative
from shared.accounts.models import User
from subsidies.models import Application, BankAccount


def conflict_hints(application: Application, user: User) -> list[str]:
    """What may point to an interest of this colleague: each a sentence, and a reason for a second pair of eyes."""
    hints = []
    if application.applicant_id == user.pk:
        hints.append(_("u bent zelf de aanvrager"))
    if application.email and application.email.lower() == user.email.lower():
        hints.append(_("de aanvrager heeft hetzelfde e-mailadres als u"))
    if _family_name(application.name) == _family_name(user.name) != "":
        hints.append(_("de aanvrager heeft dezelfde achternaam als u"))
    if application.initiative and application.initiative.initiator_id == user.pk:
        hints.append(_("het initiatief is van u"))
    if _shares_address(application, user):
        hints.append(_("de aanvrager woont op een adres dat u eerder zelf opgaf"))
    if _shares_account(application, user):
        hints.append(_("het rekeningnummer staat ook bij een aanvraag van u"))
    return hints


def _shares_address(application: Application, user: User) -> bool:
    """Staff give no address; what is known is what they filled in themselves, as residents."""
    if not application.postcode or not application.house_number:
        return False
    here = {"postcode": application.postcode, "house_number": application.house_number}
    return (
        Application.objects.exclude(pk=application.pk).filter(applicant=user, **here).exists()
        or Initiative.objects.filter(initiator=user, **here).exists()
    )


def _shares_account(application: Application, user: User) -> bool:
    own = BankAccount.objects.filter(application__applicant=user).exclude(application=application).values("iban")
    return BankAccount.objects.filter(application=application, iban__in=own).exists()


def _family_name(name: str) -> str:
    parts = name.lower().split()
    return parts[-1] if len(parts) > 1 else ""
