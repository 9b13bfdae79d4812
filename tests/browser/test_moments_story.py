"""From a published check to the evaluation: plan, sign up without script, contribute, paper, feedback, mail, opinion.

How a check gets on the website is walked in `test_projects`; this begins where that ends.
Everything is real: the browser, the servers, the worker, the mail. Each page passes the gates on the way.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.enums import CheckStatus
from participation.models import ParticipationCheck
from participation.moments.enums import Criterion, Status
from participation.moments.letters import own_url
from participation.moments.models import Evaluation, Moment, Score
from tests.browser.conftest import DESK, PHONE, Visitor, letter_to, link_in
from tests.browser.test_staff_pages import arrive
from tests.factories.challenges import ChallengeFactory
from tests.factories.moments import EvaluationFactory, FeedbackFactory, MomentFactory, SignUpFactory
from tests.factories.participation import CheckFactory, ProjectFactory
from tests.factories.wijken import BuurtFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANNA = "anna@voorbeeld.example"
NEWS = {"Wat hebben wij gehoord?": "U wilt bankjes.", "Wat doen wij ermee?": "Er komen er vier."}


def test_from_a_project_on_a_phone_to_the_evaluation(visitor, worker, mail):
    project = ProjectFactory(published=True, title="Herinrichting Kerkstraat", wijken=[BuurtFactory().wijk])
    check = CheckFactory(project=project, published=True)
    lead = arrive(visitor, project.lead, DESK)
    plan(lead, project)
    moment = Moment.objects.get()
    check.refresh_from_db()
    assert (moment.status, check.status) == (Status.ANNOUNCED, CheckStatus.RUNNING)

    anna = visitor(PHONE, javascript=False)
    sign_up(anna, mail)
    contribute(anna)

    Moment.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    lead.open(reverse("admin:moments_moment_change", args=[moment.pk]))
    handle(lead)
    assert Moment.objects.get().status == Status.CLOSED

    told = letter_to(mail, ANNA, "Wat wij hoorden")
    assert "Er komen er vier." in told
    anna.open(re.search(r"https?://\S+/oordeel/[^\s)>\]]+", told)[0])
    anna.page.locator("[name=could_speak][value='5']").check()
    anna.press("Versturen")
    assert anna.reads("Er komen er vier.")
    assert Score.objects.get().could_speak == 5

    evaluate(lead, project)
    assert Evaluation.objects.get().passes
    assert ParticipationCheck.objects.get(pk=check.pk).status == CheckStatus.EVALUATED


def plan(lead: Visitor, project) -> None:
    """Plan a moment with a question from the file of the project, and put it on the website."""
    page = lead.page
    lead.open(reverse("admin:participation_project_change", args=[project.pk]))
    lead.press("Moment plannen")
    day = timezone.localdate() + timedelta(days=14)
    for name, text in {
        "title": "Wijktafel Kerkstraat",
        "text": "Wij praten over het groen en de bankjes.",
        "day_0": str(day.day),
        "day_1": str(day.month),
        "day_2": str(day.year),
        "begins": "19.30",
        "ends": "21:30",
        "place": "De Ridderhof",
        "capacity": "5",
        "question": "Wat vindt u van het plan?",
        "choice_question": "Waar moeten de bankjes komen?",
        "choices": "Bij de kerk\nBij de school",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=takes_contributions]").check()
    lead.press("Moment bewaren")
    lead.press("Aankondigen")
    lead.press("Aankondigen")


def sign_up(anna: Visitor, mail) -> None:
    """Find the project, sign up with a mistake first, and confirm by the link."""
    anna.open("/projecten/")
    anna.press("Herinrichting Kerkstraat")
    assert anna.reads("Wij volgen uw advies, of leggen uit waarom niet.")
    anna.press("Wijktafel Kerkstraat")
    anna.press("Aanmelden")
    anna.press("Aanmelden")
    assert anna.page.title().startswith("Fout:")
    anna.page.get_by_label("Uw naam").fill("Anna Bewoner")
    anna.page.get_by_label("Uw e-mailadres").fill(ANNA)
    anna.press("Aanmelden")
    anna.open(link_in(letter_to(mail, ANNA, "Bevestig uw aanmelding")))
    anna.press("Bevestig mijn aanmelding")
    assert anna.reads("U heeft een plek")


def contribute(anna: Visitor) -> None:
    """Say what she thinks, without a name."""
    anna.press("Alles over dit moment")
    anna.press("Laat nu weten wat u vindt")
    anna.page.get_by_label("Bij de kerk").check()
    anna.page.get_by_label("Wat vindt u van het plan?").fill("Graag met leuning.")
    anna.press("Versturen")
    assert anna.reads("Dank voor het meedenken")


def handle(lead: Visitor) -> None:
    """Read what came in, enter a paper, hold the moment, feed back, close."""
    page = lead.page
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Tonen")).first.click()
    lead.press("Bijdrage van papier invoeren")
    page.get_by_label("papier").check()
    page.get_by_label("Bij de school").check()
    page.get_by_label("Wat vindt u van het plan?").fill("Een bankje bij oma voor de deur.")
    lead.press("Invoeren")
    assert lead.reads("Een bankje bij oma voor de deur.")
    lead.press("Het moment is geweest")
    page.get_by_label("Hoeveel mensen waren er?").fill("12")
    lead.press("Vastleggen")
    lead.press("Terugkoppelen")
    for question, answer in {**NEWS, "Wat doen wij niet, en waarom?": "Geen fontein: te duur."}.items():
        page.get_by_label(question).fill(answer)
    page.get_by_text("U deed mee met").first.wait_for()
    lead.press("Terugkoppelen en versturen")
    lead.press("Afsluiten")


def evaluate(lead: Visitor, project) -> None:
    """Judge by every criterion, on the file of the project."""
    lead.open(reverse("admin:participation_project_change", args=[project.pk]))
    lead.press("Participatie evalueren")
    for criterion in Criterion:
        lead.page.locator(f"[name={criterion.value}][value=good]").check()
    lead.page.get_by_label("Wat ging goed?").fill("Veel mensen deden mee.")
    lead.page.get_by_label("Wat doen wij de volgende keer anders?").fill("Eerder beginnen.")
    lead.press("Evaluatie vastleggen")
    assert lead.reads("Veel mensen deden mee.") or lead.reads("voldoende")


def test_the_pages_of_taking_part_pass_the_gates(visitor):
    full = MomentFactory(announced=True, asking=True, capacity=1)
    waiting = SignUpFactory(moment=SignUpFactory(moment=full).moment, waiting=True)
    told = FeedbackFactory().moment
    EvaluationFactory(check_of__project=told.project)
    cancelled = MomentFactory(cancelled=True)
    person = visitor(PHONE)

    for page in ("/projecten/", "/projecten/?wijk=nergens", "/projecten/in-mijn-buurt/", "/projecten/volgen/gevraagd/"):
        person.open(page)
    for moment in (full, told, cancelled):
        person.open(moment.get_absolute_url())
        person.open(moment.project.get_absolute_url())
    for last in ("aanmelden/", "meedenken/", "meegedacht/", "aangemeld/telefoon/"):
        person.open(f"{full.get_absolute_url()}{last}")
    person.open(own_url(waiting))
    person.open(f"{full.project.get_absolute_url()}volgen/")
    person.press("Volgen")
    assert person.page.title().startswith("Fout:")


def test_the_pages_of_the_right_to_challenge_pass_the_gates(visitor):
    shown = ChallengeFactory(accepted=True, published=True)
    running = ChallengeFactory(assessed=True)
    person = visitor(PHONE)
    for page in ("/uitdaagrecht/", shown.get_absolute_url(), "/uitdaagrecht/aanvragen/"):
        person.open(page)
    person.press("Controleer uw verzoek")
    assert person.page.title().startswith("Fout:")

    group = arrive(visitor, running.contact, PHONE)
    for page in (f"/uitdaagrecht/mijn/{running.reference}/", f"/uitdaagrecht/mijn/{running.reference}/intrekken/"):
        group.open(page)
    coordinator = arrive(visitor, running.owner, PHONE)
    base = reverse("admin:challenges_challenge_change", args=[running.pk])
    coordinator.open(base)
    for slug in ("voorstel", "besluit", "koppelen", "aanvraag"):
        coordinator.open(reverse("admin:challenges_challenge_step", args=[running.pk, slug]))
    coordinator.open(reverse("admin:challenges_challenge_entry"))
