"""A check on its way from concept to website: who acts, who hears of it, and what is refused."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from participation import workflow
from participation.enums import CheckStatus, Level, Outcome, Signer
from participation.models import SentReminder
from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AbsenceFactory, AmbassadorFactory, CoordinatorFactory
from tests.factories.moments import FeedbackFactory, MomentFactory
from tests.factories.participation import CheckFactory
from tests.participation.checking import (
    ANSWERS,
    GROUPS,
    NO_PARTICIPATION,
    advised,
    confirmed,
    project_of,
    team,
    written,
)

pytestmark = pytest.mark.django_db


def mailed() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("recipient_email", "subject"))


def counts() -> tuple[int, int, int]:
    return Event.objects.count(), OutboxMessage.objects.count(), SentReminder.objects.count()


def test_a_check_goes_from_lead_to_ambassador_to_coordinator_to_the_website():
    people = team()
    project = project_of(people, published=True, title="Kerkstraat")
    today = timezone.localdate()

    check = written(people, project)
    check = workflow.hand_in(check, by=people.lead)
    check = workflow.send_back(check, text="Wie zijn de ondernemers?", by=people.ambassador)
    check = workflow.save_check(check, ANSWERS, groups=[*GROUPS, {"name": "Ondernemers"}], by=people.lead)
    check = workflow.hand_in(check, by=people.lead)
    check = workflow.pass_to_coordinator(check, by=people.ambassador)
    check = workflow.advise(check, text="Ga langs de school.", level=Level.COPRODUCE, by=people.coordinator)
    check = workflow.confirm(check, signer=Signer.MANAGEMENT, signer_name="MT", signed_on=today, by=people.lead)
    check = workflow.publish_check(check, by=people.lead)

    assert (check.status, check.advice, check.score, check.signer) == ("published", "participation", 8, "management")
    assert mailed() == [
        (people.ambassador.email, "Check om na te kijken: Kerkstraat"),
        (people.lead.email, "Vul de check nog aan: Kerkstraat"),
        (people.ambassador.email, "Check om na te kijken: Kerkstraat"),
        (people.coordinator.email, "Advies gevraagd over bereik en niveau: Kerkstraat"),
        (people.lead.email, "Advies van de wijkcoördinator: Kerkstraat"),
        (people.ambassador.email, "Check vastgesteld: Kerkstraat"),
        (people.coordinator.email, "Check vastgesteld: Kerkstraat"),
    ]
    signed = Event.objects.get(action="participation.check_confirmed")
    assert (signed.text, signed.new["signed_on"]) == ("Managementteam: MT", today.isoformat())
    assert signed.actor_id == people.lead.pk


def test_a_deputy_hears_of_it_while_the_ambassador_is_away():
    people = team()
    deputy = AmbassadorFactory()
    AbsenceFactory(user=people.ambassador, deputy=deputy)

    check = workflow.hand_in(written(people, project_of(people)), by=people.lead)

    assert [email for email, _subject in mailed()] == [deputy.email]
    assert workflow.pass_to_coordinator(check, by=deputy).status == CheckStatus.ADVICE


def test_an_unfinished_check_is_kept_but_not_handed_in_and_says_what_is_missing():
    people = team()
    check = workflow.start_check(project_of(people), by=people.lead)
    check = workflow.save_check(check, {"legal_duty": "omgevingswet", "choice_left": "much"}, by=people.lead)

    with pytest.raises(WorkflowError) as refusal:
        workflow.hand_in(check, by=people.lead)

    assert check.advice == ""
    assert str(refusal.value) == (
        "Dit ontbreekt nog: wet en artikel, wie merkt er iets van, hoeveel merken zij ervan, kennis van buiten nodig, "
        "genoeg tijd, mensen en geld, er is spoed, uitkomst, wat wordt er besloten, en wanneer."
    )


def test_another_choice_than_the_advice_needs_a_reason():
    people = team()
    check = written(people, project_of(people), ANSWERS | {"outcome": Outcome.INFORM_ONLY, "level": Level.INFORM})

    with pytest.raises(WorkflowError, match="waarom anders dan het advies"):
        workflow.hand_in(check, by=people.lead)
    check = workflow.save_check(check, {"overruled_because": "De raad besloot al."}, by=people.lead)

    assert workflow.hand_in(check, by=people.lead).status == CheckStatus.AMBASSADOR


def test_no_participation_needs_a_reason_and_an_explanation_for_everybody():
    people = team()
    check = written(people, project_of(people), NO_PARTICIPATION | {"none_reason": "", "none_text": ""})

    with pytest.raises(WorkflowError, match="reden voor geen participatie, uitleg bij geen participatie"):
        workflow.hand_in(check, by=people.lead)


def test_no_participation_on_a_sensitive_subject_is_not_up_to_the_management():
    people = team()
    check = advised(people, project_of(people), NO_PARTICIPATION | {"sensitive": True})
    sign = {"signed_on": timezone.localdate(), "by": people.lead}

    with pytest.raises(WorkflowError, match="College van burgemeester en wethouders"):
        workflow.confirm(check, signer=Signer.MANAGEMENT, signer_name="MT", **sign)
    with pytest.raises(WorkflowError, match="kenmerk van het besluit"):
        workflow.confirm(check, signer=Signer.EXECUTIVE, signer_name="Vergadering 12", **sign)
    check = workflow.confirm(check, signer=Signer.EXECUTIVE, signer_name="Vergadering 12", reference="B-26-31", **sign)

    assert (check.status, check.signature_reference) == ("confirmed", "B-26-31")


def test_what_the_council_decides_is_not_confirmed_by_the_management():
    people = team()
    check = advised(people, project_of(people, deciding_body="council"))
    sign = {"signed_on": timezone.localdate(), "by": people.lead, "reference": "R-26-4"}

    for lower in (Signer.MANAGEMENT, Signer.EXECUTIVE):
        with pytest.raises(WorkflowError, match="vastgesteld door: Gemeenteraad"):
            workflow.confirm(check, signer=lower, signer_name="Vergadering 12", **sign)

    assert workflow.confirm(check, signer=Signer.COUNCIL, signer_name="Raad", **sign).status == CheckStatus.CONFIRMED


def test_a_signature_of_tomorrow_is_refused_and_leaves_no_trace():
    people = team()
    check = advised(people, project_of(people))
    before = counts()

    with pytest.raises(WorkflowError, match="niet in de toekomst"):
        workflow.confirm(
            check,
            signer=Signer.MANAGEMENT,
            signer_name="MT",
            signed_on=timezone.localdate() + timedelta(days=1),
            by=people.lead,
        )

    assert counts() == before


def test_a_signature_from_before_the_advice_is_refused_and_of_the_day_itself_is_not():
    with time_machine.travel("2026-03-02 09:00:00+01:00"):
        people = team()
        check = written(people, project_of(people))
    with time_machine.travel("2026-03-06 00:30:00+01:00"):
        check = workflow.pass_to_coordinator(workflow.hand_in(check, by=people.lead), by=people.ambassador)
        check = workflow.advise(check, text="Ga langs de school.", by=people.coordinator)
    sign = {"signer": Signer.MANAGEMENT, "signer_name": "MT", "by": people.lead}

    with time_machine.travel("2026-03-20 09:00:00+01:00"):
        with pytest.raises(WorkflowError, match="advies van de wijkcoördinator: dat kwam op 6 maart 2026"):
            workflow.confirm(check, signed_on=date(2026, 3, 5), **sign)
        check = workflow.confirm(check, signed_on=date(2026, 3, 6), **sign)

    assert check.signed_on == date(2026, 3, 6)


def test_who_saw_an_older_page_is_refused():
    people = team()
    project = project_of(people)
    check = workflow.hand_in(written(people, project), by=people.lead)
    project.refresh_from_db()
    seen = project.version
    workflow.send_back(check, text="Nog een keer.", by=people.ambassador)

    with pytest.raises(StaleVersion):
        workflow.pass_to_coordinator(check, by=people.ambassador, version=seen)


def test_nobody_takes_the_step_of_a_colleague():
    people = team()
    project = project_of(people)
    check = written(people, project)
    strangers = [CoordinatorFactory(), AmbassadorFactory(), people.coordinator]

    for stranger in strangers:
        with pytest.raises(WorkflowError, match="de projectleider"):
            workflow.hand_in(check, by=stranger)
    check = workflow.hand_in(check, by=people.lead)
    for other in (people.lead, people.coordinator, strangers[1]):
        with pytest.raises(WorkflowError, match="de ambassadeur van de afdeling"):
            workflow.pass_to_coordinator(check, by=other)
    check = workflow.pass_to_coordinator(check, by=people.ambassador)
    for other in (people.lead, people.ambassador, strangers[0]):
        with pytest.raises(WorkflowError, match="de wijkcoördinator"):
            workflow.advise(check, text="Goed.", by=other)


def test_a_new_version_takes_over_the_answers_and_replaces_the_old_one_when_it_is_signed():
    people = team()
    project = project_of(people)
    old = confirmed(people, project)

    new = workflow.start_check(project, by=people.lead)
    assert (new.number, new.open, new.previous) == (2, ANSWERS["open"], old)
    assert list(new.groups.values_list("name", flat=True)) == ["Bewoners"]
    old.refresh_from_db()
    assert old.status == CheckStatus.CONFIRMED

    new = workflow.hand_in(new, by=people.lead)
    new = workflow.pass_to_coordinator(new, by=people.ambassador)
    new = workflow.advise(new, text="Goed zo.", by=people.coordinator)
    workflow.confirm(
        new, signer=Signer.MANAGEMENT, signer_name="MT", signed_on=timezone.localdate(), by=people.ambassador
    )

    old.refresh_from_db()
    assert (old.status, old.signer_name) == (CheckStatus.REVISED, "MT")


def test_two_versions_are_not_prepared_at_once():
    people = team()
    project = project_of(people)
    workflow.start_check(project, by=people.lead)

    with pytest.raises(WorkflowError, match="al een check in voorbereiding"):
        workflow.start_check(project, by=people.lead)


def test_a_check_runs_is_fed_back_evaluated_and_closed_in_that_order():
    people = team()
    check = CheckFactory(project=project_of(people, published=True), published=True)
    by = {"by": people.lead}

    with pytest.raises(WorkflowError, match="nog niet begonnen"):
        workflow.close(check, **by)
    check = workflow.run(check, **by)
    with pytest.raises(WorkflowError, match="Participatie loopt"):
        workflow.evaluate(check, **by)
    FeedbackFactory(moment=MomentFactory(project=check.project, held=True))
    check = workflow.close(workflow.evaluate(workflow.feed_back(check, **by), **by), **by)

    assert check.status == CheckStatus.CLOSED
    assert check.project.evaluated_on == timezone.localdate()


def test_a_check_without_participation_is_published_and_closed():
    people = team()
    check = CheckFactory(project=project_of(people, published=True), none=True, published=True)

    with pytest.raises(WorkflowError, match="geen participatie"):
        workflow.run(check, by=people.lead)

    assert workflow.close(check, by=people.lead).status == CheckStatus.CLOSED


def test_a_check_is_not_published_before_its_project():
    people = team()
    check = confirmed(people, project_of(people))

    with pytest.raises(WorkflowError, match="Zet eerst het project op de website"):
        workflow.publish_check(check, by=people.lead)


def test_a_concept_lapses_but_what_opened_a_gate_does_not():
    people = team()
    project = project_of(people)

    dropped = workflow.lapse(written(people, project), reason="Ging samen met een ander project.", by=people.lead)
    assert dropped.status == CheckStatus.LAPSED
    signed = confirmed(people, project)

    with pytest.raises(WorkflowError, match="Maak een nieuwe versie"):
        workflow.lapse(signed, reason="Weg.", by=people.lead)
