"""Who sees what of signals, actions, walks and the noticeboard: role by role, also of somebody else's wijk."""

import pytest
from django.urls import reverse

from partners.enums.agenda import Visibility
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
    UserFactory,
)
from tests.factories.agenda import AgendaItemFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.partners import ListingFactory, OrganisationFactory, PartnerContactFactory
from tests.factories.together import (
    ActionStepFactory,
    ChecklistItemFactory,
    FindingFactory,
    JointActionFactory,
    NoticeFactory,
    SignalFactory,
    WalkFactory,
    WijkAgendaFactory,
)
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def things():
    """One of everything, in one wijk."""
    wijk = WijkFactory()
    action = JointActionFactory(wijk=wijk, agreed=True)
    walk = WalkFactory(wijk=wijk, underway=True)
    finding = FindingFactory(walk=walk, photo=StoredFileFactory(attached=True))
    return {
        "wijk": wijk,
        "action": action,
        "step": ActionStepFactory(action=action),
        "signal": SignalFactory(wijk=wijk),
        "walk": walk,
        "finding": finding,
        "notice": NoticeFactory(wijk=wijk),
        "item": ChecklistItemFactory(),
        "agenda": WijkAgendaFactory(wijk=wijk),
    }


def readers(things):
    """Who reads: each with what the page of a thing answers."""
    wijk = things["wijk"]
    ended = OrganisationFactory(wijken=[wijk], ended=True)
    return {
        "coordinator": (CoordinatorFactory(wijk=wijk), 200),
        "coordinator of another wijk": (CoordinatorFactory(), 200),
        "functional manager": (ManagerFactory(), 200),
        "ambassador": (AmbassadorFactory(), 200),
        "partner": (PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk])).user, 200),
        "partner of another wijk": (PartnerContactFactory().user, 404),
        "partner who left": (PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]), left=True).user, 403),
        "partner whose organisation stopped": (PartnerContactFactory(partner=ended).user, 404),
        "finance": (FinanceFactory(), 403),
        "council staff": (CouncilStaffFactory(), 403),
        "resident": (UserFactory(), 403),
    }


def pages(things) -> list[str]:
    """Every page to read of one thing."""
    return [
        reverse("partners:action", args=[things["action"].pk]),
        reverse("partners:signal", args=[things["signal"].pk]),
        reverse("partners:walk", args=[things["walk"].pk]),
        reverse("partners:walk_map", args=[things["walk"].pk, "smal"]),
        reverse("partners:walk_pdf", args=[things["walk"].pk]),
        reverse("partners:finding", args=[things["finding"].pk]),
        reverse("partners:finding_photo", args=[things["finding"].pk, "klein"]),
        reverse("partners:notice", args=[things["notice"].pk]),
    ]


def test_each_role_reads_what_the_table_says(client, things):
    for who, (user, expected) in readers(things).items():
        sign_in(client, user)

        answers = {page: status(client, page) for page in pages(things)}

        assert set(answers.values()) == {expected}, (who, answers)


def status(client, page: str) -> int:
    """What the page answers; a file is let go of."""
    answer = client.get(page)
    # The test client reads a file to its end, and then closes it.
    b"".join(answer)
    return answer.status_code


def test_a_stranger_is_asked_to_sign_in(client, things):
    assert {client.get(page).status_code for page in pages(things)} == {302}


def steps(things) -> dict[str, str]:
    """Every page that changes something, by who may: the address of each."""
    action, walk, finding = things["action"].pk, things["walk"].pk, things["finding"].pk
    return {
        "start an action": reverse("partners:action_move", args=[action, "starten"]),
        "stop an action": reverse("partners:action_move", args=[action, "stoppen"]),
        "change an action": reverse("partners:change_action", args=[action]),
        "add a step": reverse("partners:new_step", args=[action]),
        "change a step": reverse("partners:change_step", args=[action, things["step"].pk]),
        "publish a signal": reverse("partners:signal_move", args=[things["signal"].pk, "publiceren"]),
        "compose the agenda": reverse("partners:edit_wijkagenda", args=[things["wijk"].slug, things["agenda"].year]),
        "end a walk": reverse("partners:walk_move", args=[walk, "afsluiten"]),
        "open the checklist": reverse("partners:checklist", args=[walk]),
        "write down a finding": reverse("partners:new_finding", args=[walk]),
        "correct a finding": reverse("partners:correct_finding", args=[finding]),
        "place a finding": reverse("partners:place_finding", args=[finding]),
        "give a finding to somebody": reverse("partners:finding_move", args=[finding, "uitzetten"]),
        "close a finding": reverse("partners:finding_move", args=[finding, "afmelden"]),
        "take down a message": reverse("partners:take_down_notice", args=[things["notice"].pk]),
    }


def test_only_who_leads_decides(client, things):
    wijk = things["wijk"]
    deciders = [CoordinatorFactory(wijk=wijk), ManagerFactory()]
    others = [
        AmbassadorFactory(),
        CoordinatorFactory(),
        PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk])).user,
        PartnerContactFactory().user,
    ]

    for user in [*deciders, *others]:
        sign_in(client, user)
        answers = {name: client.get(address).status_code for name, address in steps(things).items()}

        # The button that starts at once has no page of its own: it leads back.
        allowed = {200, 302} if user in deciders else {404}
        assert set(answers.values()) <= allowed, (user, answers)


