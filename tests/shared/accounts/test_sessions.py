"""A session ends, and signing in returns to where one was with what was typed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from shared.accounts import return_to
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.shared.accounts.staff_pages")]

TYPED = {"message": "Wanneer begint u?\nWij staan klaar.", "choice": ["a", "b"]}


def test_a_page_asks_to_sign_in_and_knows_the_way_back(client):
    assert client.get("/van-mij/?a=1").url == "/inloggen/?next=%2Fvan-mij%2F%3Fa%3D1"


def test_what_was_typed_comes_back_after_signing_in(client):
    assert client.post("/van-mij/", TYPED).url == "/inloggen/?next=%2Finloggen%2Fverder%2F"
    client.force_login(UserFactory())

    page = client.get("/inloggen/verder/")

    html = page.content.decode()
    assert "Wanneer begint u?" in html
    assert "Er is nog niets verstuurd" in html
    assert page.context["kept"].path == "/van-mij/"
    assert page.context["kept"].fields == [("message", TYPED["message"]), ("choice", "a"), ("choice", "b")]


def test_the_form_that_was_kept_is_sent_by_its_writer(client):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user := UserFactory())
    token = client.get("/inloggen/uitloggen/").cookies["csrftoken"].value
    client.session.flush()
    del client.cookies["sessionid"]
    client.post("/van-mij/", TYPED | {"csrfmiddlewaretoken": token})
    client.force_login(user)
    kept = client.get("/inloggen/verder/").context["kept"]

    answer = client.post(kept.path, dict(kept.fields) | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})

    assert answer.content.decode() == f"van u {TYPED['message']}"


def test_files_are_not_kept_and_the_page_says_so(client):
    client.post("/van-mij/", TYPED | {"photo": SimpleUploadedFile("foto.jpg", b"x")})
    client.force_login(UserFactory())

    assert "Bestanden zijn niet bewaard" in client.get("/inloggen/verder/").content.decode()


def test_nothing_kept_means_straight_on(client):
    client.force_login(UserFactory())

    assert client.get("/inloggen/verder/").url == "/mijn/"


def test_what_was_typed_is_forgotten_after_an_hour(client, time_machine):
    client.post("/van-mij/", TYPED)
    client.force_login(UserFactory())

    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    assert client.get("/inloggen/verder/").url == "/mijn/"
    assert return_to.KEY not in client.session


def test_what_one_person_typed_is_not_shown_to_the_next_on_the_same_computer(client, time_machine):
    sign_in(client, CoordinatorFactory())
    client.get("/van-mij/")
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    client.post("/van-mij/", TYPED)

    sign_in(client, CoordinatorFactory())

    assert client.get("/inloggen/verder/").url == "/beheer/"


def test_a_form_of_unbelievable_size_is_not_kept(client):
    answer = client.post(
        "/van-mij/", {"message": "x" * 100_001}, headers={"referer": "http://testserver/van-mij/?stap=2"}
    )

    assert answer.url == "/inloggen/?next=%2Fvan-mij%2F%3Fstap%3D2"
    assert return_to.KEY not in client.session


def test_another_site_is_never_where_one_was(client):
    answer = client.post("/van-mij/", {"message": "x" * 100_001}, headers={"referer": "https://kwaad.example/"})

    assert answer.url == "/inloggen/?next=%2F"


@pytest.mark.parametrize(("minutes", "open_still"), [(59, True), (61, False)])
def test_staff_who_leave_the_screen_alone_for_an_hour_sign_in_again(client, time_machine, minutes, open_still):
    sign_in(client, CoordinatorFactory())
    client.get("/werk/")

    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))

    assert (client.get("/werk/").status_code == 200) is open_still


def test_staff_who_keep_working_stay_signed_in_until_the_day_is_over(client, time_machine):
    sign_in(client, CoordinatorFactory())
    start = timezone.now()

    codes = []
    for minutes in range(0, 8 * 60, 30):
        time_machine.move_to(start + timedelta(minutes=minutes))
        codes.append(client.get("/werk/").status_code)
    time_machine.move_to(start + timedelta(hours=8, minutes=2))
    codes.append(client.get("/werk/").status_code)

    assert codes == [200] * 16 + [302]


def test_a_resident_may_take_all_evening_for_a_form(client, time_machine):
    client.force_login(UserFactory())

    time_machine.move_to(timezone.now() + timedelta(hours=4))

    assert client.get("/van-mij/").status_code == 200


def test_who_was_away_reads_why_they_have_to_sign_in_again(client, time_machine):
    sign_in(client, CoordinatorFactory())
    client.get("/werk/")
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    page = client.get("/werk/", follow=True)

    assert "U was een tijd weg" in page.content.decode()
    assert page.redirect_chain == [("/inloggen/?next=%2Fwerk%2F", 302)]


def test_a_public_page_does_not_touch_the_session(client):
    response = client.get("/inloggen/gesloten/")

    assert response.status_code == 200
    assert "sessionid" not in response.cookies
