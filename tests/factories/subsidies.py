"""Schemes, applications in every status, ceilings and mandates."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shared.accounts.enums import Role
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import (
    AccountabilityMode,
    EntryKind,
    GroundKind,
    MessageKind,
    Outcome,
    PaymentStatus,
    Status,
)
from subsidies.models import (
    AccountabilityBand,
    Application,
    BankAccount,
    CaseMessage,
    Ceiling,
    CompletionRequest,
    CostLine,
    Criterion,
    Decision,
    EligibilityQuestion,
    Entry,
    Ground,
    Hearing,
    Mandate,
    Obligation,
    Payment,
    Report,
    Round,
    Scheme,
    SchemeVersion,
)
from subsidies.statute import ObligationKind
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory

JANUARY = date(2026, 1, 1)


class SchemeFactory(DjangoModelFactory):
    """An open scheme like the Buurtbon; `closed=True`, `not_open=True`."""

    class Meta:
        model = Scheme

    code = factory.Sequence(lambda n: f"buurtbon-{n}")
    name = factory.Sequence(lambda n: f"Buurtbon {n}")
    summary = "Geld voor uw plan in de buurt."
    legal_basis = "Buurtbonregeling Hendrik-Ido-Ambacht"
    valid_from = JANUARY
    opened_at = factory.LazyFunction(timezone.now)

    class Params:
        not_open = factory.Trait(opened_at=None, legal_basis="")
        closed = factory.Trait(closed_at=factory.LazyFunction(timezone.now))


class SchemeVersionFactory(DjangoModelFactory):
    """The rules of the Buurtbon: € 250 to € 2,000, four weeks before, direct settlement up to € 500."""

    class Meta:
        model = SchemeVersion

    scheme = factory.SubFactory(SchemeFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    valid_from = JANUARY
    published_at = factory.LazyFunction(timezone.now)
    for_whom = "Voor inwoners van Hendrik-Ido-Ambacht."
    what_for = "Een activiteit die de buurt leefbaar maakt."
    conditions = "Iedereen in de buurt is welkom.\nU verdient er niets aan."
    minimum_amount = Decimal(250)
    maximum_amount = Decimal(2000)
    lead_time_weeks = 4
    direct_settlement_until = Decimal(500)

    class Params:
        draft = factory.Trait(published_at=None)


class CeilingFactory(DjangoModelFactory):
    """A published ceiling for this year, filled with `amount` euros through the ledger."""

    class Meta:
        model = Ceiling
        skip_postgeneration_save = True

    scheme = factory.SubFactory(SchemeFactory)
    period_from = factory.LazyFunction(lambda: today().replace(month=1, day=1))
    period_to = factory.LazyFunction(lambda: today().replace(month=12, day=31))
    published_on = factory.LazyAttribute(lambda made: made.period_from - timedelta(days=14))

    @factory.post_generation
    def amount(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Fill the ceiling; 25,000 euros when nothing is said."""
        Entry.objects.create(
            ceiling=self,
            kind=EntryKind.CEILING,
            amount=Decimal(25_000) if extracted is None else Decimal(extracted),
            booked_on=self.period_from,
        )
        self.refresh_from_db()


class RoundFactory(DjangoModelFactory):
    """A round that is open today."""

    class Meta:
        model = Round

    scheme = factory.SubFactory(SchemeFactory)
    name = "Voorjaar"
    opens_on = factory.LazyFunction(lambda: today() - timedelta(days=10))
    closes_on = factory.LazyFunction(lambda: today() + timedelta(days=20))
    decide_by = factory.LazyFunction(lambda: today() + timedelta(days=60))


class MandateFactory(DjangoModelFactory):
    """Coordinators may decide up to € 2,000."""

    class Meta:
        model = Mandate

    role = Role.COORDINATOR.value
    maximum_amount = Decimal(2000)
    valid_from = JANUARY
    source = "Mandaatbesluit 2026"


class GroundFactory(DjangoModelFactory):
    """A ground to refuse."""

    class Meta:
        model = Ground

    scheme_version = factory.SubFactory(SchemeVersionFactory)
    kind = GroundKind.REFUSAL
    article = "artikel 6, eerste lid"
    text = "De activiteit is niet voor iedereen in de buurt."


