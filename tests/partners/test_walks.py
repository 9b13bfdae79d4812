"""A wijkschouw: planned, walked with the checklist, followed until it is done, and reported."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from partners import tasks
from partners.enums.signals import SignalSource
from partners.enums.walks import FindingStatus, WalkStatus
from partners.models import ChecklistItem, Finding, InOrder, JointAction, Signal, Walk
from partners.workflow import findings, signals, walks
from partners.workflow.walks import WalkPlan
from shared.documents.models import StoredFile
from shared.lifecycle import StaleVersion, TransitionNotAllowed, WorkflowError
from shared.notifications.models import MessageAttachment, OutboxMessage
from tests.at_once import at_once
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, DepartmentFactory
from tests.factories.documents import photo
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.together import ChecklistItemFactory, FindingFactory, WalkFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.sign_in import sign_in
from wbw_portal.today_together import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk():
    return WalkFactory(underway=True, wijk=BuurtFactory(name="Dorp").wijk)


@pytest.fixture
def organiser(client, walk):
    return sign_in(client, walk.organiser)


def mails(about) -> list[tuple[str, str]]:
    return sorted(OutboxMessage.objects.about(about).values_list("recipient_email", "subject"))


def test_who_is_invited_hears_it_and_later_only_what_changed():
    coordinator, bas = CoordinatorFactory(), PartnerContactFactory().user
    els = PartnerContactFactory().user
    wijk = WijkFactory()
    starts_at = timezone.now() + timedelta(days=9)
    walk = walks.plan(WalkPlan("Rondje", starts_at, "De fontein", participants=(bas,)), wijk=wijk, by=coordinator)

    walk = walks.change(walk, WalkPlan("Rondje", starts_at, "De kerk", participants=(bas, els)), by=coordinator)
    walks.cancel(walk, reason="Storm.", by=coordinator)

    assert [subject.split(",")[0] for email, subject in mails(walk) if email == bas.email] == [
        "Gaat niet door: Rondje",
        "Gewijzigd: Rondje",
        f"Loopt u mee? Wijkschouw {wijk}",
    ]
    assert len([email for email, _subject in mails(walk) if email == els.email]) == 2


def test_a_walk_begins_on_its_day_and_not_before(client):
    walk = WalkFactory()
    sign_in(client, walk.organiser)
    begin = reverse("partners:walk_move", args=[walk.pk, "beginnen"])

    with pytest.raises(WorkflowError, match="Wijzig dan eerst de dag"):
        walks.start(walk, by=walk.organiser)
    assert "Beginnen kan op de dag zelf" in client.get(walk.get_absolute_url()).content.decode()
    client.post(begin)
    assert Walk.objects.get().is_planned

    with time_machine.travel(walk.starts_at - timedelta(hours=2), tick=False):
        sign_in(client, walk.organiser)
        client.post(begin)
    assert Walk.objects.get().status == WalkStatus.UNDERWAY


def test_a_photo_is_turned_upright_and_loses_its_place(client, walk, organiser):
    address = reverse("partners:new_finding", args=[walk.pk])

    answer = client.post(address, {"text": "Losse tegel", "photo": photo(orientation=6, width=60, height=40)})

    finding = Finding.objects.get()
    with finding.photo.file.open() as file, Image.open(file) as kept:
        size, exif = kept.size, dict(kept.getexif())
    assert (answer.status_code, size, exif) == (302, (40, 60), {})
    assert StoredFile.objects.get().kept_until is None


def test_a_document_is_no_photo_and_the_portal_does_not_ask_for_one(client, walk, organiser):
    address = reverse("partners:new_finding", args=[walk.pk])
    document = SimpleUploadedFile("stoep.pdf", b"%PDF-1.7", content_type="application/pdf")

    page = client.post(address, {"text": "Losse tegel", "photo": document}).content.decode()

    assert "“stoep.pdf” is geen foto. Kies een JPG, PNG, HEIC of WEBP." in page
    assert 'accept="image/*,.heic,.heif"' in page
    assert not Finding.objects.exists()


def test_nothing_is_lost_when_something_else_is_wrong(client, walk, organiser):
    address = reverse("partners:new_finding", args=[walk.pk])

    page = client.post(
        address, {"text": "", "place": "Kerkstraat 3", "photo": photo(name="stoep.jpg")}
    ).content.decode()

    assert "Schrijf wat u ziet" in page
    assert "Kerkstraat 3" in page
    assert "stoep.jpg" in page
    assert StoredFile.objects.count() == 1


def test_a_finding_that_is_sent_twice_is_written_down_once(client, walk, organiser):
    address, token = reverse("partners:new_finding", args=[walk.pk]), "0f8fad5b-d9cb-469f-a165-70867728950e"

    for _twice in range(2):
        client.post(address, {"text": "Losse tegel", "once": token})

    assert Finding.objects.count() == 1


def test_after_the_report_a_finding_is_refused_and_the_words_stay(client, walk, organiser):
    Walk.objects.update(status=WalkStatus.REPORTED)

    page = client.post(reverse("partners:new_finding", args=[walk.pk]), {"text": "Nog een losse tegel"})

    assert "Meld het als signaal" in page.content.decode()
    assert "Nog een losse tegel" in page.content.decode()


def test_the_checklist_counts_what_was_looked_at(client, walk, organiser):
    first, second, _third = ChecklistItemFactory.create_batch(3)
    for _twice in range(2):
        client.post(reverse("partners:in_order", args=[walk.pk, first.pk]))
    client.post(reverse("partners:new_finding", args=[walk.pk]), {"text": "Losse tegel", "item": second.pk})

    page = client.get(reverse("partners:checklist", args=[walk.pk])).content.decode()

    assert "2 van 3 punten bekeken" in page
    assert InOrder.objects.count() == 1


def test_a_point_where_something_is_seen_is_no_longer_in_order(walk):
    item = ChecklistItemFactory()
    walks.mark_in_order(walk, item, by=walk.organiser)

    findings.note(walk, text="Toch een losse tegel", item=item, by=walk.organiser)

    assert not InOrder.objects.exists()


def test_a_click_on_the_map_gives_the_point_and_its_buurt_and_a_click_beside_it_says_so(client, walk, organiser):
    finding = FindingFactory(walk=walk)
    address = reverse("partners:place_finding", args=[finding.pk])

    beside = client.post(address, {"punt.x": "1", "punt.y": "1"})
    client.post(address, {"punt.x": "140", "punt.y": "100"})

    finding.refresh_from_db()
    buurt = walk.wijk.buurten.get()
    (west, south), _corner, (east, north), *_rest = buurt.geometry["coordinates"][0]
    assert "buiten de wijk" in beside.content.decode()
    assert finding.buurt == buurt
    assert west < finding.longitude < east
    assert south < finding.latitude < north


def test_without_a_pointer_the_buurt_is_chosen_from_a_list(client, walk, organiser):
    finding = FindingFactory(walk=walk)

    client.post(reverse("partners:place_finding", args=[finding.pk]), {"buurt": walk.wijk.buurten.get().pk})

    finding.refresh_from_db()
    assert (finding.buurt.name, finding.longitude) == ("Dorp", None)


def test_the_map_of_the_walk_numbers_the_findings(client, walk, organiser):
    findings.put_on_map(FindingFactory(walk=walk), point=(4.605, 51.805), buurt=None, by=walk.organiser)

    drawing = client.get(reverse("partners:walk_map", args=[walk.pk, "breed"]))

    assert drawing["Content-Type"] == "image/svg+xml"
    assert "<circle" in drawing.content.decode()
    assert "Dorp" in drawing.content.decode()


def test_a_department_is_asked_through_its_ambassador_and_else_at_its_own_address(walk):
    with_ambassador, without = DepartmentFactory(), DepartmentFactory(email="groen@gemeente.example")
    ambassador = AmbassadorFactory(department=with_ambassador)

    findings.assign(FindingFactory(walk=walk), department=with_ambassador, by=walk.organiser)
    findings.assign(FindingFactory(walk=walk), department=without, by=walk.organiser)

    assert {email for email, _subject in mails(walk)} == {ambassador.email, "groen@gemeente.example"}


def test_who_gives_a_finding_out_reads_the_question_before_anything_is_wrong(client, walk, organiser):
    finding = FindingFactory(walk=walk)
    address = reverse("partners:finding_move", args=[finding.pk, "uitzetten"])

    page = client.get(finding.get_absolute_url()).content.decode()
    question = client.get(address).content.decode()

    assert f'href="{address}"' in page
    assert "Kies wie hier iets aan kan doen" not in question


def test_a_finding_has_one_addressee(walk):
    with pytest.raises(WorkflowError, match="Kies één"):
        findings.assign(FindingFactory(walk=walk), by=walk.organiser)


def test_who_is_asked_is_reminded_before_the_day_and_once_after_it_with_the_organiser(walk):
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[walk.wijk]))
    today = timezone.localdate()
    finding = FindingFactory(walk=walk)
    findings.assign(finding, partner=contact.partner, due_on=today + timedelta(days=20), by=walk.organiser)
    told, start = [], timezone.localtime().replace(hour=8)
    OutboxMessage.objects.all().delete()

    for day in range(40):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            tasks.remind_of_findings()
            tasks.remind_of_findings()
        told += [(day, message.recipient_email) for message in OutboxMessage.objects.order_by("recipient_email")]
        OutboxMessage.objects.all().delete()

    assert told == [(13, contact.user.email), *sorted([(23, contact.user.email), (23, walk.organiser.email)])]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_close_a_finding_at_once_are_one_too_many():
    for _round in range(10):
        finding = FindingFactory(assigned=True)
        CoordinatorFactory(wijk=finding.walk.wijk)
        who = CoordinatorFactory()

        results = at_once(
            lambda found=finding, who=who: findings.solve(found, result="Ja.", by=who, version=found.version),
            lambda found=finding, who=who: findings.give_up(found, result="Nee.", by=who, version=found.version),
        )

        assert sorted(results) == ["done", "refused"]
        assert OutboxMessage.objects.about(finding.walk).count() == 1


def test_who_closes_a_finding_that_changed_reads_so_and_keeps_the_words(client, walk, organiser):
    finding = FindingFactory(walk=walk, assigned=True)
    findings.assign(finding, department=DepartmentFactory(), by=walk.organiser)
    address = reverse("partners:finding_move", args=[finding.pk, "afmelden"])

    page = client.post(address, {"outcome": "done", "text": "Tegel ligt recht.", "version": finding.version})

    assert "Tegel ligt recht." in page.content.decode()
    assert "intussen gewijzigd" in page.content.decode()
    with pytest.raises(StaleVersion):
        findings.solve(finding, result="Ja.", by=walk.organiser, version=finding.version)


def test_the_report_reaches_everybody_who_walked_along_with_a_tagged_pdf(client, walk, organiser):
    bas = PartnerContactFactory(partner=OrganisationFactory(wijken=[walk.wijk])).user
    walk.participants.set([bas])
    client.post(reverse("partners:new_finding", args=[walk.pk]), {"text": "Losse tegel", "photo": photo()})
    walk = walks.finish(walk, summary="Een mooie ronde.", residents=3, by=organiser)

    client.post(reverse("partners:walk_move", args=[walk.pk, "verslag-versturen"]), {"version": walk.version})

    assert mails(walk) == sorted((user.email, f"Verslag: {walk.title}") for user in (bas, organiser))
    content = bytes(MessageAttachment.objects.first().content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert any(page.get_images() for page in pdf.pages)
    assert Walk.objects.get().status == WalkStatus.REPORTED


def test_a_finding_becomes_a_signal_and_an_action_with_its_words(client, walk, organiser):
    theme = ThemeFactory()
    finding = FindingFactory(walk=walk, item=ChecklistItemFactory(theme=theme), place="Kerkstraat")

    form = client.get(f"{reverse('partners:new_signal')}?bevinding={finding.pk}").context["form"]
    client.post(
        f"{reverse('partners:new_signal')}?bevinding={finding.pk}", {"title": "Losse tegels", "theme": theme.pk}
    )
    plan = {"title": "Stoepen", "goal": "Rechte stoepen.", "theme": theme.pk, "owner": organiser.pk}
    year = {"year": timezone.localdate().year}
    client.post(f"{reverse('partners:new_action')}?bevinding={finding.pk}", plan | year)

    finding.refresh_from_db()
    assert (form.initial["place"], form.initial["theme"]) == ("Kerkstraat", theme)
    assert finding.signal == Signal.objects.get(source="walk")
    assert finding.action == JointAction.objects.get()


def test_closed_findings_can_be_given_out_again(walk):
    finding = FindingFactory(walk=walk, done=True)

    finding = findings.assign(finding, department=DepartmentFactory(), by=walk.organiser)

    assert (finding.status, finding.closed_at) == (FindingStatus.ASSIGNED, None)


def test_what_goes_well_is_not_open_and_is_given_to_nobody(client, walk, organiser):
    item = ChecklistItemFactory(shows_good=True)
    client.post(reverse("partners:new_finding", args=[walk.pk]), {"text": "Mooie bloembakken", "item": item.pk})
    finding = Finding.objects.get()

    page = client.get(finding.get_absolute_url()).content.decode()

    assert (finding.status, finding.is_open) == (FindingStatus.GOOD, False)
    assert Walk.objects.for_list().get().findings_open == 0
    assert "Gaat goed" in page
    assert "Uitzetten" not in page
    assert "Maak er een" not in page
    with pytest.raises(TransitionNotAllowed):
        findings.assign(finding, department=DepartmentFactory(), by=organiser)
    with pytest.raises(WorkflowError, match="wat goed gaat"):
        signals.note(
            title="Bloembakken",
            theme=ThemeFactory(),
            wijk=walk.wijk,
            source=SignalSource.WALK,
            finding=finding,
            by=organiser,
        )
    assert not Signal.objects.exists()


def test_at_another_point_a_finding_is_open_after_all_or_no_longer_and_who_was_asked_keeps_it(walk):
    good, other = ChecklistItemFactory(shows_good=True), ChecklistItemFactory()
    words = {"text": "Bloembakken", "buurt": None, "place": "", "photo": None, "by": walk.organiser}
    finding = findings.note(walk, text="Bloembakken", item=good, by=walk.organiser)

    statuses = [findings.correct(finding, item=item, **words).status for item in (other, good, None)]
    finding = findings.assign(finding, department=DepartmentFactory(), by=walk.organiser)
    statuses.append(findings.correct(finding, item=good, **words).status)

    assert statuses == [FindingStatus.NEW, FindingStatus.GOOD, FindingStatus.NEW, FindingStatus.ASSIGNED]


def test_the_checklist_is_loaded_once_and_what_the_municipality_changed_stays(capsys):
    ThemeFactory(green=True)
    call_command("load_checklist")
    ChecklistItem.objects.filter(name="Groen").update(hint="Eigen woorden", active=False)

    call_command("load_checklist")

    assert "0 points added, 10 were there already." in capsys.readouterr().out
    assert ChecklistItem.objects.get(shows_good=True).name == "Wat gaat er goed?"
    green = ChecklistItem.objects.get(name="Groen")
    assert (green.hint, green.active, green.theme.slug) == ("Eigen woorden", False, "groen")


def test_a_finding_without_a_day_is_asked_for_within_the_usual_time_and_who_has_nobody_is_to_be_called(
    client, walk, organiser
):
    silent = OrganisationFactory(wijken=[walk.wijk], name="Stichting Zonder Mail")
    contact = PartnerContactFactory(partner=OrganisationFactory(wijken=[walk.wijk]))
    finding = FindingFactory(walk=walk)
    address = reverse("partners:finding_move", args=[finding.pk, "uitzetten"])

    page = client.get(address).content.decode()
    client.post(address, {"to": f"partner-{contact.partner.pk}", "version": finding.version})

    finding.refresh_from_db()
    assert f"{silent} (bel zelf: geen contactpersoon)" in page
    assert f"{contact.partner} (bel zelf" not in page
    assert finding.due_on == timezone.localdate() + timedelta(days=42)


def test_what_was_found_is_not_forgotten_when_the_report_is_away(walk):
    FindingFactory(walk=walk)
    coordinator = CoordinatorFactory(wijk=walk.wijk)
    Walk.objects.filter(pk=walk.pk).update(status=WalkStatus.REPORTED)

    assert "bevindingen om uit te zetten" in [str(each.label) for each in waiting(coordinator)]
