"""The pages of the second factor with wrong input, pressed twice, or opened by "back": always words that help."""

import hashlib
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from shared.accounts.models import User
from tests.factories.accounts import CoordinatorFactory
from tests.shared.accounts.test_second_factor import AGAIN, SET_UP
from tests.sign_in import code_of, sign_in

pytestmark = pytest.mark.django_db

FAILED = "Het lukte niet met de passkey. Probeer het nog een keer, of gebruik een code."
BROKEN = [
    {},
    {"credential": "geen json"},
    {"credential": "{}"},
    {"credential": "[1]"},
    {"credential": '{"id":"x","rawId":"x","response":{}}'},
    {"credential": '{"id":3,"rawId":3,"response":3,"type":"public-key"}'},
]


@pytest.fixture
def somebody(client) -> User:
    """A coordinator with an app and recovery codes, who just proved it."""
    user, secret = CoordinatorFactory(), generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    client.post(AGAIN, {"code": code_of(secret)})
    return user


def passkey_of(user: User, name: str = "Telefoon") -> Authenticator:
    """A passkey as a browser would have given it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    kept = AttestedCredentialData.create(Aaguid.NONE, name.encode(), key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, bytes(kept))
    told = CollectedClientData.create("webauthn.create", b"vraag", "http://testserver")
    number = websafe_encode(name.encode())
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
    }
    credential = {"id": number, "rawId": number, "type": "public-key", "response": response}
    data: dict[str, Any] = {"name": name, "credential": credential | {"clientExtensionResults": {}}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def page_of(client: Client, address: str, data: dict[str, str] | None = None) -> str:
    """Where one ends, and what stands there."""
    answer = client.get(address, follow=True) if data is None else client.post(address, data, follow=True)
    assert answer.status_code == 200
    return f"{answer.request['PATH_INFO']} {answer.content.decode()}"


@pytest.mark.parametrize("broken", BROKEN)
def test_a_passkey_that_is_not_one_is_asked_for_again(client, somebody, broken):
    page = page_of(client, f"{SET_UP}passkeys/nieuw/", broken)

    assert "Uw browser gaf geen passkey door. Probeer het nog een keer" in page
    assert Authenticator.objects.filter(type="webauthn").count() == 0


@pytest.mark.parametrize("broken", BROKEN)
def test_proving_it_with_a_passkey_that_fails_stays_on_the_page_with_the_way_to_a_code(client, somebody, broken):
    passkey_of(somebody)
    address = f"{SET_UP}passkeys/opnieuw/"

    page = page_of(client, address, broken | {"next": f"{SET_UP}herstelcodes/"})

    assert page.startswith(address)
    assert FAILED in page
    assert "Gebruik een code" in page
    assert 'value="/inloggen/tweede-controle/herstelcodes/"' in page


@pytest.mark.parametrize("broken", BROKEN)
def test_signing_in_with_a_passkey_that_fails_says_so(client, broken):
    page = page_of(client, "/inloggen/passkey/", broken)

    assert FAILED in page
    assert "Stuur mij een code" in page


@pytest.mark.parametrize("code", ["", "abc", "000000", "9" * 30])
def test_a_wrong_code_for_a_new_app_says_what_to_do(client, code):
    sign_in(client, CoordinatorFactory(), second_factor=False)

    page = page_of(client, f"{SET_UP}app/", {"code": code})

    assert "Fout:" in page
    assert ("Vul de code in" if not code else "code") in page
    assert Authenticator.objects.count() == 0


def test_a_second_app_is_not_added_and_the_reason_is_said(client, somebody):
    page = page_of(client, f"{SET_UP}app/")

    assert page.startswith(f"{SET_UP} ")
    assert "U heeft al een app. Heeft u een nieuwe telefoon? Verwijder dan eerst de oude app." in page


def test_removing_the_app_twice_says_that_it_is_gone(client, somebody):
    first, second = page_of(client, f"{SET_UP}app/verwijderen/", {}), page_of(client, f"{SET_UP}app/verwijderen/", {})

    assert "De app is verwijderd." in first
    assert "De app is al verwijderd." in second
    assert not Authenticator.objects.filter(user=somebody).exists()


def test_a_passkey_is_renamed_and_removed_and_a_second_press_says_that_it_is_gone(client, somebody):
    address = f"{SET_UP}passkeys/{passkey_of(somebody).pk}"

    nameless, long = (page_of(client, f"{address}/naam/", {"name": name}) for name in ("", "x" * 101))
    renamed = page_of(client, f"{address}/naam/", {"name": "Kantoor"})
    asked = page_of(client, f"{address}/verwijderen/")
    removed, again = (page_of(client, f"{address}/verwijderen/", {}) for _press in range(2))

    assert "Geef de passkey een naam" in nameless
    assert "hooguit 100 tekens, nu 101" in long
    assert "Kantoor" in renamed
    assert "Heeft u geen app en geen andere passkey" in asked
    assert "De passkey is verwijderd." in removed
    assert "Deze passkey is er niet meer." in again


@pytest.mark.parametrize("page", ["naam", "verwijderen"])
def test_the_passkey_of_a_colleague_is_not_touched(client, somebody, page):
    theirs = passkey_of(CoordinatorFactory(), "Van een ander")

    answer = page_of(client, f"{SET_UP}passkeys/{theirs.pk}/{page}/", {"name": "Van mij"})

    assert "Deze passkey is er niet meer." in answer
    assert Authenticator.objects.get(pk=theirs.pk).data["name"] == "Van een ander"


@pytest.mark.parametrize("page", ["herstelcodes/", "herstelcodes/nieuw/", "herstelcodes/bewaren/"])
def test_without_a_second_factor_there_are_no_recovery_codes_and_one_hears_how_to_get_them(client, page):
    sign_in(client, CoordinatorFactory(), second_factor=False)

    answer = page_of(client, f"{SET_UP}{page}")

    assert answer.startswith(f"{SET_UP} ")
    assert "Voeg eerst een app of passkey toe. Daarna krijgt u herstelcodes." in answer


def test_proving_it_without_a_second_factor_leads_to_adding_one(client):
    sign_in(client, CoordinatorFactory(), second_factor=False)

    assert "Voeg eerst een app of passkey toe." in page_of(client, AGAIN)


def test_new_recovery_codes_replace_the_old_ones(client, somebody):
    before = client.get(f"{SET_UP}herstelcodes/").context["unused_codes"]

    question = page_of(client, f"{SET_UP}herstelcodes/nieuw/")
    after = client.post(f"{SET_UP}herstelcodes/nieuw/", follow=True).context["unused_codes"]

    assert "De 10 codes die u nog heeft, werken daarna niet meer." in question
    assert len(after) == 10
    assert set(before).isdisjoint(after)


def test_when_all_codes_are_used_the_pages_say_so(client, somebody):
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    for code in codes.get_unused_codes():
        codes.validate_code(code)

    assert "Alle codes zijn gebruikt." in page_of(client, f"{SET_UP}herstelcodes/")
    assert "U heeft geen herstelcodes meer die werken." in page_of(client, f"{SET_UP}herstelcodes/nieuw/")
    assert "Alle codes zijn gebruikt." in page_of(client, f"{SET_UP}herstelcodes/bewaren/")


def test_the_file_with_codes_has_a_dutch_name_and_is_kept_by_no_browser(client, somebody):
    answer = client.get(f"{SET_UP}herstelcodes/bewaren/")

    assert answer["Content-Disposition"] == 'attachment; filename="herstelcodes.txt"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", ["herstelcodes/", "herstelcodes/bewaren/", "herstelcodes/nieuw/", "app/verwijderen/"])
def test_nobody_sees_or_changes_them_without_proving_it_first(client, page):
    user = CoordinatorFactory()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    sign_in(client, user, second_factor=False)

    assert client.get(f"{SET_UP}{page}").url.startswith(f"{AGAIN}?next=")
