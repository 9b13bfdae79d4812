"""The work list and the file page of the small grant: who sees what, and what stands on them."""

import pytest
from django.urls import reverse

from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import ApplicationFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:subsidies_application_changelist"


@pytest.fixture
def case():
    return ApplicationFactory(title="Straatfeest Kruiswiel")


@pytest.fixture
def coordinator(client, case):
    return sign_in(client, CoordinatorFactory(wijk=case.wijk, name="Jan de Vries"))


def file_of(case) -> str:
    return reverse("admin:subsidies_application_change", args=[case.pk])


def test_the_work_list_holds_the_applications_of_my_wijk_only(client, case, coordinator):
    elsewhere = ApplicationFactory()

    page = client.get(reverse(LIST)).content.decode()

    assert case.title in page
    assert elsewhere.title not in page


def test_the_file_page_shows_the_application_and_another_wijk_does_not_exist(client, case, coordinator):
    elsewhere = ApplicationFactory()

    assert case.title in client.get(file_of(case)).content.decode()
    assert client.get(file_of(elsewhere)).status_code == 404
