import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shared.lifecycle import WorkflowError
from shared.links import LinkExpired, LinkInvalid
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    raise WorkflowError("Dit besluit is al genomen.")


def expired(request: HttpRequest) -> HttpResponse:
    raise LinkExpired


def invalid(request: HttpRequest) -> HttpResponse:
    raise LinkInvalid


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("weigert/", refuses),
    path("verlopen/", expired),
    path("fout/", invalid),
    path("stuk/", breaks),
    path("", include("wbw_portal.urls")),
]
handler500 = "shared.ui.views.server_error"


@pytest.fixture
def someone(client):
    client.force_login(UserFactory())
    return client


def test_choosing_a_language_leads_back_to_the_same_page_and_is_remembered(client):
    response = client.get("/toegankelijkheid/?taal=en&bron=1")

    assert (response.status_code, response["Location"]) == (302, "/toegankelijkheid/?bron=1")
    assert response.cookies["taal"].value == "en"
    assert '<html lang="en">' in client.get("/toegankelijkheid/").content.decode()


def test_an_unknown_language_changes_nothing(client):
    assert '<html lang="nl">' in client.get("/toegankelijkheid/?taal=xx").content.decode()


def test_choosing_a_language_never_leads_to_another_site(client):
    assert client.get("/?taal=en", PATH_INFO="//evil.example/")["Location"] == "/%2Fevil.example/"


def test_the_address_of_a_button_is_no_empty_page(client):
    response = client.get("/initiatieven/bevestigen/abc/opnieuw/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Dit adres hoort bij een knop" in response.content.decode()


def test_a_refused_button_leads_back_with_the_reason(someone):
    response = someone.post("/weigert/", headers={"referer": "http://testserver/toegankelijkheid/"}, follow=True)

    assert response.redirect_chain == [("http://testserver/toegankelijkheid/", 302)]
    assert "Dit besluit is al genomen." in response.content.decode()


def test_a_refusal_never_leads_to_another_site(someone):
    response = someone.post("/weigert/", headers={"referer": "https://evil.example/"})

    assert response["Location"] == "/weigert/"


def test_a_page_that_is_refused_says_why_and_whom_to_call(client):
    response = client.get("/weigert/")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Dit besluit is al genomen." in page
    # Who came by a link has no overview to go to.
    assert "14 078" in page.split("<footer")[0]
    assert "Naar Mijn overzicht" not in page


def test_who_is_signed_in_goes_from_a_refusal_to_the_overview(someone):
    assert "Naar Mijn overzicht" in someone.get("/weigert/").content.decode()


@pytest.mark.parametrize(
    ("address", "status", "text"), [("/verlopen/", 410, "werkt niet meer"), ("/fout/", 404, "klopt niet")]
)
def test_a_spent_link_leads_to_a_page_that_helps(someone, address, status, text):
    response = someone.get(address)

    assert response.status_code == status
    assert text in response.content.decode()
    assert "14 078" in response.content.decode()


def test_a_bug_gives_a_page_with_a_reference_number(someone):
    someone.raise_request_exception = False

    response = someone.get("/stuk/")

    page = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in page
    assert "Uw tekst staat er dan nog" in page


def test_a_page_that_does_not_exist_shows_the_way(client):
    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert 'href="/initiatieven/"' in response.content.decode()
