"""The list of neighbours and the extra proof: asked by name, counted, shown to who needs it, and gone in time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from shared.audit.models import Event
from shared.documents.models import StoredFile
from shared.terms.calendar import today
from subsidies import tasks
from subsidies.enums import FilePurpose, MessageKind, SupportMode
from subsidies.findings import findings
from subsidies.models import Application, ApplicationDraft, CaseFile, Decision, Objection
from subsidies.workflow import drafts
from tests.factories.accounts import CoordinatorFactory
from tests.factories.documents import StoredFileFactory, photo
from tests.factories.subsidies import ApplicationFactory, CaseMessageFactory, DecisionFactory, SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in
from tests.subsidies.typed import fill_in, send

pytestmark = pytest.mark.django_db

COUNTED = {"supporters_pro": "14", "supporters_con": "2", "supporters_neutral": "3"}


@pytest.fixture
def version():
    BuurtFactory(name="Dorp")
    return SchemeVersionFactory(
        support_mode=SupportMode.LIST, support_minimum=10, extra_proof_above=Decimal(500), maximum_amount=Decimal(2000)
    )


def purposes() -> dict[str, str]:
    return dict(CaseFile.objects.values_list("file__original_name", "purpose"))


def test_list_proof_and_other_enclosures_each_have_a_place_of_their_own(client, version):
    shown = client.get(reverse("subsidies:apply", args=[version.scheme.code])).text
    files = {
        "support_list": photo(name="lijst.jpg"),
        "proof": photo(name="brief.jpg"),
        "files": photo(name="offerte.jpg"),
    }
    fill_in(client, version, **COUNTED, **files)
    send(client, version)

    assert "Lijst met buren: vóór, tegen of neutraal" in shown
    assert "Bewijs dat uw buren het willen" in shown
    assert purposes() == {
        "lijst.jpg": FilePurpose.SUPPORT_LIST,
        "brief.jpg": FilePurpose.PROOF,
        "offerte.jpg": FilePurpose.OTHER,
    }
    case = Application.objects.get()
    assert (case.supporters_pro, case.supporters_con, case.supporters_neutral) == (14, 2, 3)
    assert case.complete_on == today()


def test_what_the_scheme_wants_to_see_is_asked_and_can_follow_later(client, version):
    response = fill_in(client, version, supporters_pro="9")

    wrong = response.context["form"].errors
    assert wrong["supporters_pro"] == ["Er moeten minstens 10 buren vóór zijn"]
    assert wrong["support_list"] == ["Kies de lijst met buren"]
    assert "Verstuur zoals het is" in wrong["proof"][0]

    fill_in(client, version, button="as_it_is")
    send(client, version, as_it_is=True)
    assert Application.objects.get().complete_on is None


def test_no_proof_is_asked_below_the_amount(client, version):
    response = fill_in(client, version, **COUNTED, support_list=photo(), asked_amount="500")

    assert response.status_code == 302


def test_a_draft_keeps_each_file_with_its_question_and_takes_all_of_them_along(client, version):
    fill_in(client, version, button="save", support_list=photo(name="lijst.jpg"), proof=photo(name="brief.jpg"))

    form = client.get(reverse("subsidies:apply", args=[version.scheme.code])).context["form"]
    assert [kept.original_name for kept in form["support_list"].value()] == ["lijst.jpg"]
    assert [kept.original_name for kept in form["proof"].value()] == ["brief.jpg"]
    drafts.discard_draft(ApplicationDraft.objects.get())
    assert StoredFile.objects.count() == 0


def test_reviewer_and_applicant_read_what_each_file_is_for_and_how_many_are_in_favour(client, version):
    case = with_list(ApplicationFactory(in_review=True, scheme_version=version, supporters_pro=14, supporters_con=2))

    found = {each.subject: each.text for each in findings(case, today())}
    assert "Vóór: 14, tegen: 2, neutraal: 0" in found["Draagvlak"]
    assert "zit erbij" in found["Draagvlaklijst"]
    assert "zit er niet bij" in found["Bewijs van draagvlak"]
    sign_in(client, CoordinatorFactory(wijk=case.wijk))
    page = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).text
    assert "14 vóór, 2 tegen, 0 neutraal" in page
    assert "draagvlaklijst" in page
    client.force_login(case.applicant)
    assert "draagvlaklijst" in client.get(reverse("subsidies:case", args=[case.reference])).text


def with_list(case: Application) -> Application:
    CaseFile.objects.create(application=case, file=StoredFileFactory(attached=True), purpose=FilePurpose.SUPPORT_LIST)
    return case


def decided(case: Application, ago: int) -> Decision:
    last = today() - timedelta(days=ago)
    return DecisionFactory(application=case, objection_due=last)


def test_the_list_is_destroyed_when_no_objection_can_come_any_more(django_capture_on_commit_callbacks):
    case = with_list(ApplicationFactory(granted=True, supporters_pro=14))
    decided(case, ago=1)
    path = CaseFile.objects.get().file.path

    with django_capture_on_commit_callbacks(execute=True):
        tasks.finish_cases()
        tasks.finish_cases()

    case.refresh_from_db()
    assert not CaseFile.objects.exists()
    assert not default_storage.exists(path)
    assert (case.support_list_gone_on, case.supporters_pro) == (today(), 14)
    assert Event.objects.filter(action="subsidies.support_list_destroyed").count() == 1


def test_the_list_stays_while_it_can_matter():
    undecided = with_list(ApplicationFactory(in_review=True))
    fresh = with_list(ApplicationFactory(granted=True))
    decided(fresh, ago=0)
    disputed = with_list(ApplicationFactory(refused=True))
    message = CaseMessageFactory(application=disputed, kind=MessageKind.OBJECTION)
    Objection.objects.create(against=decided(disputed, ago=10), message=message, received_on=today())

    tasks.finish_cases()

    assert set(CaseFile.objects.values_list("application", flat=True)) == {undecided.pk, fresh.pk, disputed.pk}