class ObligationFactory(DjangoModelFactory):
    """A duty of the recipient."""

    class Meta:
        model = Obligation

    scheme_version = factory.SubFactory(SchemeVersionFactory)
    kind = ObligationKind.INFORMATION
    basis = "artikel 8"
    text = "U meldt het meteen als de activiteit niet doorgaat."


class CriterionFactory(DjangoModelFactory):
    """A question to the reviewer."""

    class Meta:
        model = Criterion

    scheme_version = factory.SubFactory(SchemeVersionFactory)
    article = "artikel 3"
    question = "Wordt de buurt er leefbaarder van?"


class EligibilityQuestionFactory(DjangoModelFactory):
    """A question beforehand."""

    class Meta:
        model = EligibilityQuestion

    scheme_version = factory.SubFactory(SchemeVersionFactory)
    position = 1
    question = "Woont u in Hendrik-Ido-Ambacht?"
    why_not = "De Buurtbon is voor inwoners."
    instead = "Vraag een buur die hier woont."


class AccountabilityBandFactory(DjangoModelFactory):
    """A photo and three questions for every amount."""

    class Meta:
        model = AccountabilityBand

    scheme_version = factory.SubFactory(SchemeVersionFactory)
    from_amount = Decimal(0)
    mode = AccountabilityMode.PHOTO


class ApplicationFactory(DjangoModelFactory):
    """A new, complete application of € 750 by a resident; a trait for every other status."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"2020-S-{n:05d}")
    scheme_version = factory.SubFactory(SchemeVersionFactory)
    scheme = factory.SelfAttribute("scheme_version.scheme")
    title = factory.Sequence(lambda n: f"Straatfeest Kerkstraat {n}")
    what = "Wij organiseren een feest voor de hele straat."
    benefit = "Buren leren elkaar kennen."
    theme = factory.SubFactory(ThemeFactory)
    buurt = factory.SubFactory(BuurtFactory)
    wijk = factory.SelfAttribute("buurt.wijk")
    place = "Kerkstraat"
    starts_on = factory.LazyAttribute(lambda made: made.received_on + timedelta(days=60))
    supporters_count = 12
    support = "Twaalf buren doen mee."
    asked_amount = Decimal(750)
    name = "Anna Bewoner"
    email = factory.Sequence(lambda n: f"aanvrager{n}@voorbeeld.example")
    street = "Kerkstraat"
    house_number = "12"
    postcode = "3342 AC"
    town = "Hendrik-Ido-Ambacht"
    lives_here = True
    applicant = factory.SubFactory(
        UserFactory, email=factory.SelfAttribute("..email"), name=factory.SelfAttribute("..name")
    )
    submitted_at = factory.LazyFunction(timezone.now)
    declared_at = factory.SelfAttribute("submitted_at")
    received_on = factory.LazyFunction(today)
    complete_on = factory.SelfAttribute("received_on")

    class Params:
        owned = factory.Trait(owner=factory.LazyAttribute(lambda made: CoordinatorFactory(wijk=made.wijk)))
        in_review = factory.Trait(owned=True, status=Status.IN_REVIEW)
        incomplete = factory.Trait(owned=True, status=Status.INCOMPLETE, complete_on=None)
        hearing = factory.Trait(owned=True, status=Status.HEARING)
        decided = factory.Trait(owned=True, decided_at=factory.SelfAttribute("submitted_at"))
        granted = factory.Trait(decided=True, status=Status.GRANTED, granted_amount=Decimal(750))
        settled = factory.Trait(
            decided=True, status=Status.SETTLED, granted_amount=Decimal(750), settled_amount=Decimal(750)
        )
        refused = factory.Trait(decided=True, status=Status.REFUSED)
        not_processed = factory.Trait(decided=True, status=Status.NOT_PROCESSED, complete_on=None)
        withdrawn = factory.Trait(status=Status.WITHDRAWN)
        without_email = factory.Trait(email="", phone="+31612345678", applicant=None)

    @factory.post_generation
    def costs(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Cost lines, by default one of the asked amount; then the dates, as a workflow step would count them."""
        lines = extracted if extracted is not None else [("Huur van tafels", self.asked_amount or Decimal(100))]
        for what, amount in lines:
            CostLine.objects.create(application=self, what=what, amount=amount)
        dates.refresh(self)
        self.save()


