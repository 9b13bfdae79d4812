"""Many people decide at the same moment: never more than there is, and one decision, one letter, one payment each."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import EntryKind, GroundKind, Outcome, Status
from subsidies.models import Application, Decision, Entry, Payment
from subsidies.workflow import decide
from subsidies.workflow.decide import DecisionTerms
from tests.at_once import at_once
from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, GroundFactory, MandateFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50
DECIDERS = 64
UNTIL = today() + timedelta(days=90)


def test_two_deciders_on_one_case_take_one_decision_and_send_one_letter():
    first_case = ApplicationFactory(in_review=True)
    CeilingFactory(scheme=first_case.scheme, amount=90_000)
    MandateFactory()
    ground = GroundFactory(scheme_version=first_case.scheme_version, kind=GroundKind.REFUSAL)
    wijk, version = first_case.wijk, first_case.scheme_version
    deciders = CoordinatorFactory(wijk=wijk), CoordinatorFactory(wijk=wijk)
    yes = granting()
    no = DecisionTerms(Outcome.REFUSE, "Niet voor iedereen.", grounds=(ground.pk,), no_interest=True)

    for _round in range(ROUNDS):
        case = ApplicationFactory(in_review=True, scheme_version=version, buurt__wijk=wijk)

        results = at_once(*[deciding(case, terms, by) for terms, by in zip((yes, no), deciders, strict=True)])

        assert sorted(results) == ["done", "refused"]
        assert Decision.objects.filter(application=case).count() == 1
        letters = OutboxMessage.objects.filter(about_id=str(case.pk), key__startswith="subsidies.decision:")
        assert letters.count() == 1
        granted = Decision.objects.get(application=case).outcome == Outcome.GRANT
        assert Payment.objects.filter(application=case).count() == int(granted)


def deciding(case, terms, by) -> Callable[[], object]:
    """One person who decides on what they saw."""
    return lambda: decide.decide(case, terms=terms, by=by, version=case.version)


def one_left(count):
    """A ceiling with money for one of these cases, each with a colleague of its own; lots say whose turn it is."""
    first = ApplicationFactory(in_review=True)
    pot = CeilingFactory(scheme=first.scheme, amount=1000)
    MandateFactory()
    same = {"scheme_version": first.scheme_version, "buurt": first.buurt, "theme": first.theme, "in_review": True}
    cases = [first, *ApplicationFactory.create_batch(count - 1, **same)]
    for lot, case in enumerate(cases, start=1):
        Application.objects.filter(pk=case.pk).update(lot=lot)
    return pot, [Application.objects.select_related("owner").get(pk=case.pk) for case in cases]


def test_64_deciders_at_once_grant_what_there_is_in_whole_acts_or_not_at_all():
    pot, cases = one_left(DECIDERS)
    yes = granting()

    results = at_once(*[deciding(case, yes, case.owner) for case in cases])

    assert results == ["done"] + ["refused"] * (DECIDERS - 1)
    [decision] = Decision.objects.all()
    assert (decision.application, budget.available(pot)) == (cases[0], 250)
    # Of who was refused nothing is left: no reservation, letter, payment, report or event.
    letters = OutboxMessage.objects.filter(key__startswith="subsidies.decision:")
    assert [letter.about_id for letter in letters] == [str(cases[0].pk)]
    assert bytes(decision.letter).startswith(b"%PDF")
    assert list(Payment.objects.values_list("application", flat=True)) == [cases[0].pk]
    entries = Entry.objects.exclude(kind=EntryKind.CEILING).values_list("application", "kind", "amount")
    assert list(entries) == [(cases[0].pk, EntryKind.GRANTED, 750)]
    assert Event.objects.filter(action__startswith="subsidies.decided").count() == 1
    undecided = Application.objects.filter(status=Status.IN_REVIEW, decided_at=None, version=cases[0].version)
    assert undecided.count() == DECIDERS - 1


def test_who_is_too_late_for_the_money_reads_why_and_keeps_the_words(client):
    _pot, (first, second) = one_left(2)
    decide.decide(first, terms=granting(), by=first.owner, version=first.version)
    sign_in(client, second.owner)
    address = reverse("admin:subsidies_application_step", args=[second.pk, "besluit"])
    answers = {
        "outcome": "grant",
        "amount": "750,00",
        "motivation": "Goed voor de buurt.",
        **{f"execute_until_{n}": part for n, part in enumerate((UNTIL.day, UNTIL.month, UNTIL.year))},
        "no_interest": "on",
        "version": second.version,
        "_send": "1",
    }

    page = client.post(address, answers).text

    assert "is voor deze aanvraag nog" in unescape(page).replace("\u00a0", " ")
    assert "250,00" in page
    assert "Goed voor de buurt." in page
    assert not Decision.objects.filter(application=second).exists()
    assert not Entry.objects.filter(application=second).exists()


def granting() -> DecisionTerms:
    """The whole amount, as asked."""
    return DecisionTerms(
        Outcome.GRANT, "Goed voor de buurt.", amount=Decimal(750), execute_until=UNTIL, no_interest=True
    )
