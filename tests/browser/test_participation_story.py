"""One project from its registration to its evaluation: check, signatures, residents, feedback and mail in one story.

Everything is real: the browser, the servers, the worker, the mail. Each page passes the gates on the way.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.enums import CheckStatus
from participation.models import Project
from participation.moments.enums import Criterion, Status
from participation.moments.letters import own_url
from participation.moments.models import Evaluation, Moment, Score
from tests.browser.conftest import DESK, PHONE, Visitor, letter_to, link_in
from tests.browser.test_staff_pages import arrive, sit_down
from tests.factories.challenges import ChallengeFactory
from tests.factories.moments import (
    ContributionFactory,
    EvaluationFactory,
    FeedbackFactory,
    MomentFactory,
    SignUpFactory,
)
from tests.participation.checking import Team, team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANNA = "anna@voorbeeld.example"
NEWS = {"Wat hebben wij gehoord?": "U wilt bankjes.", "Wat doen wij ermee?": "Er komen er vier."}


def test_a_project_from_its_registration_to_its_evaluation(visitor, worker, mail):
    people = team()
    staff, anna = visitor(PHONE), visitor(PHONE, javascript=False)

    sit_down(staff, people.lead)
    project = register(staff, people)
    check_and_sign(staff, people, project)
    check = project.checks.get()
    assert (check.status, check.signer_name) == (CheckStatus.PUBLISHED, "Vergadering van 3 maart")
    staff.open(reverse("admin:participation_project_paper", args=[project.pk, "motivering"]))
    staff.open(reverse("coverage"))

    staff.page.set_viewport_size(DESK)
    plan(staff, project)
    moment = Moment.objects.get()
    check.refresh_from_db()
    assert (moment.status, check.status) == (Status.ANNOUNCED, CheckStatus.RUNNING)

    sign_up(anna, mail)
    contribute(anna)
    others = [SignUpFactory(moment=moment), ContributionFactory(moment=moment, with_address=True)]
    stranger = SignUpFactory(moment=moment, wants_feedback=False)

    Moment.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    staff.open(reverse("admin:moments_moment_change", args=[moment.pk]))
    handle(staff)
    assert Moment.objects.get().status == Status.CLOSED

    told = [letter_to(mail, reader, "Wat wij hoorden") for reader in (ANNA, *(each.email for each in others))]
    assert all(words in letter for letter in told for words in ("U wilt bankjes.", "Er komen er vier.", "te duur"))
    opinions = {opinion_in(letter) for letter in told}
    assert len(opinions) == 3
    assert not [letter for letter in mail.accepted if stranger.email in letter["To"] and "hoorden" in letter["Subject"]]
    give_opinion(anna, opinion_in(told[0]))

    evaluate(staff, project)
    assert Evaluation.objects.get().passes
    check.refresh_from_db()
    assert check.status == CheckStatus.EVALUATED


def register(lead: Visitor, people: Team) -> Project:
    """Register the project, and read that it is held at its start note."""
    page = lead.page
    lead.open(reverse("admin:participation_project_entry"))
    page.get_by_label("Hoe heet het project?").fill("Herinrichting Kerkstraat")
    page.get_by_label("Wat gaat er gebeuren?").fill("De straat wordt opnieuw ingericht.")
    page.get_by_label(people.wijk.short_name).check()
    page.locator("[name=phase][value=start_note]").check()
    lead.press("Project aanmelden")
    project = Project.objects.get()
    lead.open(reverse("admin:participation_project_change", args=[project.pk]))
    assert "kan niet verder dan de startnotitie" in page.content()
    return project


def check_and_sign(staff: Visitor, people: Team, project: Project) -> None:
    """Filled in, returned once, complete, advised on, signed, and on the website."""
    take_step(staff, project, "Check beginnen")
    fill_in_the_check(staff, project)
    take_step(staff, project, "Naar de ambassadeur")
    sit_down(staff, people.ambassador)
    take_step(staff, project, "Terugsturen", Wat_moet_er_nog_in="Wie zijn de ondernemers?")
    sit_down(staff, people.lead)
    take_step(staff, project, "Naar de ambassadeur")
    sit_down(staff, people.ambassador)
    take_step(staff, project, "Compleet: vraag advies")
    sit_down(staff, people.coordinator)
    take_step(staff, project, "Advies geven", Uw_advies="Ga ook langs de school.")
    sit_down(staff, people.lead)
    signature = {"Naam_of_vergadering": "Vergadering van 3 maart", "Kenmerk_van_het_besluit": "B-26-31"}
    take_step(staff, project, "Vaststellen", **signature)
    take_step(staff, project, "Project op de website")
    take_step(staff, project, "Check publiceren")


def take_step(staff: Visitor, project: Project, words: str, **typed: str) -> None:
    """Choose a step on the file, fill in its questions, look at the letter where there is one, and send it."""
    page = staff.page
    file = reverse("admin:participation_project_change", args=[project.pk])
    if not page.url.endswith(file):
        staff.open(file)
    page.get_by_role("link", name=words, exact=True).click()
    staff.gate.check()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    if page.locator("[name=_send]").count() == 0:
        page.locator("[data-preview-button]").click()
    page.locator("[name=_send]").click()
    page.wait_for_load_state()


def fill_in_the_check(lead: Visitor, project: Project) -> None:
    """All questions, with a look at the advice first."""
    page = lead.page
    lead.open(reverse("admin:participation_project_step", args=[project.pk, "check-invullen"]))
    for name, value in {
        "legal_duty": "none",
        "choice_left": "much",
        "impact": "3",
        "needs_knowledge": "True",
        "enough_means": "True",
        "urgent": "False",
        "outcome": "participation",
    }.items():
        page.locator(f"[name='{name}'][value='{value}']").check()
    for name, text in {
        "fixed": "Het riool.",
        "open": "Het groen en de bankjes.",
        "noticed_by": "Bewoners van de straat.",
        "knowledge": "Waar het water blijft staan.",
        "decision_text": "Het college besluit in juni.",
        "public_text": "Praat mee over het groen.",
        "groep0_name": "Bewoners",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=level]").select_option("advise")
    page.locator("[name=_look]").click()
    page.wait_for_load_state()
    lead.gate.check()
    assert "Met 8 punten is participatie zinvol" in page.content()
    page.locator("[name=_send]").click()
    page.wait_for_load_state()


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
    assert anna.reads("Het groen en de bankjes.")
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


def opinion_in(letter: str) -> str:
    """Where the reader of this letter says how it went."""
    found = re.search(r"https?://\S+/oordeel/[^\s)>\]]+", letter)
    assert found
    return found[0]


def give_opinion(anna: Visitor, address: str) -> None:
    """Say how it went, with the link of the letter."""
    anna.open(address)
    anna.page.locator("[name=could_speak][value='5']").check()
    anna.press("Versturen")
    assert anna.reads("Er komen er vier.")
    assert Score.objects.get().could_speak == 5


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
