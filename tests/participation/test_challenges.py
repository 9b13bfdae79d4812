"""The right to challenge: from the form to the decision and after, for the group and for who handles it."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from participation.challenges import letters, workflow
from participation.challenges.enums import Criterion, Status, Verdict
from participation.challenges.models import Challenge, ChallengeDraft
from participation.challenges.rules import decide_by
from shared import links, municipality
from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from shared.notifications.rehearsal import NO_LETTERS
from shared.ui.spam import SALT
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory, UserFactory
from tests.factories.challenges import ChallengeFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.participation import ProjectFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

FORM, CHECK = "/uitdaagrecht/aanvragen/", "/uitdaagrecht/aanvragen/controle/"
ALL_GOOD = dict.fromkeys(Criterion.values, Verdict.GOOD.value)


def typed(**changes) -> dict[str, str]:
    answers = {
        "title": "Het groen in de Kerkstraat",
        "now": "Het kan beter.",
        "plan": "Wij doen het zelf.",
        "value": "Een groene straat.",
        "costs": "",
        "buurt": str(BuurtFactory().pk),
        "place": "Kerkstraat",
        "group_name": "Groen Kerkstraat",
        "members": "10",
        "support": "De hele straat.",
        "name": "Karin Kwartiermaker",
        "email": "karin@voorbeeld.example",
        "phone": "",
        "may_publish": "on",
        "opened": signing.dumps(0, salt=SALT),
    }
    return answers | changes


def coordinator_of(challenge: Challenge):
    return CoordinatorFactory(wijk=challenge.wijk)


def test_a_group_fills_in_checks_sends_and_confirms(client):
    assert client.post(FORM, typed()).url == CHECK
    assert "Groen Kerkstraat" in client.get(CHECK).content.decode()
    once = {"once": "11111111-1111-4111-8111-111111111111"}
    first, second = client.post(CHECK, once), client.post(CHECK, once)

    challenge = Challenge.objects.get()
    assert first.url == second.url
    assert challenge.status == Status.UNCONFIRMED
    assert challenge.reference in client.get(first.url).content.decode()
    link = reverse(
        "challenges:confirm", args=[links.sign(letters.CONFIRM, challenge=challenge.pk, email=challenge.email)]
    )
    client.get(link)
    assert Challenge.objects.get().status == Status.UNCONFIRMED
    client.post(link)
    client.post(link)

    challenge.refresh_from_db()
    assert challenge.status == Status.RECEIVED
    subjects = list(OutboxMessage.objects.filter(recipient_email=challenge.email).values_list("subject", flat=True))
    assert len(subjects) == 2
    assert not ChallengeDraft.objects.unsent().exists()


@pytest.mark.parametrize(
    ("answer", "value", "message"),
    [
        ("members", "1", "een groep heeft er twee of meer"),
        ("members", "veel", "getal"),
        ("title", "", "welke taak u wilt overnemen"),
        ("email", "", "e-mailadres of uw telefoonnummer"),
        ("buurt", "999999", "buurt"),
    ],
)
def test_wrong_answers_are_named_and_everything_typed_stays(client, answer, value, message):
    response = client.post(FORM, typed(**{answer: value}))

    page = response.content.decode()
    assert message in page
    assert "Wij doen het zelf." in page
    assert "Wij doen het zelf." in client.get(FORM).content.decode()


def test_half_of_the_answers_are_kept_for_later_on_another_device(client):
    client.post(FORM, typed(plan="", do="save"))
    client.post("/uitdaagrecht/aanvragen/bewaard/", {"email": "karin@voorbeeld.example", "opened": typed()["opened"]})
    draft = ChallengeDraft.objects.get()

    other = type(client)()
    page = other.get(letters.draft_url(draft).partition("//")[2].partition("/")[2].join(["/", ""]), follow=True)

    assert OutboxMessage.objects.get().recipient_email == "karin@voorbeeld.example"
    assert "Groen Kerkstraat" in page.content.decode()


def test_who_left_an_address_is_warned_before_the_draft_is_deleted(client):
    client.post(FORM, typed(plan="", do="save"))
    client.post("/uitdaagrecht/aanvragen/bewaard/", {"email": "karin@voorbeeld.example", "opened": typed()["opened"]})
    type(client)().post(FORM, typed(plan="", do="save"))
    kept = ChallengeDraft.objects.exclude(email="").get()

    late = kept.kept_until + timedelta(days=1)
    warned = [workflow.warn_old_drafts(late), workflow.warn_old_drafts(late)]
    deleted = workflow.delete_old_drafts(late)
    left = list(ChallengeDraft.objects.all())
    gone = workflow.delete_old_drafts(late + timedelta(days=municipality.current().periods.draft_warning_days))

    assert (warned, deleted, left, gone) == ([1, 0], 1, [kept], 1)
    assert OutboxMessage.objects.latest("pk").subject == "Uw verzoek is nog niet verstuurd"


def test_a_draft_that_is_saved_again_is_warned_of_again(client):
    draft = workflow.save_draft(typed())
    workflow.send_draft_link(draft, email="karin@voorbeeld.example")
    workflow.warn_old_drafts(draft.kept_until)

    again = workflow.save_draft(typed(), draft_id=str(draft.pk))

    assert workflow.warn_old_drafts(timezone.now()) == 0
    assert workflow.warn_old_drafts(again.kept_until) == 1


def test_the_work_list_goes_out_as_a_file_with_the_rows_of_the_screen(client):
    mine = ChallengeFactory(owned=True, title="Het groen in de Kerkstraat")
    other = ChallengeFactory(title="De bankjes in het park")
    sign_in(client, mine.owner)

    screen = client.get(reverse("admin:challenges_challenge_changelist")).content.decode()
    address = reverse("reports:export", args=["uitdaagrecht"])
    answer = client.post(address, {"format": "csv"})
    text = b"".join(answer.streaming_content).decode()

    assert address in screen
    assert mine.reference in text
    assert mine.email in text
    assert other.reference not in text


def test_without_the_permission_there_is_no_file_of_challenges(client):
    sign_in(client, FinanceFactory())

    assert client.post(reverse("reports:export", args=["uitdaagrecht"]), {"format": "csv"}).status_code == 404


def test_the_legal_term_holds_only_for_a_request_for_a_decision():
    promised, none = decide_by(date(2026, 2, 6), is_request=False, promised_weeks=16)
    legal, deadline = decide_by(date(2026, 2, 6), is_request=True, promised_weeks=16)

    assert (promised, none) == (date(2026, 5, 29), None)
    # Eight weeks end on Good Friday: the first working day after Easter (Awb 4:13, Atw 1).
    assert legal == date(2026, 4, 7)
    assert deadline is not None


def test_treating_it_as_a_request_tells_the_group_the_term():
    challenge = ChallengeFactory()

    changed = workflow.treat_as_request(challenge, by=coordinator_of(challenge))

    assert changed.is_request
    assert changed.decide_by < challenge.decide_by
    assert changed.term_explained in OutboxMessage.objects.get().text


def test_all_the_way_to_a_yes_and_what_comes_after():
    challenge = ChallengeFactory()
    by = coordinator_of(challenge)

    workflow.plan_talk(challenge, talk_on=date(2099, 1, 4), talk_place="het wijkcentrum", text="Kom langs.", by=by)
    workflow.assess(challenge, verdicts=ALL_GOOD, assessment="Goed plan.", by=by)
    workflow.propose(challenge, proposal="U neemt het groen over.", by=by)
    workflow.publish(challenge, public_text="De groep wil het groen doen.", by=by)
    workflow.decide(challenge, outcome=Status.PARTLY, reasons="Niet de bomen.", decided_by="het college", by=by)
    workflow.start(challenge, runs_from=date(2099, 3, 1), text="Veel plezier.", by=by)
    workflow.evaluate(challenge, evaluation="Het gaat goed.", by=by)
    workflow.resume(challenge, runs_until=None, text="Ga zo door.", by=by)
    workflow.end(challenge, end_reason="De groep stopt.", by=by)

    challenge.refresh_from_db()
    assert (challenge.status, challenge.outcome, challenge.owner) == (Status.ENDED, Status.PARTLY, by)
    assert OutboxMessage.objects.filter(recipient_email=challenge.email).count() == 9


def test_nobody_hears_no_without_a_talk_nor_without_a_way_on():
    new, assessed = ChallengeFactory(), ChallengeFactory(assessed=True)
    no = {"outcome": Status.DECLINED, "reasons": "Het mag niet.", "decided_by": "het college"}

    with pytest.raises(WorkflowError):
        workflow.decide(new, **no, way_on="Een buurtbon.", by=coordinator_of(new))
    with pytest.raises(WorkflowError, match="wat wel kan"):
        workflow.decide(assessed, **no, by=coordinator_of(assessed))
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=assessed.pk).update(status=Status.DECLINED, outcome=Status.DECLINED)

    assert not OutboxMessage.objects.exists()


def test_only_a_decision_says_how_to_object():
    texts = []
    for is_request in (True, False):
        challenge = ChallengeFactory(proposed=True, is_request=is_request)
        workflow.decide(
            challenge,
            outcome=Status.ACCEPTED,
            reasons="Goed plan.",
            decided_by="het college",
            by=coordinator_of(challenge),
        )
        texts.append(OutboxMessage.objects.get(about_id=str(challenge.pk)).text)

    assert ["bezwaar" in text for text in texts] == [True, False]


def test_a_stale_page_changes_nothing():
    challenge = ChallengeFactory()

    with pytest.raises(StaleVersion):
        workflow.treat_as_request(challenge, by=coordinator_of(challenge), version=challenge.version - 1)

    assert not Challenge.objects.get().is_request


def test_nobody_handles_a_request_of_their_own():
    challenge = ChallengeFactory()
    by = coordinator_of(challenge)
    Challenge.objects.update(contact=by)

    with pytest.raises(WorkflowError, match="2:4"):
        workflow.treat_as_request(challenge, by=by)


def test_what_is_on_the_website_needs_the_group_to_agree(client):
    silent, shown = ChallengeFactory(proposed=True, may_publish=False), ChallengeFactory(proposed=True)

    with pytest.raises(WorkflowError, match="niet gezegd"):
        workflow.publish(silent, public_text="Tekst.", by=coordinator_of(silent))
    workflow.publish(shown, public_text="De groep wil het groen doen.", by=coordinator_of(shown))

    page = client.get(shown.get_absolute_url()).content.decode()
    assert "De groep wil het groen doen." in page
    assert shown.name not in page
    assert shown.title in client.get("/uitdaagrecht/").content.decode()
    assert client.get(silent.get_absolute_url()).status_code == 404


def test_the_group_reads_its_file_writes_and_withdraws_and_nobody_else_does(client):
    challenge = ChallengeFactory(talk=True)
    mine = reverse("challenges:mine", args=[challenge.reference])
    sign_in(client, UserFactory())
    assert client.get(mine).status_code == 404
    sign_in(client, challenge.contact)

    client.post(mine, {"text": "Wij hebben nog een vraag.", "once": "11111111-1111-4111-8111-111111111111"})
    client.post(f"{mine}intrekken/", {"reason": "Te druk.", "version": str(challenge.version + 1)})

    assert challenge.messages.get().text == "Wij hebben nog een vraag."
    assert Challenge.objects.get().status == Status.WITHDRAWN
    assert challenge.title in client.get("/mijn/").content.decode()


def test_links_to_plan_and_project_are_kept():
    challenge = ChallengeFactory()
    plan, project = InitiativeFactory(), ProjectFactory()

    workflow.link(challenge, initiative=plan, project=project, by=coordinator_of(challenge))

    challenge.refresh_from_db()
    assert (challenge.initiative, challenge.project) == (plan, project)


def test_the_file_tells_of_no_link_when_none_was_made(client):
    challenge = ChallengeFactory()
    project = ProjectFactory()
    sign_in(client, coordinator_of(challenge))
    address = reverse("admin:challenges_challenge_step", args=[challenge.pk, "koppelen"])

    empty = client.post(address, {"_send": "1", "version": challenge.version}).content.decode()
    client.post(address, {"_send": "1", "seen": NO_LETTERS, "version": challenge.version, "project": project.reference})

    assert "Er verandert niets." in empty
    assert Challenge.objects.get().project == project
    assert Event.objects.about(challenge).filter(action="challenges.linked").count() == 1


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        pytest.param(coordinator_of, True, id="coordinator of the wijk"),
        pytest.param(lambda _case: ManagerFactory(), True, id="manager"),
        pytest.param(lambda _case: CoordinatorFactory(), False, id="coordinator of another wijk"),
        pytest.param(lambda _case: FinanceFactory(), False, id="finance"),
        pytest.param(lambda case: case.contact, False, id="the group itself"),
        pytest.param(lambda _case: UserFactory(), False, id="another resident"),
    ],
)
def test_who_handles_a_challenge(client, who, allowed):
    challenge = ChallengeFactory()
    person = who(challenge)
    sign_in(client, person)

    page = client.get(reverse("admin:challenges_challenge_change", args=[challenge.pk]))
    try:
        workflow.assign(challenge, to=coordinator_of(challenge), by=person)
        done = True
    except WorkflowError:
        done = False

    assert ((page.status_code == 200), done) == (allowed, allowed)


def test_a_colleague_decides_on_the_desk_and_sees_the_letter_first(client):
    challenge = ChallengeFactory(proposed=True, received_on=date(2026, 9, 1))
    sign_in(client, coordinator_of(challenge))
    address = reverse("admin:challenges_challenge_step", args=[challenge.pk, "besluit"])
    answers = {
        "outcome": "accepted",
        "decided_by": "het college",
        "decided_on_0": "1",
        "decided_on_1": "10",
        "decided_on_2": "2026",
        "reasons": "Goed plan.",
        "way_on": "",
        "version": str(challenge.version),
    }

    preview = client.post(address, answers | {"_preview": "1"})
    assert "Ja: uw groep neemt" in preview.content.decode()
    client.post(address, answers | {"_send": "1", "seen": preview.context["letters"].fingerprint})

    assert Challenge.objects.get().status == Status.ACCEPTED
    assert OutboxMessage.objects.count() == 1


def test_colleagues_are_reminded_of_terms_once():
    challenge = ChallengeFactory(talk_by=date(2026, 1, 5), decide_by=date(2026, 6, 1))
    coordinator = coordinator_of(challenge)

    sent = [workflow.remind(challenge, date(2026, 1, 6), date(2026, 1, 20)) for _time in range(2)]

    assert sent == [True, False]
    assert OutboxMessage.objects.get().recipient_email == coordinator.email


def test_the_work_list_shows_what_is_decided_too(client):
    late = ChallengeFactory(decide_by=date(2026, 1, 5))
    decided = ChallengeFactory(accepted=True, wijk=late.wijk, buurt=late.buurt)
    sign_in(client, coordinator_of(late))
    address = reverse("admin:challenges_challenge_changelist")

    every = client.get(address)
    overdue = client.get(f"{address}?termijn=te-laat")

    assert [row.pk for row in every.context["cl"].result_list] == [late.pk, decided.pk]
    assert [row.pk for row in overdue.context["cl"].result_list] == [late.pk]
