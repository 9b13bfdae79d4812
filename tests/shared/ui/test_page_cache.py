import gzip
import re

import brotli
import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from shared.ui import page_cache
from shared.ui.page_cache import public_page
from tests.factories.accounts import UserFactory

made: list[str] = []


@public_page("wijk", "pagina")
def plain(request: HttpRequest) -> HttpResponse:
    made.append(request.get_full_path())
    person = getattr(request.user, "email", "niemand")
    return HttpResponse(f"{request.LANGUAGE_CODE} {request.GET.urlencode()} {person} " + "tekst " * 100)


@public_page
def remembers(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    response = HttpResponse("met een koekje")
    response.set_cookie("eigen", "1")
    return response


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    made.append(request.path)
    return HttpResponse("weg", status=404)


urlpatterns = [
    path("plat/", plain),
    path("koekje/", remembers),
    path("weg/", missing),
    path("", include("wbw_portal.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def nothing_made() -> None:
    made.clear()


def test_a_page_is_made_once_and_then_kept(client):
    first, second = client.get("/plat/"), client.get("/plat/")

    assert len(made) == 1
    assert first.content == second.content
    assert second["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(("accepted", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_kept_page_is_sent_as_the_browser_likes_it(client, accepted, unpack):
    plain_text = client.get("/plat/").content

    response = client.get("/plat/", headers={"accept-encoding": accepted})

    assert response["Content-Encoding"] == accepted.split(",")[0]
    assert unpack(response.content) == plain_text
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]
    assert "Cookie" in response["Vary"]
    assert len(made) == 1


def test_a_browser_that_has_the_page_gets_only_a_304(client):
    etag = client.get("/plat/")["ETag"]

    response = client.get("/plat/", headers={"if-none-match": f"W/{etag}"})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def test_a_step_that_commits_makes_every_kept_page_disappear(client):
    etag = client.get("/plat/")["ETag"]

    page_cache.touch()

    response = client.get("/plat/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert len(made) == 2


def test_a_step_that_rolls_back_changes_nothing(client):
    page_cache.touch()
    client.get("/plat/")

    with transaction.atomic():
        page_cache.touch()
        transaction.set_rollback(True)

    client.get("/plat/")
    assert len(made) == 1


def test_each_language_and_each_known_parameter_has_its_own_page_and_others_share_one(client):
    texts = {
        client.get(f"/plat/{query}").content for query in ["", "?wijk=1", "?wijk=2", "?utm_source=x", "?a=1&wijk=1"]
    }
    client.cookies["taal"] = "en"
    english = client.get("/plat/").content

    assert len(texts) == 3
    assert english.startswith(b"en ")
    assert len(made) == 4


def test_nothing_about_the_visitor_gets_into_a_page(client):
    client.force_login(UserFactory(email="anna@voorbeeld.nl"))

    response = client.get("/plat/")

    assert b"niemand" in response.content
    assert not response.cookies


def test_signing_in_survives_a_public_page(client):
    client.force_login(UserFactory())
    client.get("/plat/")

    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ["/koekje/", "/weg/", "/plat/?wijk=" + "x" * 400])
def test_pages_with_cookies_errors_and_endless_addresses_are_not_kept(client, address):
    first = client.get(address)
    client.get(address)

    assert len(made) == 2
    assert "ETag" not in first


def test_a_visitor_with_a_message_gets_an_own_page(client):
    client.cookies["messages"] = "iets"

    assert "ETag" not in client.get("/plat/")


def test_made_up_addresses_cannot_fill_redis(client, monkeypatch):
    monkeypatch.setattr(page_cache, "PAGES_AN_HOUR", 1)

    for _ in range(2):
        client.get("/plat/?wijk=1")
        client.get("/plat/?wijk=2")

    assert made == ["/plat/?wijk=1", "/plat/?wijk=2", "/plat/?wijk=2"]


def test_without_redis_pages_are_made_and_right(client, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///tmp/there-is-no-such.sock?db=1"},
    }
    assert caches["default"].get("x") is None

    first = client.get("/plat/")
    page_cache.touch()
    second = client.get("/plat/")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first["ETag"] != second["ETag"]
    assert len(made) == 2


def test_the_real_pages_have_no_cookies_and_may_be_kept(client):
    response = client.get("/toegankelijkheid/")

    assert not response.cookies
    assert re.fullmatch(r'"[0-9a-f]{32}"', response["ETag"])
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_kept_page_costs_one_query(client, django_assert_num_queries):
    client.get("/plat/")

    with django_assert_num_queries(1):
        client.get("/plat/")
