"""What everybody sees: the list, a plan, and joining it; and what nobody may see."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from initiatives import letters, workflow
from initiatives.enums import InvolvementKind, Status
from initiatives.models import Initiative, Involvement
from initiatives.timeline import next_moments, public_timeline
from shared import links
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import AttachmentFactory, InitiativeFactory, InvolvementFactory
from tests.factories.themes import ThemeFactory

pytestmark = pytest.mark.django_db

LIST = "/initiatieven/"


def titles(response) -> list[str]:
    return [card.title for card in response.context["page"].object_list]


def plan(title: str, **traits: object) -> Initiative:
    return InitiativeFactory(title=title, what=title, published=True, **traits)


def test_only_published_plans_are_listed_newest_first(client):
    plan("Oud")
    plan("Nieuw")
    InitiativeFactory(title="Geheim")

    response = client.get(LIST)

    assert titles(response) == ["Nieuw", "Oud"]


@pytest.mark.parametrize(
    "words",
    ["moestuin", "Moestuinen", "moestiun", "moest", "MOÉSTUIN"],
    ids=["word", "plural", "typing error", "half a word", "accent and capitals"],
)
def test_searching_forgives(client, words):
    plan("Moestuin Volgerlanden")
    plan("Straatfeest")

    assert titles(client.get(LIST, {"zoek": words})) == ["Moestuin Volgerlanden"]


@pytest.mark.parametrize(("stored", "asked"), [("Huizen versieren", "huis"), ("Initiatieven van buren", "initiatief")])
def test_searching_knows_dutch_plurals(client, stored, asked):
    plan(stored)

    assert titles(client.get(LIST, {"zoek": asked})) == [stored]


def test_filters_narrow_the_list_and_survive_on_the_next_page(client):
    green = ThemeFactory(green=True)
    wanted = [plan(f"Tuin {number}", theme=green, accepted=True) for number in range(21)]
    plan("Feest", theme=ThemeFactory(), buurt=wanted[0].buurt)
    query = {"thema": green.slug, "status": "accepted"}

    response = client.get(LIST, query)

    assert response.context["page"].paginator.count == 21
    assert "thema=groen&amp;status=accepted&amp;pagina=2" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"wijk": "bestaat-niet"},
        {"status": "spam"},
        {"pagina": "x"},
        {"pagina": "999"},
        {"zoek": "'; & | !"},
        {"volgorde": "?"},
    ],
)
def test_nonsense_in_the_address_is_no_error(client, query):
    plan("Moestuin")

    assert client.get(LIST, query).status_code == 200


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(client, number, django_assert_num_queries):
    for count in range(number):
        plan(f"Tuin {count}")
    client.get(LIST)
    workflow_touch()

    with django_assert_num_queries(6):
        client.get(LIST)


def workflow_touch() -> None:
    initiative = Initiative.objects.published().first()
    workflow.unpublish(initiative, reason="", by=CoordinatorFactory(wijk=initiative.wijk))


def test_a_plan_shows_its_public_words_and_none_of_the_private_ones(client):
    initiative = plan("Moestuin", email="geheim@voorbeeld.example", phone="+31612345678", postcode="3342 AC")

    page = client.get(initiative.get_absolute_url()).content.decode()

    assert "Moestuin" in page
    assert [word for word in ("geheim@", "612345678", "3342", "Bewoner") if word in page] == []


def test_a_plan_names_its_theme_in_the_language_of_the_page_and_its_area_once(client):
    initiative = plan("Moestuin", theme=ThemeFactory(name="Groen", name_en="Green"))
    initiative.wijk.short_name = initiative.buurt.name
    initiative.wijk.save()
    client.cookies["taal"] = "en"

    page = client.get(initiative.get_absolute_url()).content.decode()

    assert "· Green" in page
    assert f"neighbourhood {initiative.buurt.name}" not in page


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, True), (9, True)])
def test_the_next_step_never_stands_with_a_day_that_has_passed(client, days, shown):
    day = timezone.localdate() + timedelta(days=days)
    initiative = plan("Moestuin", in_progress=True, next_step="Plantdag", next_step_on=day)

    coming = public_timeline(initiative)[-1]

    assert (coming.label, coming.when) == ("Plantdag", day if shown else None)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Wij reageren uiterlijk op deze dag"), (-1, "Wij antwoorden later dan beloofd")]
)
def test_a_promise_that_was_not_kept_is_not_made_again(days, words):
    initiative = plan("Moestuin", respond_by=timezone.localdate() + timedelta(days=days))

    assert public_timeline(initiative)[-1].label.startswith(words)


def test_a_plan_that_still_moves_always_says_what_comes_next():
    moving = [plan("Vraag", question=True), plan("Beantwoord", answered_at=timezone.now())]
    closed = plan("Klaar", done=True, next_step="Plantdag")

    assert [len(next_moments(initiative)) for initiative in [*moving, closed]] == [1, 1, 0]


def test_searching_and_leafing_lead_to_the_results_and_not_to_the_form_again(client):
    for number in range(21):
        plan(f"Plan {number}")

    page = client.get(LIST).content.decode()

    assert 'action="/initiatieven/#resultaten"' in page
    assert 'href="?pagina=2#resultaten"' in page


def test_a_plan_that_is_not_published_does_not_exist(client):
    assert client.get(InitiativeFactory().get_absolute_url()).status_code == 404


def test_a_merged_plan_leads_to_the_other_one(client):
    initiative = InitiativeFactory(merged=True)

    response = client.get(initiative.get_absolute_url())

    assert (response.status_code, response["Location"]) == (301, initiative.merged_into.get_absolute_url())


def test_a_workflow_step_shows_at_once_on_a_kept_page(client, after_commit):
    initiative = plan("Moestuin", in_review=True)
    before = client.get(initiative.get_absolute_url()).content.decode()

    with after_commit():
        workflow.accept(initiative, text="Mooi.", by=initiative.owner)

    assert "Gemeente helpt mee" not in before
    assert "Gemeente helpt mee" in client.get(initiative.get_absolute_url()).content.decode()


def test_photos_are_only_handed_out_when_they_are_public(client):
    initiative = plan("Moestuin")
    shown, hidden = AttachmentFactory(initiative=initiative, public=True), AttachmentFactory(initiative=initiative)

    answers = [
        client.get(reverse("initiatives:photo", args=[initiative.reference, photo.pk, "klein"]))
        for photo in (shown, hidden)
    ]

    assert answers[0].getvalue().startswith(b"RIFF")
    assert answers[1].status_code == 404


@pytest.mark.parametrize(
    ("name", "args", "start"),
    [("qr", [], b"<?xml"), ("poster", ["pdf"], b"%PDF"), ("poster", ["svg"], b"<svg")],
)
def test_poster_and_code_can_be_printed(client, name, args, start):
    initiative = plan("Moestuin *nu* #let x = 1 “ĳs” \U0001f389")

    response = client.get(reverse(f"initiatives:{name}", args=[initiative.reference, *args]))

    assert response.content.startswith(start)


def test_feed_and_sitemap_name_the_plan(client):
    initiative = plan("Moestuin")

    for address in (reverse("initiatives:feed"), reverse("sitemap")):
        assert initiative.get_absolute_url() in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("how", "kind", "counter"),
    [("meedoen", InvolvementKind.JOIN, "joiners_count"), ("steunen", InvolvementKind.SUPPORT, "supporters_count")],
)
def test_a_neighbour_counts_once_the_address_is_confirmed(client, how, kind, counter):
    initiative = plan("Moestuin")
    address = reverse("initiatives:involve", args=[initiative.reference, how])
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        opened = client.get(address).context["form"]["opened"].value()

    client.post(address, {"opened": opened, "name": "Bas Buurman", "email": "Bas@Voorbeeld.example"})
    involvement = Involvement.objects.get()
    confirm = reverse("initiatives:confirm_involvement", args=[links.sign(letters.INVOLVE, involvement=involvement.pk)])
    client.get(confirm)
    initiative.refresh_from_db()
    after_looking = getattr(initiative, counter)
    client.post(confirm)
    client.post(confirm)

    initiative.refresh_from_db()
    assert (involvement.kind, after_looking, getattr(initiative, counter)) == (kind, 0, 1)


def test_stopping_takes_the_neighbour_off(client):
    involvement = InvolvementFactory(supports=True)
    Initiative.objects.update(supporters_count=1)
    token = links.sign(letters.STOP, involvement=involvement.pk)

    client.post(reverse("initiatives:stop_involvement", args=[token]))

    involvement.refresh_from_db()
    assert involvement.ended_at is not None
    assert Initiative.objects.get().supporters_count == 0


def test_a_neighbours_name_reaches_the_initiator_only_with_consent(client):
    silent = InvolvementFactory(unconfirmed=True, name="Stille Buur")
    open_ = InvolvementFactory(unconfirmed=True, name="Open Buur", shares_contact=True)

    for involvement in (silent, open_):
        workflow.confirm_involvement(involvement)

    texts = " ".join(OutboxMessage.objects.values_list("text", flat=True))
    assert ("Stille Buur" in texts, "Open Buur" in texts) == (False, True)


def test_a_closed_plan_explains_that_nobody_can_join(client):
    initiative = plan("Moestuin", done=True)

    page = client.get(reverse("initiatives:involve", args=[initiative.reference, "meedoen"])).content.decode()

    assert "Dit plan is gesloten" in page


@pytest.mark.parametrize("name", ["confirm_involvement", "stop_involvement"])
def test_a_damaged_link_gets_a_friendly_page(client, name):
    response = client.get(reverse(f"initiatives:{name}", args=["kapot"]))

    assert response.status_code in (400, 404, 410)
    assert "link" in response.content.decode()


def test_statuses_have_words_for_the_public():
    assert [status for status in Status if not status.public_label] == []
