"""The report in the admin: on the file page, judged with its letter, and money that comes back."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import Outcome, RetentionClass
from subsidies.models import Application, Recovery, Report
from subsidies.workflow.after import evaluation
from subsidies.workflow.after.sending import ReportAnswers, receive_report
from tests.factories.accounts import ManagerFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, DecisionFactory, ReportFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

APPROVE, RETURN, LET_GO, BOOK = "verslag-goedkeuren", "verslag-terugsturen", "zonder-verslag", "terugbetaling-boeken"
LIST = "/beheer/subsidies/application/"


@pytest.fixture
def case():
    """A grant of € 750 with a plan on the website."""
    made = ApplicationFactory(granted=True, initiative=InitiativeFactory(accepted=True, published=True))
    ReportFactory(application=made)
    return made


@pytest.fixture
def came(case):
    """Its report came in: € 600 was spent, and it may be shown."""
    answers = ReportAnswers(
        took_place=True,
        what_happened="Wij aten met de hele straat.",
        people_count=42,
        what_changed="Buren groeten elkaar nu.",
        spent=Decimal(600),
        shows_result=True,
        photos=((StoredFileFactory(), "Een lange tafel"),),
    )
    receive_report(case, answers, by=None)
    return case


@pytest.fixture
def owner(client, case):
    """The coordinator of the case, signed in."""
    return sign_in(client, case.owner)


def step(case: Application, slug: str) -> str:
    return reverse("admin:subsidies_application_step", args=[case.pk, slug])


def file_page(client: Client, case: Application) -> str:
    return client.get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode()


def take(client: Client, case: Application, slug: str, **answers: str) -> str:
    """Look at the letter, and send what was seen."""
    filled_in = answers | {"version": str(Application.objects.get(pk=case.pk).version)}
    page = client.post(step(case, slug), filled_in | {"_preview": "1"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen, page
    return client.post(step(case, slug), filled_in | {"seen": seen[1], "_send": "1"}, follow=True).content.decode()


def test_the_file_shows_the_report_and_what_was_not_spent(client, owner, came):
    page = file_page(client, came)

    assert "Wij aten met de hele straat." in page
    assert "150,00 niet uitgegeven" in page
    assert f"/stap/{APPROVE}/" in page


def test_before_it_came_it_says_until_when(client, owner, case):
    Report.objects.update(due_on=today() - timedelta(days=2))

    page = file_page(client, case)

    assert "2 dagen te laat" in page
    assert "Er is nog geen verslag." in page


def test_it_is_approved_with_the_letter_and_shown_with_permission(client, owner, came):
    preview = client.get(step(came, APPROVE)).content.decode()
    take(client, came, APPROVE, show="on", public_text="Een mooi feest.")

    assert "is in orde" in preview
    assert "Een lange tafel" in preview
    assert Report.objects.get().approved_by == owner
    assert came.initiative.updates.get().text == "Een mooi feest."


def test_the_result_stands_on_the_public_page_of_the_plan(client, owner, came):
    take(client, came, APPROVE, show="on", public_text="Een mooi feest.")

    public = Client().get(came.initiative.get_absolute_url()).content.decode()

    assert "Een mooi feest." in public
    assert "Een lange tafel" in public


def test_without_permission_there_is_nothing_to_show(client, owner, came):
    Application.objects.update(shows_result=False)

    page = client.get(step(came, APPROVE)).content.decode()

    assert "Zet het resultaat op de pagina" not in page


def test_it_is_sent_back_with_a_reason_and_a_day(client, owner, came):
    take(client, came, RETURN, reason="De bon ontbreekt.", **day_in(21))

    assert Report.objects.get().returned_because == "De bon ontbreekt."


@pytest.mark.parametrize("days", [0, -3])
def test_not_sent_back_until_a_day_that_has_passed(client, owner, came, days):
    page = client.post(
        step(came, RETURN), {"reason": "De bon ontbreekt.", "_preview": "1", **day_in(days)}
    ).content.decode()

    assert "Kies een dag na vandaag" in page


def test_the_case_goes_on_without_it_after_the_second_term(client, owner, case):
    too_early = client.get(step(case, LET_GO), follow=True).content.decode()
    Report.objects.update(second_due_on=today() - timedelta(days=1))
    take(client, case, LET_GO, reason="Verhuisd.")

    assert "na de herinnering voorbij" in too_early
    assert Report.objects.get().is_judged


def test_what_comes_back_is_booked(client, owner, case):
    CeilingFactory(scheme=case.scheme)
    budget.grant(case, Decimal(750), by=owner, on=today())
    budget.paid(case, Decimal(750), by=owner, on=today())
    decision = DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(100))
    Recovery.objects.create(application=case, decision=decision, amount=Decimal(100), due_on=today())

    before = file_page(client, case)
    take(client, case, BOOK, amount="100", **day_in(0, "received_on"))

    assert "100,00 open" in before
    assert Recovery.objects.get().left == 0
    assert "alles terug" in file_page(client, case)


def test_the_mark_of_the_applicant_stands_in_the_file(client, owner, case):
    evaluation.ask(case)
    evaluation.answer(case, mark=9, text="Snel geholpen.")

    assert "Snel geholpen." in file_page(client, case)


def test_the_work_list_finds_reports_money_and_files_that_were_kept_long_enough(client, owner, came):
    late = ReportFactory(
        application=ApplicationFactory(granted=True, wijk=came.wijk), due_on=today() - timedelta(days=1)
    )
    old = ApplicationFactory(withdrawn=True, wijk=came.wijk)
    Application.objects.filter(pk=old.pk).update(
        status="closed", retention_class=RetentionClass.BROKEN_OFF, closed_on=today() - timedelta(days=366)
    )
    young = ApplicationFactory(withdrawn=True, wijk=came.wijk)
    Application.objects.filter(pk=young.pk).update(
        status="closed", retention_class=RetentionClass.REFUSED, closed_on=today() - timedelta(days=366)
    )

    found = {
        value: [case.pk for case in client.get(f"{LIST}?verslag={value}").context["cl"].result_list]
        for value in ("beoordelen", "te-laat", "verwacht", "terug", "bewaartermijn", "onzin")
    }

    assert found == {
        "beoordelen": [came.pk],
        "te-laat": [late.application_id],
        "verwacht": [late.application_id],
        "terug": [],
        "bewaartermijn": [old.pk],
        "onzin": [],
    }


@pytest.mark.parametrize("slug", [APPROVE, RETURN, LET_GO])
def test_nobody_judges_the_own_report(client, came, slug):
    manager = ManagerFactory()
    Application.objects.update(applicant=manager)
    sign_in(client, manager)

    client.post(step(came, slug), {"reason": "x", "_send": "1", **day_in(21)})

    assert Report.objects.get().approved_on is None


def day_in(days: int, name: str = "due_on") -> dict[str, str]:
    """A day as the boxes of a form send it; a working day when it lies ahead."""
    day = today() + timedelta(days=days)
    while days > 0 and day.weekday() > 4:
        day += timedelta(days=1)
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}