class CompletionRequestFactory(DjangoModelFactory):
    """Something is missing; two weeks to send it."""

    class Meta:
        model = CompletionRequest

    application = factory.SubFactory(ApplicationFactory, incomplete=True)
    items = ["Een offerte van de tafels"]
    sent_on = factory.LazyFunction(today)
    due_on = factory.LazyAttribute(lambda made: made.sent_on + timedelta(days=14))
    asked_by = factory.SubFactory(CoordinatorFactory)


class HearingFactory(DjangoModelFactory):
    """The applicant may react to an intended refusal; `about` are its grounds."""

    class Meta:
        model = Hearing
        skip_postgeneration_save = True

    application = factory.SubFactory(ApplicationFactory, hearing=True)
    intended = "Wij willen de aanvraag weigeren."
    outcome = Outcome.REFUSE
    asked_on = factory.LazyFunction(today)
    due_on = factory.LazyAttribute(lambda made: made.asked_on + timedelta(days=14))
    asked_by = factory.SubFactory(CoordinatorFactory)

    @factory.post_generation
    def about(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """The grounds of the intended decision."""
        self.grounds.set(extracted or ())


class CaseMessageFactory(DjangoModelFactory):
    """A message from the applicant."""

    class Meta:
        model = CaseMessage

    application = factory.SubFactory(ApplicationFactory)
    kind = MessageKind.QUESTION
    text = "Wanneer hoor ik iets?"
    received_at = factory.LazyFunction(timezone.now)
    received_on = factory.LazyFunction(today)


class DecisionFactory(DjangoModelFactory):
    """A decision as it was taken and sent; by default a grant of € 750. The application keeps its own status."""

    class Meta:
        model = Decision

    application = factory.SubFactory(ApplicationFactory, granted=True)
    outcome = Outcome.GRANT
    amount = Decimal(750)
    motivation = "Het feest brengt buren bij elkaar."
    decided_by = factory.SubFactory(CoordinatorFactory)
    mandate = factory.SubFactory(MandateFactory)
    no_interest = True
    decided_at = factory.LazyFunction(timezone.now)
    notified_on = factory.LazyFunction(today)
    objection_due = factory.LazyAttribute(lambda made: made.notified_on + timedelta(days=42))
    payment_due = factory.LazyAttribute(lambda made: made.notified_on + timedelta(days=42))
    letter = b"%PDF-1.7"
    letter_html = "<p>Besluit</p>"
    letter_text = "Besluit"
    letter_sha256 = "0" * 64


class BankAccountFactory(DjangoModelFactory):
    """An account that is in order (a number that banks use as an example)."""

    class Meta:
        model = BankAccount

    application = factory.SubFactory(ApplicationFactory, granted=True)
    iban = "NL91ABNA0417164300"
    holder = "A. Bewoner"
    given_at = factory.LazyFunction(timezone.now)


class ReportFactory(DjangoModelFactory):
    """A report that is due in six weeks."""

    class Meta:
        model = Report

    application = factory.SubFactory(ApplicationFactory, granted=True)
    mode = AccountabilityMode.PHOTO
    due_on = factory.LazyFunction(lambda: today() + timedelta(weeks=6))


class PaymentFactory(DjangoModelFactory):
    """A payment that waits for an account; `ready=True` with a checked account, `unchecked=True` with a new one."""

    class Meta:
        model = Payment

    decision = factory.SubFactory(DecisionFactory)
    application = factory.SelfAttribute("decision.application")
    purpose = "grant"
    amount = Decimal(750)
    due_on = factory.SelfAttribute("decision.payment_due")
    end_to_end = factory.Sequence(lambda n: f"2019-S-{n:05d}-1")

    class Params:
        unchecked = factory.Trait(
            status=PaymentStatus.READY,
            account=factory.SubFactory(BankAccountFactory, application=factory.SelfAttribute("..application")),
        )
        ready = factory.Trait(
            status=PaymentStatus.READY,
            account=factory.SubFactory(
                BankAccountFactory,
                application=factory.SelfAttribute("..application"),
                checked_by=factory.SubFactory(UserFactory),
                checked_at=factory.LazyFunction(timezone.now),
            ),
        )
