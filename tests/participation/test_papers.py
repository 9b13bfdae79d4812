"""The paragraph for a council paper and the notice: the same in three files, and only what is known."""

import io
from datetime import timedelta

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from odfdo import Document as OdfDocument

from participation.legal_basis import Paper
from participation.models import ParticipationCheck
from participation.motivation import document
from participation.motivation_files import as_docx, as_odt, as_text
from shared.terms.calendar import today
from tests.factories.moments import MomentFactory
from tests.factories.participation import (
    CheckFactory,
    PlannedMomentFactory,
    ProjectFactory,
)
from tests.participation.checking import NO_PARTICIPATION, confirmed, project_of, team
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_three_files_say_the_same_under_the_same_headings(paper):
    people = team()
    project = project_of(people, published=True)
    confirmed(people, project)
    made = document(project, paper)

    word, odt, text = as_docx(made), as_odt(made), as_text(made).decode()

    in_word = docx.Document(io.BytesIO(word))
    in_odt = OdfDocument(io.BytesIO(odt))
    headings = [each.text for each in in_word.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [each.text_recursive for each in in_odt.body.headers]
    assert headings[0] == made.title
    assert in_word.core_properties.language == "nl-NL"
    assert len(headings) > 4
    for block in made.blocks:
        for sentence in getattr(block, "items", None) or [block.text]:
            assert sentence in text
            assert sentence in words_of(word)


def test_the_motivation_says_how_and_by_whom_it_was_decided_and_on_which_rules_it_rests():
    people = team()
    project = project_of(people)
    confirmed(people, project)

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    for words in (
        "Grondslag: Participatienota Ambachtse Aanpak",
        "Ambachtse Aanpak",
        "vastgesteld door: Managementteam, MT",
        "Niveau: Adviseren. Dat betekent: Wij volgen uw advies, of leggen uit waarom niet.",
        "Ga langs de school.",
        "Er is nog geen terugkoppeling vastgelegd",
    ):
        assert words in text


def test_the_notice_names_the_day_and_place_of_what_was_announced_in_stead_of_the_plan():
    people = team()
    project = project_of(people)
    check = CheckFactory(project=project, advised=True)
    done, later = (PlannedMomentFactory(check_of=check, about=about) for about in ("Groen", "Licht"))
    ParticipationCheck.objects.filter(pk=check.pk).update(
        status="confirmed", signed_on=today(), signer="lead", signer_name="Projectleider"
    )
    begins = timezone.now() + timedelta(days=10)
    MomentFactory(project=project, planned=done, announced=True, title="Wijktafel groen", starts_at=begins)

    text = as_text(document(project, Paper.NOTICE)).decode()

    assert f"- Wijktafel groen: {format_date(timezone.localtime(begins), 'l j F Y')}" in text
    assert f"- {later}" in text
    assert f"- {done}" not in text


OWN_RULES = "Participatienota Ambachtse Aanpak (raadsbesluit van 11 januari 2021)"
NOTICE_ACT = "Omgevingswet artikel 5.47, vierde lid, en Omgevingsbesluit artikel 5.3"
MOTIVATION_ACT = "Omgevingsbesluit artikel 10.2"


@pytest.mark.parametrize(
    ("kind", "law", "notice", "motivation"),
    [
        ("policy", {}, OWN_RULES, OWN_RULES),
        ("execution", {"legal_article": "Oud artikel 1"}, OWN_RULES, OWN_RULES),
        ("environment", {}, NOTICE_ACT, MOTIVATION_ACT),
        (
            "environment",
            {"legal_duty": "omgevingswet", "legal_article": "Omgevingsbesluit artikel 10.2 en 10.7"},
            f"{NOTICE_ACT}; Omgevingsbesluit artikel 10.2 en 10.7",
            "Omgevingsbesluit artikel 10.2 en 10.7",
        ),
        (
            "project",
            {"legal_duty": "omgevingswet", "legal_article": "Omgevingswet artikel 5.48"},
            f"{NOTICE_ACT}; Omgevingswet artikel 5.48",
            f"{MOTIVATION_ACT}; Omgevingswet artikel 5.48",
        ),
        (
            "policy",
            {"legal_duty": "other", "legal_article": "Wmo 2015 artikel 2.1.3"},
            "Wmo 2015 artikel 2.1.3",
            "Wmo 2015 artikel 2.1.3",
        ),
        (
            "project",
            {"legal_duty": "omgevingswet", "legal_article": "Wet X artikel 1", "law_excludes": True},
            OWN_RULES,
            OWN_RULES,
        ),
    ],
)
def test_a_paper_claims_the_law_only_where_the_law_asks_for_participation(kind, law, notice, motivation):
    project = ProjectFactory(kind=kind)
    CheckFactory(project=project, signed=True, **law)

    texts = [as_text(document(project, paper)).decode() for paper in (Paper.NOTICE, Paper.MOTIVATION)]

    assert [text.partition("Grondslag: ")[2].partition(".\n")[0] for text in texts] == [notice, motivation]
    assert not any("7.4" in text for text in texts)


def test_the_motivation_lists_the_level_of_each_phase_before():
    project = ProjectFactory(in_decision=True)
    CheckFactory(project=project, signed=True, informs=True)
    design = project.checks.get(phase__kind="design")
    assert (design.level, design.outcome) == ("advise", "participation")

    made = document(project, Paper.MOTIVATION)
    text = as_text(made).decode()

    assert "Startnotitie: participatie, niveau adviseren\n- Ontwerp: participatie, niveau adviseren\n" in text
    assert "Besluit: " not in text.partition("Wat was het niveau in eerdere fasen?")[2].partition("Niveau: ")[0]
    assert "Niveau: Informeren." in text


@pytest.mark.parametrize("asks", [True, False])
def test_the_motivation_asks_for_feedback_only_where_people_were_asked_something(asks):
    project = CheckFactory(project=ProjectFactory(), signed=True, informs=not asks).project

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    assert ("nog geen terugkoppeling" in text) == asks


def test_no_participation_stands_in_the_motivation_with_its_reason():
    people = team()
    project = project_of(people)
    confirmed(people, project, NO_PARTICIPATION)

    text = as_text(document(project, Paper.MOTIVATION)).decode()

    assert "Er was geen participatie. Reden: Er valt niets te kiezen. Er valt niets te kiezen." in text


def test_the_notice_does_not_promise_to_inform_where_nobody_takes_part():
    people = team()
    project = project_of(people, contact_phone="+31612345678")
    confirmed(people, project, NO_PARTICIPATION)

    text = as_text(document(project, Paper.NOTICE)).decode()

    assert "Waarom is er geen participatie?" in text
    assert "Reden: Er valt niets te kiezen. Er valt niets te kiezen." in text
    assert "Wie worden betrokken?" not in text
    assert "06 12345678" in text


def test_a_paper_of_a_project_without_a_signed_check_says_so_and_another_project_is_not_yours(client):
    people = team()
    project = project_of(people)
    sign_in(client, people.lead)
    address = reverse("admin:participation_project_paper", args=[project.pk, "kennisgeving"])

    page = client.get(address)
    elsewhere = client.get(
        reverse("admin:participation_project_paper_file", args=[ProjectFactory().pk, "motivering", "docx"])
    )
    file = client.get(reverse("admin:participation_project_paper_file", args=[project.pk, "motivering", "odt"]))

    assert "nog geen participatiecheck vastgesteld" in page.content.decode()
    assert elsewhere.status_code == 404
    assert file["Content-Disposition"] == f'attachment; filename="motivering-{project.reference.lower()}.odt"'
