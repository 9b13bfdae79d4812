"""What follows when allauth or Django reports that somebody signed in or changed their second factor."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in as signed_in_with_allauth
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from shared.accounts import sessions
from shared.accounts.models import User
from shared.accounts.policies import is_staff_member
from shared.audit import trail


@receiver(user_logged_in)
def start_the_clock(sender: type[User], request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """The session ends some hours from now. That staff signed in is worth keeping; that a resident did is not."""
    if request is None:
        return
    sessions.begin(request)
    if is_staff_member(user):
        trail.record("accounts.signed_in", subject=user, by=user)


@receiver(signed_in_with_allauth)
def trust_the_second_factor_of_the_employer(
    sender: type[User], request: HttpRequest, user: User, **kwargs: Any
) -> None:
    """The municipality's own sign-in may have asked for a second factor already, and says so in `acr`."""
    login = kwargs.get("sociallogin")
    if login is None or not settings.OIDC_SECOND_FACTOR:
        return
    claims = login.account.extra_data
    found = {claims.get("acr"), *(claims.get(part, {}).get("acr") for part in ("userinfo", "id_token"))}
    if found & set(settings.OIDC_SECOND_FACTOR):
        record_authentication(request, user, "mfa", type="oidc")


@receiver(authenticator_added)
def count_the_proof(
    sender: type[Authenticator], request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who just set up an app or a key has shown that they hold it: asking again at once would be silly."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk, reauthenticated=True)
    trail.record("accounts.second_factor_added", subject=user, by=user, new={"type": authenticator.type})


@receiver(authenticator_removed)
def note_the_removal(sender: type[Authenticator], user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A thief would do this; the trail and a letter tell."""
    trail.record("accounts.second_factor_removed", subject=user, by=user, old={"type": authenticator.type})


@receiver(authentication_failed)
def note_the_failure(sender: type[Authenticator], user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Guessing at the second factor means that somebody reads another's mail."""
    trail.record("accounts.second_factor_failed", subject=user, new={"type": authenticator.type})
