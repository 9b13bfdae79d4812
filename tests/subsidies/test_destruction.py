"""After its retention term a file is really gone, once people agreed; sums, dates and the ledger stay."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import serializers
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from shared import municipality
from shared.audit import trail
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.retention import tasks, workflow
from shared.retention.models import DestructionItem, DestructionList
from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import MessageKind, Outcome, PaymentStatus, RetentionClass, Status
from subsidies.models import (
    Application,
    BankAccount,
    CaseFile,
    CaseMessage,
    CaseNote,
    Decision,
    Entry,
    Objection,
    Payment,
    Recovery,
    Report,
)
from subsidies.reports import totals
from subsidies.workflow import messages, pay, review
from subsidies.workflow.after import destruction
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    ReportFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LONG_AGO = today() - timedelta(days=8 * 366)
SECRET = "Zonnebloemgeheim"


@pytest.fixture
def one_person(monkeypatch):
    ours = replace(municipality.current(), destruction_approvals=1)
    monkeypatch.setattr(municipality, "current", lambda: ours)


def close(case: Application, on=LONG_AGO, kept: str = RetentionClass.GRANTED) -> Application:
    case.status, case.closed_on, case.retention_class, case.unread_since = Status.CLOSED, on, kept, None
    case.save()
    return case


@pytest.fixture
def full():
    """A file with something of everything in it, each with a word that must be gone."""
    case = ApplicationFactory(
        settled=True,
        what=SECRET,
        name=f"Anna {SECRET}",
        email=f"{SECRET.lower()}@voorbeeld.example",
        street=SECRET,
        support=SECRET,
    )
    CeilingFactory(scheme=case.scheme)
    budget.grant(case, Decimal(750), by=case.owner, on=today())
    decision = DecisionFactory(application=case, motivation=SECRET, letter_text=SECRET, objection_due=LONG_AGO)
    payment = pay.prepare_payment(decision, purpose="grant", amount=Decimal(750), due_on=decision.payment_due)
    pay.give_account(case, iban="NL91ABNA0417164300", holder=SECRET)
    Payment.objects.filter(pk=payment.pk).update(status=PaymentStatus.PAID, credited_on=today())
    messages.receive_message(
        case, kind=MessageKind.QUESTION, text=SECRET, files=[StoredFileFactory()], by=case.applicant
    )
    review.reply(case, text=SECRET, message=None, by=case.owner, version=None)
    review.note(case, text=SECRET, by=case.owner)
    ReportFactory(application=case, what_happened=SECRET, spent=Decimal(700))
    trail.record("subsidies.taken_up", subject=case, text=SECRET, new={"name": SECRET})
    case.refresh_from_db()
    return close(case)


def everything(case: Application) -> str:
    """All that the database holds about a file, as text."""
    rows = [case, *Event.objects.about(case), *OutboxMessage.objects.about(case)]
    for model, path in list(destruction.REMOVED.items()) + [(m, p) for m, (p, _w) in destruction.WIPED.items()]:
        rows += list(model._default_manager.filter(**{path: case}))
    return json.dumps(serializers.serialize("python", rows), default=str)


def agree(found: DestructionList, by) -> DestructionList:
    return workflow.approve(found, by=by, seen=found.items.filter(kept_until=None).count())


def test_every_word_in_a_file_is_gone_and_every_sum_is_still_there(
    full, one_person, django_capture_on_commit_callbacks
):
    path = CaseFile.objects.get().file.path
    counted = Entry.objects.count()
    assert SECRET in everything(full)
    tasks.propose_destruction()
    found = agree(DestructionList.objects.get(), ManagerFactory())

    with django_capture_on_commit_callbacks(execute=True):
        assert workflow.carry_out(found, timezone.now()) == 1

    full.refresh_from_db()
    assert SECRET.lower() not in everything(full).lower()
    assert not default_storage.exists(path)
    assert (full.granted_amount, full.settled_amount, full.destroyed_on) == (Decimal(750), Decimal(750), today())
    assert Entry.objects.count() == counted
    assert (Decision.objects.get().amount, Payment.objects.get().amount) == (Decimal(750), Decimal(750))
    assert (BankAccount.objects.get().iban, CaseNote.objects.count(), CaseMessage.objects.count()) == ("", 0, 2)
    assert Report.objects.get().spent == Decimal(700)


def test_the_reports_count_the_same_before_and_after(full, one_person):
    before = str(list(Application.objects.values_list("status", "retention_class", "granted_amount", "wijk")))
    assert totals

    tasks.propose_destruction()
    workflow.carry_out(agree(DestructionList.objects.get(), ManagerFactory()), timezone.now())

    after = str(list(Application.objects.values_list("status", "retention_class", "granted_amount", "wijk")))
    assert after == before


def test_every_column_with_words_is_wiped_removed_or_left_on_purpose():
    left = {
        "subsidies.CaseFile": {"purpose", "alt_text"},
        "subsidies.Entry": {"kind", "by", "note"},
        "subsidies.Repayment": {"bank_reference"},
        "subsidies.CaseMessage": {"kind", "channel"},
        "subsidies.Objection": {"status", "outcome", "role", "advised"},
        "subsidies.Complaint": {"outcome", "advised"},
        "subsidies.Postponement": {"ground"},
        "subsidies.Decision": {"outcome", "letter_sha256"},
        "subsidies.Payment": {"status", "purpose", "end_to_end"},
        # A sentence about the calculation, never about a person.
        "subsidies.LateInterest": {"none_because"},
        "subsidies.Report": {"mode"},
        "subsidies.Pause": {"ground"},
        "subsidies.Hearing": {"outcome"},
        "subsidies.LaterDecision": {"kind"},
        "subsidies.Application": {
            "reference",
            "status",
            "channel",
            "language",
            "applicant_kind",
            "retention_class",
            "checklist",
        },
    }
    wiped = {model._meta.label: set(words) for model, (_path, words) in destruction.WIPED.items()}
    wiped["subsidies.Application"] = set(destruction.WORDS)
    removed = {model._meta.label for model in destruction.REMOVED}

    undecided = {}
    for model in _around(Application):
        label = model._meta.label
        words = {field.name for field in model._meta.concrete_fields if _holds_words(field)}
        open_ones = words - wiped.get(label, set()) - left.get(label, set())
        if label not in removed and open_ones:
            undecided[label] = open_ones
    assert undecided == {}


def _around(model, seen=None) -> set:
    """The model and all of this programme that refers to it."""
    seen = seen if seen is not None else {model}
    for relation in model._meta.related_objects:
        other = relation.related_model
        if other not in seen and other._meta.app_label == "subsidies":
            seen.add(other)
            _around(other, seen)
    return seen


def _holds_words(field) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    return isinstance(field, kinds) or "Array" in type(field).__name__


@pytest.mark.parametrize(
    ("kept", "years", "is_listed"),
    [
        (RetentionClass.GRANTED, 8, True),
        (RetentionClass.GRANTED, 6, False),
        (RetentionClass.REFUSED, 6, True),
        (RetentionClass.ENDED, 8, False),
        (RetentionClass.BROKEN_OFF, 2, True),
    ],
)
def test_the_class_says_from_when_on_a_file_is_listed(kept, years, is_listed):
    close(ApplicationFactory(refused=True), on=today() - timedelta(days=years * 366), kept=kept)

    tasks.propose_destruction()

    assert DestructionItem.objects.exists() is is_listed


def objected(case):
    message = CaseMessageFactory(application=case, kind=MessageKind.OBJECTION)
    Objection.objects.create(against=DecisionFactory(application=case), message=message, received_on=today())


def claimed(case):
    decision = DecisionFactory(application=case, outcome=Outcome.RECOVER)
    Recovery.objects.create(application=case, decision=decision, amount=5, due_on=today())


def unpaid(case):
    decision = DecisionFactory(application=case)
    pay.prepare_payment(decision, purpose="grant", amount=Decimal(5), due_on=today())


def unread(case):
    Application.objects.filter(pk=case.pk).update(unread_since=timezone.now())


@pytest.mark.parametrize("happens", [objected, claimed, unpaid, unread])
def test_what_still_runs_is_not_listed_and_not_destroyed_when_it_came_later(happens, one_person):
    first = close(ApplicationFactory(refused=True))
    happens(first)
    later = close(ApplicationFactory(refused=True))
    tasks.propose_destruction()
    assert [item.reference for item in DestructionItem.objects.all()] == [later.reference]
    happens(later)

    workflow.carry_out(agree(DestructionList.objects.get(), ManagerFactory()), timezone.now())

    item = DestructionItem.objects.get()
    assert item.refused_because != ""
    later.refresh_from_db()
    assert later.destroyed_on is None


def test_two_people_agree_where_the_setting_says_so_and_nothing_is_added_after_the_first():
    close(ApplicationFactory(refused=True))
    tasks.propose_destruction()
    tasks.propose_destruction()
    found, first, second = DestructionList.objects.get(), ManagerFactory(), ManagerFactory()
    assert DestructionItem.objects.count() == 1

    agree(found, first)
    close(ApplicationFactory(refused=True))
    tasks.propose_destruction()
    with pytest.raises(WorkflowError, match="U bent al akkoord"):
        agree(found, first)
    assert workflow.carry_out(found, timezone.now()) == 0
    found = agree(found, second)

    assert workflow.carry_out(found, timezone.now()) == 1
    assert workflow.carry_out(DestructionList.objects.get(pk=found.pk), timezone.now()) == 0
    assert DestructionList.objects.count() == 2


def test_who_decides_can_keep_a_file_longer_and_it_comes_back_later():
    close(ApplicationFactory(refused=True))
    tasks.propose_destruction()
    item = DestructionItem.objects.get()

    workflow.keep(item, reason="Er loopt een klacht.", until=today() + timedelta(days=30), by=ManagerFactory())
    tasks.propose_destruction()
    still = DestructionItem.objects.count()
    workflow.propose(today() + timedelta(days=31))

    assert still == 1
    assert DestructionItem.objects.filter(kept_until=None).count() == 1


def test_a_list_that_changed_is_not_agreed_with_and_nobody_else_decides():
    close(ApplicationFactory(refused=True))
    tasks.propose_destruction()
    found = DestructionList.objects.get()

    with pytest.raises(WorkflowError, match="veranderd"):
        workflow.approve(found, by=ManagerFactory(), seen=2)
    with pytest.raises(WorkflowError, match="functioneel beheerder"):
        workflow.approve(found, by=CoordinatorFactory(), seen=1)


def test_the_past_cannot_be_wiped_in_any_other_way(full):
    for change in (
        lambda: Event.objects.about(full).update(text=""),
        lambda: Decision.objects.update(letter_text="", letter_html="", letter=b""),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


class TestThePages:
    """Functional managers look, agree and take the certificate."""

    @pytest.fixture
    def found(self):
        close(ApplicationFactory(refused=True, reference="2015-S-00007"))
        tasks.propose_destruction()
        return DestructionList.objects.get()

    def url(self, found, name="change", *rest):
        return reverse(f"admin:retention_destructionlist_{name}", args=[found.pk, *rest])

    def test_from_the_list_to_the_certificate(self, client, found):
        sign_in(client, ManagerFactory(name="Eva Eerste"))
        refused = client.post(self.url(found, "approve"), {"seen": "1"})
        client.post(self.url(found, "approve"), {"seen": "1", "sure": "on"})
        halfway = client.get(self.url(found)).text
        sign_in(client, ManagerFactory(name="Tom Tweede"))
        page = client.post(self.url(found, "approve"), {"seen": "1", "sure": "on"}, follow=True)
        paper = client.get(self.url(found, "certificate"))

        assert "zet een vinkje als u akkoord bent" in refused.text
        assert "Wacht op een tweede akkoord" in halfway
        assert "Verklaring van vernietiging (pdf)" in page.text
        assert paper.content.startswith(b"%PDF")
        assert paper["Content-Disposition"].endswith(f'verklaring-van-vernietiging-{found.pk}.pdf"')
        assert Application.objects.get().destroyed_on == today()

    def test_keeping_one_longer_asks_why(self, client, found):
        sign_in(client, ManagerFactory())
        item = found.items.get()
        day = {"until_0": "1", "until_1": "1", "until_2": str(today().year + 1)}

        refused = client.post(self.url(found, "keep", item.pk), {"reason": "", **day})
        page = client.post(self.url(found, "keep", item.pk), {"reason": "Er loopt een klacht.", **day}, follow=True)

        assert "Schrijf op waarom" in refused.text
        assert "Er loopt een klacht." in page.text

    def test_only_functional_managers_come_here(self, client, found):
        addresses = [self.url(found), self.url(found, "approve"), self.url(found, "certificate")]
        for factory in (CoordinatorFactory, FinanceFactory):
            sign_in(client, factory())
            assert [client.get(address).status_code for address in addresses] == [403, 403, 403]

    def test_a_destroyed_file_opens_for_nobody(self, client, found, one_person):
        case = Application.objects.get()
        applicant = case.applicant
        workflow.carry_out(agree(found, ManagerFactory()), timezone.now())
        sign_in(client, ManagerFactory())

        assert client.get(reverse("admin:subsidies_application_change", args=[case.pk])).status_code == 404
        client.force_login(applicant)
        assert client.get(reverse("subsidies:case", args=[case.reference])).status_code == 404
