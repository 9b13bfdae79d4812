"""Who objects, what was said at the hearing, what the committee advised; and the decision that follows from it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from shared.ui.notations import euro_text
from subsidies import offers, own_data
from subsidies.enums import (
    Channel,
    EntryKind,
    MessageKind,
    ObjectionOutcome,
    ObjectionStatus,
    ObjectorRole,
    Outcome,
)
from subsidies.forms.objection import ObjectionDecisionForm
from subsidies.letters.applicant import case_token
from subsidies.models import Application, Ceiling, Objection
from subsidies.workflow import messages, objection, objection_file, objector
from subsidies.workflow.decision_terms import DecisionTerms
from subsidies.workflow.objector import Objector
from tests.factories.accounts import ManagerFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    MandateFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.objecting import receive, refused, settle
from tests.subsidies.test_admin_objection import send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NEIGHBOUR = Objector(ObjectorRole.OTHER, "Bep Buur", "", "Kerkstraat 3\n3341 AA Hendrik-Ido-Ambacht")
LAWYER = Objector(ObjectorRole.REPRESENTATIVE, "mr. Els Recht", "els@recht.example", "", today())


@pytest.fixture
def manager():
    MandateFactory(role="functional_manager")
    return ManagerFactory()


def written(decision, who: Objector, *, files=()) -> Objection:
    """An objection on paper by somebody else than the applicant."""
    messages.receive_message(
        decision.application,
        kind=MessageKind.OBJECTION,
        text="Het feest is te luid.",
        by=ManagerFactory(),
        channel=Channel.PAPER,
        objector=who,
        files=files,
    )
    return Objection.objects.latest("pk")


class TestObjector:
    """Letters about an objection go to who made it."""

    def test_the_receipt_goes_to_the_neighbour_and_to_nobody_else(self):
        decision = refused()

        made = written(decision, NEIGHBOUR)

        receipt = OutboxMessage.objects.get(text__contains="Het feest is te luid", subject__startswith="Wij hebben uw")
        assert (receipt.recipient_name, receipt.recipient_email) == ("Bep Buur", "")
        assert "Kerkstraat 3" in receipt.recipient_address
        assert made.address_lines == ["Bep Buur", "Kerkstraat 3", "3341 AA Hendrik-Ido-Ambacht"]

    def test_the_applicant_does_not_read_it_and_can_object_too(self):
        decision = refused()
        case = decision.application
        written(decision, NEIGHBOUR, files=[StoredFileFactory(original_name="brief-van-bep-buur.pdf")])

        client = Client()
        sign_in(client, case.applicant)
        page = client.get(reverse("subsidies:case", args=[case.reference])).content.decode()
        own = receive(decision)

        assert "Het feest is te luid" not in page
        assert "brief-van-bep-buur" not in page
        assert own_data.copy_of(case)["files"] == []
        file_url = reverse("subsidies:case_file", args=[case.reference, case.files.get().pk])
        assert client.get(file_url).status_code == 404
        assert own_data.copy_of(case)["messages"] == [
            {"kind": "bezwaar", "received": own.message.received_at, "text": own.message.text}
        ]

    def test_a_second_one_of_the_same_side_is_refused(self):
        decision = refused()
        written(decision, LAWYER)

        assert not offers.offer(offers.standing(decision.application, today()), "bezwaar").may_now
        with pytest.raises(WorkflowError, match="al bezwaar"):
            receive(decision)

    def test_the_decision_goes_to_the_objector_and_the_applicant_is_told(self, manager):
        made = written(refused(), LAWYER)

        decision = settle(made, by=manager)

        assert OutboxMessage.objects.get(key=decision.letter_key).recipient_email == "els@recht.example"
        told = OutboxMessage.objects.get(key__contains="decision_told")
        assert told.recipient_email == decision.application.email
        assert "mr. Els Recht maakte namens u bezwaar" in told.text
        assert "Beste mr. Els Recht," in decision.letter_text
        assert "mr. Els Recht" in decision.letter_html.partition("<h2>")[0]

    def test_on_paper_it_is_made_known_the_next_working_day(self, manager):
        made = written(refused(), NEIGHBOUR)

        assert settle(made, by=manager).notified_on > today()

    @pytest.mark.parametrize(
        "who",
        [
            Objector(ObjectorRole.OTHER, " ", "a@b.example"),
            Objector(ObjectorRole.OTHER, "Bep Buur"),
            Objector(ObjectorRole.REPRESENTATIVE, "Els", "els@recht.example", "", today() + DAY),
        ],
    )
    def test_without_name_or_address_nothing_is_kept(self, who):
        decision = refused()

        with pytest.raises(WorkflowError):
            written(decision, who)

        assert not decision.application.messages.exists()

    def test_each_side_takes_back_its_own_objection_and_not_that_of_the_other(self, manager):
        decision = refused()
        case = decision.application
        theirs, own = written(decision, NEIGHBOUR), receive(decision)

        messages.receive_message(case, kind=MessageKind.NO_OBJECTION, text="Het is goed zo.", by=case.applicant)
        theirs.refresh_from_db()
        own.refresh_from_db()
        assert (theirs.status, own.status) == (ObjectionStatus.RECEIVED, ObjectionStatus.WITHDRAWN)
        client = Client()
        sign_in(client, manager)
        day = {f"received_on_{n}": part for n, part in enumerate((today().day, today().month, today().year))}
        send(client, case, "bezwaar-ingetrokken", text="Bep is eruit.", channel="paper", **day)

        theirs.refresh_from_db()
        assert theirs.status == ObjectionStatus.WITHDRAWN
        confirmed = OutboxMessage.objects.get(subject__startswith="U heeft uw bezwaar ingetrokken", recipient_email="")
        assert confirmed.recipient_name == "Bep Buur"
        assert "Bep is eruit." not in str(own_data.copy_of(case)["messages"])

    def test_what_the_applicant_adds_is_not_what_the_neighbour_was_asked_for(self):
        theirs = written(refused(), NEIGHBOUR)
        words = "Mevrouw Buur, zet uw naam eronder."
        objection.ask_repair(theirs, text=words, due_on=today() + DAY * 14, by=ManagerFactory(), version=None)

        case = theirs.against.application
        page = Client().get(reverse("subsidies:case_by_link", args=[case_token(case)])).content.decode()
        assert objection.waiting_for_repair(case) is None
        assert (words in page, words in str(own_data.copy_of(case))) == (False, False)

    def test_an_applicant_who_got_nothing_is_not_told_that_it_can_be_less(self, manager):
        made = written(refused(), NEIGHBOUR)

        objection.plan_hearing(made, on=today() + DAY * 12, place="10.00 uur", by=manager, version=None)

        invited = OutboxMessage.objects.get(key__contains="objection_hearing_applicant")
        assert ("gaat ook over u" in invited.text, "minder geld" in invited.text) == (True, False)

    def test_only_who_applied_can_say_that_we_do_not_decide(self):
        case = ApplicationFactory(in_review=True, received_on=today() - 120 * DAY)

        with pytest.raises(WorkflowError, match="nog geen besluit"):
            messages.receive_message(case, kind=MessageKind.OBJECTION, text="Te laat.", by=None, objector=NEIGHBOUR)

        assert not case.default_notices.exists()

    def test_the_file_says_it_better_later(self, manager):
        made = receive(refused())

        objector.correct(made, objector=LAWYER, by=manager, version=None)

        made.refresh_from_db()
        assert (made.addressee, made.authorised_on) == ("mr. Els Recht", today())

    def test_in_the_admin_name_and_address_are_asked(self, manager):
        case = refused().application
        client = Client()
        sign_in(client, manager)
        answers = {
            "kind": "objection",
            "channel": "paper",
            "text": "Te luid.",
            "role": "other",
            "version": case.version,
        }
        answers |= {f"received_on_{n}": part for n, part in enumerate((today().day, today().month, today().year))}
        address = reverse("admin:subsidies_application_step", args=[case.pk, "bericht-invoeren"])

        page = client.post(address, answers | {"_preview": "1"}).content.decode()

        assert "Vul de naam van de indiener in" in page
        assert "Vul een e-mailadres of een postadres van de indiener in" in page


class TestHearing:
    """No decision on what was said before it is on record (Awb article 7:7)."""

    @pytest.fixture
    def made(self) -> Objection:
        found = receive(refused())
        Objection.objects.update(hearing_on=today(), status=ObjectionStatus.HEARING)
        found.refresh_from_db()
        return found

    def test_the_record_comes_first_and_goes_with_the_decision(self, made, manager):
        with pytest.raises(WorkflowError, match="verslag van de hoorzitting"):
            settle(made, by=manager, without_hearing="")
        objection_file.record_hearing(made, record="De indiener kwam met haar zoon.", by=manager, version=None)

        decision = settle(made, by=manager, without_hearing="")

        assert "De indiener kwam met haar zoon." in decision.letter_text

    def test_a_second_one_has_its_own_record_and_leaves_the_first(self, made, manager, time_machine):
        with pytest.raises(WorkflowError, match="vorige hoorzitting"):
            objection.plan_hearing(made, on=today() + DAY * 12, place="10.00 uur", by=manager, version=None)
        made = objection_file.record_hearing(made, record="De indiener was ziek.", by=manager, version=None)
        made = objection.plan_hearing(made, on=today() + DAY * 12, place="10.00 uur", by=manager, version=None)
        with pytest.raises(WorkflowError, match="moet nog komen"):
            settle(made, by=manager, without_hearing="")

        time_machine.move_to(timezone.now() + DAY * 12)
        made = objection_file.record_hearing(made, record="Nu was zij er.", by=manager, version=None)
        decision = settle(made, by=manager, without_hearing="")

        assert [each.record for each in made.past_hearings.all()] == ["De indiener was ziek."]
        for words in ("De indiener was ziek.", "Nu was zij er."):
            assert words in decision.letter_text

    def test_not_before_the_day_itself(self, made, manager):
        Objection.objects.update(hearing_on=today() + DAY)

        with pytest.raises(WorkflowError, match="moet nog komen"):
            objection_file.record_hearing(made, record="Zij kwam.", by=manager, version=None)


class TestWorseForTheApplicant:
    """An objection of somebody else can cost the applicant the grant, once the applicant was heard (Awb 7:2, 7:11)."""

    @pytest.fixture
    def decision(self, manager):
        case = ApplicationFactory(granted=True)
        ceiling = CeilingFactory(scheme=case.scheme, amount=1000)
        ceiling.entries.create(kind=EntryKind.GRANTED, amount=Decimal(750), application=case, booked_on=today())
        return DecisionFactory(application=case, outcome=Outcome.GRANT, amount=Decimal(750), decided_by=case.owner)

    @pytest.fixture
    def terms(self, decision):
        ground = GroundFactory(scheme_version=decision.application.scheme_version)
        return DecisionTerms(Outcome.REFUSE, "", grounds=(ground.pk,), no_interest=True)

    def heard(self, made, manager):
        planned = objection.plan_hearing(made, on=today() + DAY * 12, place="10.00 uur", by=manager, version=None)
        Objection.objects.update(hearing_on=today())
        return objection_file.record_hearing(planned, record="Allebei waren er.", by=manager, version=None)

    def test_the_applicant_is_invited_and_the_grant_is_refused_after_all(self, decision, terms, manager):
        made, case = written(decision, NEIGHBOUR), decision.application
        with pytest.raises(WorkflowError, match="nadeel van de aanvrager"):
            settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=manager)
        made = self.heard(made, manager)

        answer = settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=manager, without_hearing="")

        invited = OutboxMessage.objects.get(key__contains="objection_hearing_applicant")
        assert (invited.recipient_email, NEIGHBOUR.name in invited.text) == (case.email, False)
        case.refresh_from_db()
        assert (case.status, case.settled_amount) == ("revoked", Decimal(0))
        assert Ceiling.objects.get().available == Decimal(1000)
        assert "weigeren de subsidie" in answer.letter_text
        assert "Wanneer u het geld krijgt" not in answer.letter_text
        told = OutboxMessage.objects.get(key__contains="decision_told")
        assert (told.recipient_email, NEIGHBOUR.name in told.text) == (case.email, False)
        assert "U heeft geen recht meer op dit geld." in told.text
        # The letter with the name and address of who objected is not for the applicant.
        page = Client().get(reverse("subsidies:case_by_link", args=[case_token(case)])).content.decode()
        letter = Client().get(reverse("subsidies:case_decision_by_link", args=[case_token(case), answer.pk]))
        assert ("in onze brief aan u" in page, letter.status_code) == (True, 404)
        assert NEIGHBOUR.name not in str(own_data.copy_of(case))

    def test_it_can_become_less(self, decision, terms, manager):
        made = self.heard(written(decision, NEIGHBOUR), manager)
        less = replace(terms, outcome=Outcome.GRANT_PARTLY, amount=Decimal(400), execute_until=today() + DAY * 30)

        answer = settle(made, ObjectionOutcome.FOUNDED, terms=less, by=manager, without_hearing="")

        assert Application.objects.get().granted_amount == Decimal(400)
        assert f"nu {euro_text(Decimal(400))}; eerst was dat {euro_text(Decimal(750))}" in answer.letter_text

    def test_never_by_the_own_objection_of_the_applicant(self, decision, terms, manager):
        made = self.heard(receive(decision), manager)

        with pytest.raises(WorkflowError, match="kan niet in de plaats komen"):
            settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=manager)

    def test_the_form_offers_it(self, decision, manager):
        made = written(decision, NEIGHBOUR)

        form = ObjectionDecisionForm(case=made.against.application, user=manager)

        assert "refuse" in dict(form.fields["outcome"].choices)
        assert "Lager dan nu kan" in str(form.fields["amount"].help_text)


class TestCommittee:
    """The advice is there, goes along, and is followed or deviated from with a reason (Awb article 7:13)."""

    @pytest.fixture
    def made(self, manager) -> Objection:
        return objection.take_up(receive(refused()), handler=manager, committee=True, by=manager, version=None)

    def advised(self, made, manager, advised=ObjectionOutcome.FOUNDED, on=None):
        return objection_file.take_in_advice(
            made, advised=advised, advice="Het plan past in de regeling.", on=on or today(), by=manager, version=None
        )

    def test_the_decision_waits_for_the_advice(self, made, manager):
        with pytest.raises(WorkflowError, match="advies van de commissie"):
            settle(made, by=manager)

    def test_who_deviates_says_why(self, made, manager):
        self.advised(made, manager)

        with pytest.raises(WorkflowError, match="afwijkt"):
            settle(made, by=manager)
        decision = settle(made, by=manager, deviates_because="De commissie las de regeling van vorig jaar.")

        assert "Het plan past in de regeling." in decision.letter_text
        assert "De commissie las de regeling van vorig jaar." in decision.letter_text
        assert decision.on_objection.deviates_because.startswith("De commissie las")

    def test_who_follows_needs_no_reason(self, made, manager):
        self.advised(made, manager, ObjectionOutcome.UNFOUNDED)

        assert settle(made, by=manager).on_objection.outcome == ObjectionOutcome.UNFOUNDED

    def test_an_advice_of_tomorrow_is_none(self, made, manager):
        with pytest.raises(WorkflowError, match="ligt tussen"):
            self.advised(made, manager, on=today() + DAY)

    def test_without_a_committee_there_is_no_advice(self, manager):
        with pytest.raises(WorkflowError, match="geen adviescommissie"):
            self.advised(receive(refused()), manager)

    @pytest.mark.parametrize("slug", ["bezwaar-advies", "bezwaar-indiener", "beslissing-op-bezwaar"])
    def test_the_steps_show_their_page(self, made, manager, slug):
        self.advised(made, manager)
        client = Client()
        sign_in(client, manager)

        page = client.get(reverse("admin:subsidies_application_step", args=[made.against.application_id, slug]))
        file = client.get(reverse("admin:subsidies_application_change", args=[made.against.application_id]))

        assert page.status_code == 200
        assert "Advies van de commissie" in file.content.decode()