def test_a_button_that_is_not_yours_does_nothing(client, things):
    partner = PartnerContactFactory(partner=OrganisationFactory(wijken=[things["wijk"]])).user
    sign_in(client, partner)
    step = things["step"]

    answers = [
        client.post(reverse("partners:action_move", args=[things["action"].pk, "starten"]), {"version": 1}),
        client.post(reverse("partners:do_step", args=[step.action_id, step.pk])),
        client.post(reverse("partners:remove_step", args=[step.action_id, step.pk])),
        client.post(reverse("partners:in_order", args=[things["walk"].pk, things["item"].pk])),
        client.post(reverse("partners:withdraw_wijkagenda", args=[things["wijk"].slug, things["agenda"].year])),
    ]

    assert {answer.status_code for answer in answers} == {404}
    step.refresh_from_db()
    assert step.done_at is None


def test_who_has_to_take_a_step_may_say_that_it_is_done(client, things):
    partner = PartnerContactFactory(partner=OrganisationFactory(wijken=[things["wijk"]])).user
    step = ActionStepFactory(action=things["action"], responsible=partner)
    sign_in(client, partner)

    client.post(reverse("partners:do_step", args=[step.action_id, step.pk]))

    step.refresh_from_db()
    assert step.done_by == partner


def test_whom_a_finding_was_given_to_may_close_it_and_other_departments_may_not(client, things):
    department = DepartmentFactory()
    finding = FindingFactory(walk=things["walk"], assigned=True, department=department)
    address = reverse("partners:finding_move", args=[finding.pk, "afmelden"])

    statuses = []
    for user in (AmbassadorFactory(department=department), AmbassadorFactory()):
        sign_in(client, user)
        statuses.append(client.get(address).status_code)

    assert statuses == [200, 404]


def test_the_public_reads_only_what_was_chosen(client, things):
    wijk, year = things["wijk"], things["agenda"].year
    JointActionFactory(wijk=wijk, running=True, is_public=True, title="Samen het plein op")
    JointActionFactory(wijk=wijk, running=True, title="Nog niet openbaar")
    JointActionFactory(wijk=wijk, is_public=True, title="Nog een voorstel")
    SignalFactory(wijk=wijk, published=True, title="Interne titel")

    page = client.get(reverse("partners:wijkagenda", args=[wijk.slug, year])).content.decode()

    assert "Samen het plein op" in page
    assert "Meer afval naast de bakken." in page
    assert [words for words in ("Nog niet openbaar", "Nog een voorstel", "Interne titel") if words in page] == []
    assert things["action"].owner.name not in page


def test_an_agenda_that_is_not_published_does_not_exist(client):
    agenda = WijkAgendaFactory(published_at=None)

    assert client.get(reverse("partners:wijkagenda", args=[agenda.wijk.slug, agenda.year])).status_code == 404
    assert client.get(reverse("partners:wijkagenda_pdf", args=[agenda.wijk.slug, agenda.year])).status_code == 404


def test_a_partner_of_another_wijk_reads_no_more_of_it_than_a_visitor_who_is_not_signed_in(client, things):
    wijk, partner = things["wijk"], OrganisationFactory(wijken=[things["wijk"]])
    for words, chosen in (("Geheime", False), ("Openbare", True)):
        ListingFactory(partner=partner, title=f"{words} zaal", published=chosen)
        seen_by = Visibility.PUBLIC if chosen else Visibility.PARTNERS
        AgendaItemFactory(wijken=[wijk], title=f"{words} koffie", visibility=seen_by)
        JointActionFactory(wijk=wijk, running=True, title=f"{words} actie", is_public=chosen)
    public = {"Openbare zaal", "Openbare koffie", "Openbare actie"}
    inside = {text.replace("Openbare", "Geheime") for text in public}
    inside |= {str(things[name]) for name in ("action", "signal", "walk")}
    inside |= {things["finding"].text, things["notice"].text, things["step"].what}
    lists = ["start", "listings", "actions", "signals", "walks", "findings", "noticeboard", "wijkagendas_edit"]
    lists += ["own_agenda", "colleagues", "directory", "public_listings", "wijkagendas", "agenda", "agenda_month"]
    addresses = [reverse(f"partners:{name}") for name in lists]
    addresses += [f"{address}?wijk={wijk.slug}" for address in addresses]
    addresses += [reverse(name, args=[wijk.slug]) for name in ("wijk", "own_wijk", "partners:wijk_feed")]
    addresses += [partner.get_absolute_url(), reverse("partners:feed")]
    addresses += [reverse("partners:wijkagenda", args=[wijk.slug, things["agenda"].year])]
    readers = {"elsewhere": [WijkFactory()], "here": [wijk]}

    seen = {}
    for who in ("visitor", *readers):
        if who in readers:
            sign_in(client, PartnerContactFactory(partner__wijken=readers[who]).user)
        pages = " ".join(client.get(address).content.decode() for address in addresses)
        seen[who] = {text for text in public | inside if text in pages}

    assert seen == {"visitor": public, "elsewhere": public, "here": public | inside}
