"""A resident applies: the form, the check page, "verstuurd", and the link that leads to the case."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import signing
from django.urls import reverse

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from shared.ui import limits
from shared.ui.spam import SALT
from subsidies.enums import Channel, Status
from subsidies.models import Application, ApplicationDraft, CategoryCap
from tests.factories.accounts import CoordinatorFactory
from tests.factories.documents import photo
from tests.factories.subsidies import SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.subsidies.typed import fill_in, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """The rules of the Buurtbon, in a municipality with one buurt."""
    BuurtFactory(name="Dorp")
    return SchemeVersionFactory()


def errors(response) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def form_url(version) -> str:
    return reverse("subsidies:apply", args=[version.scheme.code])


def test_the_form_needs_no_account_and_few_queries(client, version, django_assert_max_num_queries):
    BuurtFactory.create_batch(12)

    with django_assert_max_num_queries(14):
        response = client.get(form_url(version))

    assert response.status_code == 200
    assert ApplicationDraft.objects.count() == 0


def test_at_most_ten_answers_are_needed(client, version):
    form = client.get(form_url(version)).context["form"]

    required = [name for name, field in form.fields.items() if field.required]
    # The address is one answer in two boxes; and there must be one way to reach the applicant.
    assert len({name.replace("house_number", "postcode") for name in required}) + 1 <= 10


def test_from_form_to_verstuurd(client, version):
    fill_in(client, version)
    page = client.get(reverse("subsidies:apply_check", args=[version.scheme.code])).content.decode()
    response = send(client, version)

    application = Application.objects.get()
    assert "Uw aanvraag is nog niet verstuurd" in page
    assert "Tafels: €\u00a0500,00" in page
    assert "Samen: €\u00a0750,00" in page
    assert re.fullmatch(r"\d{4}-S-00001", application.reference)
    assert (application.status, application.channel) == (Status.RECEIVED, Channel.WEB)
    assert (application.received_on, application.complete_on) == (today(), today())
    assert (application.asked_amount, application.postcode) == (Decimal(750), "3342 AC")
    assert [(line.what, line.amount) for line in application.cost_lines.all()] == [
        ("Tafels", Decimal(500)),
        ("Muziek", Decimal(250)),
    ]
    assert application.declared_at is not None
    assert application.due_legal >= today() + timedelta(weeks=8)
    assert application.reference in client.get(response.url).content.decode()


def test_the_receipt_holds_a_copy_the_date_and_the_reason_for_it(client, version):
    fill_in(client, version)
    send(client, version)

    [receipt] = OutboxMessage.objects.filter(recipient_email="anna@voorbeeld.example")
    application = Application.objects.get()
    assert application.reference in receipt.subject
    for words in (
        "Straatfeest Kerkstraat",
        "Tafels: €\u00a0500,00",
        "Uw naam: Anna Bewoner",
        "8 weken vanaf",
        "/subsidie/inzien/",
    ):
        assert words in receipt.text
    assert "rekening" not in receipt.text


def test_who_applies_in_english_gets_the_receipt_in_english(client, version):
    client.get("/subsidie/?taal=en")
    fill_in(client, version)
    send(client, version)

    receipt = OutboxMessage.objects.get(recipient_email="anna@voorbeeld.example")
    assert receipt.subject.startswith("We have received your application")
    assert "8 weeks from" in receipt.text


def test_the_coordinator_of_the_wijk_hears_of_it(client, version):
    buurt = BuurtFactory(name="Oostendam")
    coordinator = CoordinatorFactory(wijk=buurt.wijk)

    fill_in(client, version, buurt=str(buurt.pk))
    send(client, version)

    [letter] = OutboxMessage.objects.filter(recipient_email=coordinator.email)
    assert "Straatfeest Kerkstraat" in letter.subject
    assert "€\u00a0750,00" in letter.text


def test_the_link_in_the_receipt_shows_the_case_with_a_button_that_confirms_the_address(client, version):
    fill_in(client, version)
    send(client, version)
    receipt = OutboxMessage.objects.get(recipient_email="anna@voorbeeld.example")

    link = re.search(r"/subsidie/inzien/[^\s)>\]]+", receipt.text)[0]
    page = client.get(link)
    client.post(page.context["visit"].confirm_url)

    application = Application.objects.get()
    assert "Is anna@voorbeeld.example uw e-mailadres?" in page.text
    assert application.applicant.email == "anna@voorbeeld.example"


def test_a_second_press_sends_nothing_twice(client, version):
    fill_in(client, version)
    first, second = send(client, version), send(client, version)

    assert first.url == second.url
    assert Application.objects.count() == 1


def test_without_the_declaration_nothing_is_sent(client, version):
    fill_in(client, version)

    response = client.post(reverse("subsidies:apply_check", args=[version.scheme.code]), {"once": ""})

    assert errors(response) == {"declared": ["Zet een vinkje als alles klopt"]}
    assert Application.objects.count() == 0


def test_an_empty_form_says_what_to_do_at_each_question(client, version):
    response = client.post(form_url(version), {"opened": signing.dumps(0, salt=SALT)})

    assert errors(response) == {
        "title": ["Geef uw plan een naam"],
        "what": ["Vertel wat u gaat doen"],
        "benefit": ["Vertel voor wie het is en wat er beter wordt"],
        "starts_on": ["Vul in wanneer u het doet"],
        "costs": ["Vul in wat het kost: minstens één regel met een bedrag"],
        "asked_amount": ["Vul in welk bedrag u vraagt"],
        "name": ["Vul uw naam in"],
        "postcode": ["Vul uw postcode in"],
        "house_number": ["Vul uw huisnummer in"],
        "email": ["Vul uw e-mailadres of uw telefoonnummer in"],
    }


@pytest.mark.parametrize(
    ("answers", "name", "text"),
    [
        ({"asked_amount": "100"}, "asked_amount", "Het bedrag moet €\u00a0250,00 of meer zijn"),
        (
            {"asked_amount": "2500", "costs-amount": ["2000", "500"]},
            "asked_amount",
            "Het bedrag moet €\u00a02.000,00 of minder zijn",
        ),
        (
            {"asked_amount": "800"},
            "asked_amount",
            "U vraagt €\u00a0800,00, maar het kost €\u00a0750,00. Vraag minder, of vul de kosten aan",
        ),
        ({"own_money": "10"}, "own_money", "Samen met uw eigen geld is het meer dan het kost."),
        ({"costs-amount": ["500", ""]}, "costs", "Vul bij “Muziek” een bedrag in"),
        ({"costs-what": ["", "Muziek"]}, "costs", "Schrijf op waarvoor 500 is"),
        ({"costs-amount": ["12.5", "250"]}, "costs", "Vul bij “Tafels” een bedrag in met cijfers"),
    ],
)
def test_the_limits_of_the_scheme_are_said_at_the_question(client, version, answers, name, text):
    response = fill_in(client, version, **answers)

    assert errors(response)[name][0].startswith(text)


def test_without_an_e_mail_address_the_whole_address_is_needed(client, version):
    response = fill_in(client, version, email="", by_email="", phone="0612345678")

    assert errors(response) == {"street": ["Vul uw straat in. Zonder e-mailadres sturen wij u brieven"]}


def test_a_barbecue_has_a_lower_maximum(client, version):
    CategoryCap.objects.create(scheme_version=version, name="Buurtbarbecue", maximum_amount=Decimal(500))

    response = fill_in(client, version, category="Buurtbarbecue")

    assert errors(response) == {"asked_amount": ["Voor deze activiteit kunt u €\u00a0500,00 of minder vragen"]}


def test_an_activity_next_week_is_too_soon(client, version):
    soon = today() + timedelta(days=7)

    response = fill_in(client, version, starts_on_0=soon.day, starts_on_1=soon.month, starts_on_2=soon.year)

    assert errors(response)["starts_on"][0].startswith("Vraag minstens 4 weken van tevoren aan")


def test_sent_as_it_is_counts_as_received_today_and_says_what_is_missing(client, version):
    bare = {"title": "", "benefit": "", "asked_amount": "", "costs-what": [""], "costs-amount": [""], "email": ""}
    fill_in(client, version, "as_it_is", **bare, phone="0612345678", starts_on_0="", starts_on_1="", starts_on_2="")
    response = send(client, version, as_it_is=True)

    application = Application.objects.get()
    assert (application.received_on, application.complete_on) == (today(), None)
    assert application.due_legal is not None
    page = client.get(response.url).content.decode()
    for words in ("wat het kost", "welk bedrag u vraagt", "wanneer u het doet", "voor wie het is"):
        assert words in page
    receipt = OutboxMessage.objects.get(recipient_name="Anna Bewoner")
    assert "welk bedrag u vraagt" in receipt.text
    assert receipt.channel == "print"


def test_only_what_the_law_needs_is_asked_of_who_sends_it_as_it_is(client, version):
    response = client.post(form_url(version), {"opened": signing.dumps(0, salt=SALT), "do": "as_it_is"})

    assert sorted(errors(response)) == ["house_number", "name", "postcode", "what"]


def test_rows_come_and_go_and_add_up_without_a_script(client, version):
    more = fill_in(client, version, "add_row", title="")
    with_three = client.get(more.url.partition("#")[0])
    fewer = fill_in(client, version, "remove_row_0")
    with_one = client.get(fewer.url.partition("#")[0]).content.decode()

    assert len(with_three.context["form"]["costs"].value()) == 3
    assert with_three.context["form"].errors == {}
    assert 'value="Muziek"' in with_one
    assert 'value="Tafels"' not in with_one
    assert "<output data-total>€\u00a0250,00</output>" in with_one


def test_files_come_along(client, version):
    fill_in(client, version, files=photo())
    send(client, version)

    [kept] = Application.objects.get().files.all()
    assert kept.file.kept_until is None
    assert not kept.is_public


def test_robots_are_asked_to_send_again(client, version):
    response = fill_in(client, version, homepage="x")

    assert "__all__" in errors(response)
    assert Application.objects.count() == 0


def test_who_sends_too_often_is_told_when_to_try_again(client, version, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "submit", limits.Limit(per_address=0, per_network=30))
    fill_in(client, version)

    response = send(client, version)

    assert response.status_code == 429
    assert "U heeft dit net al vaak gedaan" in response.content.decode()
    assert Application.objects.count() == 0


def test_a_scheme_that_is_closed_takes_no_applications(client, version):
    version.scheme.valid_to = today() - timedelta(days=1)
    version.scheme.save()

    response = client.get(form_url(version), follow=True)

    assert "U kunt nu niet aanvragen." in response.content.decode()


def test_numbers_follow_each_other_within_a_year(client, version):
    for token in ("1", "2"):
        fill_in(client, version)
        send(client, version, once=f"{token * 8}-1111-4111-8111-111111111111")

    numbers = sorted(application.reference[-5:] for application in Application.objects.all())
    assert numbers == ["00001", "00002"]


class TestDrafts:
    """What was typed is kept, and comes back by a link."""

    def test_a_draft_comes_back_by_the_link_in_the_mail(self, client, version):
        fill_in(client, version, "save")
        [letter] = OutboxMessage.objects.all()
        client.cookies.clear()

        link = re.search(r"/subsidie/verder/[^\s)>\]]+", letter.text)[0]
        page = client.get(link, follow=True)

        assert page.context["form"]["title"].value() == "Straatfeest Kerkstraat"
        assert page.context["form"]["costs"].value() == [("Tafels", "500"), ("Muziek", "250,00")]
        assert page.context["form"].errors == {}

    def test_typing_is_kept_with_this_browser_only(self, client, version):
        client.post(reverse("subsidies:autosave", args=[version.scheme.code]), typed(name="Half"))

        assert client.get(form_url(version)).context["form"]["name"].value() == "Half"
        client.cookies.clear()
        assert client.get(form_url(version)).context["form"]["name"].value() is None

    def test_who_wipes_it_finds_nothing(self, client, version):
        fill_in(client, version)

        client.post(reverse("subsidies:discard", args=[version.scheme.code]))

        assert ApplicationDraft.objects.count() == 0

    def test_a_draft_that_was_sent_leads_to_the_overview(self, client, version):
        fill_in(client, version, "save")
        link = re.search(r"/subsidie/verder/[^\s)>\]]+", OutboxMessage.objects.get().text)[0]
        fill_in(client, version)
        send(client, version)

        response = client.get(link)

        assert response.status_code == 410
        assert "al verstuurd" in response.content.decode()


def test_the_paper_form_asks_the_same_questions(client, version):
    response = client.get(reverse("subsidies:blank_form", args=[version.scheme.code]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in response.content


def test_the_receipt_can_be_kept_as_pdf_by_who_sent_it(client, version):
    fill_in(client, version)
    url = send(client, version).url

    own = client.get(f"{url}pdf/")
    client.cookies.clear()
    other = client.get(f"{url}pdf/")

    assert own.content.startswith(b"%PDF-")
    assert other.status_code == 302


@pytest.mark.parametrize(("named", "complains"), [("Bram de Boer, Dorpsstraat 1", True), ("Bram\nCor", False)])
def test_as_many_people_apply_together_as_the_scheme_wants(client, named, complains):
    version = SchemeVersionFactory(co_signers=2)

    page = fill_in(client, version, co_applicants=named).content.decode()

    assert ("Schrijf minstens 2 mede-aanvragers op" in page) is complains
