"""The municipality's own sign-in: there when it is configured, and nowhere when it is not."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.test import RequestFactory

from shared.accounts import second_factor
from shared.accounts.models import User
from tests.factories.accounts import CoordinatorFactory

LOOK = """
import django; django.setup()
from django.urls import reverse
from django.test import RequestFactory
from shared.accounts.urls import sign_in
print(reverse("openid_connect_login", args=["werk"]))
print(sign_in.view_initkwargs["extra_context"]["oidc_url"], sign_in.view_initkwargs["extra_context"]["oidc_name"])
"""
CONFIGURED = {
    "PORTAL_OIDC_URL": "https://inloggen.gemeente.example",
    "PORTAL_OIDC_CLIENT_ID": "portal",
    "PORTAL_OIDC_SECRET": "geheim",
    "PORTAL_OIDC_NAME": "Gemeente Voorbeeld",
}


def look(**environment: str) -> subprocess.CompletedProcess[str]:
    """What a portal with these variables has."""
    return subprocess.run(
        [sys.executable, "-c", LOOK],
        env=os.environ | {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "wbw_portal.settings"} | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_the_variables_there_is_a_link_to_it():
    seen = look(**CONFIGURED)

    assert seen.stdout.splitlines() == [
        "/inloggen/organisatie/werk/login/",
        "/inloggen/organisatie/werk/login/ Gemeente Voorbeeld",
    ]


def test_without_them_it_has_no_address():
    assert "NoReverseMatch" in look().stderr


def test_a_variable_that_is_missing_is_named():
    assert "PORTAL_OIDC_CLIENT_ID" in look(PORTAL_OIDC_URL="https://inloggen.gemeente.example").stderr


@pytest.mark.django_db
@pytest.mark.parametrize(("acr", "trusted"), [("hoog", True), ("laag", False), (None, False)])
def test_the_second_factor_of_the_employer_counts_when_it_says_so(client, settings, acr, trusted):
    settings.OIDC_SECOND_FACTOR = ["hoog"]
    user = CoordinatorFactory()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, user
    login = SimpleNamespace(account=SimpleNamespace(extra_data={"userinfo": {"acr": acr}, "id_token": {}}))

    user_logged_in.send(sender=User, request=request, user=user, sociallogin=login)

    assert second_factor.done(request) is trusted
