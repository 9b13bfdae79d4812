"""Plans in every status, with what belongs to them."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from initiatives.enums import AnswerKind, ContactKind, InvolvementKind, Sender, Status
from initiatives.models import (
    Agreement,
    Attachment,
    ContactMoment,
    Draft,
    Initiative,
    Involvement,
    Message,
    Note,
    StandardText,
    Update,
)
from shared.terms.calendar import add_working_days
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory


def _promised(initiative: Any) -> Any:
    if initiative.received_at is None:
        return None
    return add_working_days(timezone.localdate(initiative.received_at), 3)


class InitiativeFactory(DjangoModelFactory):
    """A new plan by a resident with a confirmed address; a trait for every other status.

    `InitiativeFactory(declined=True)`, `InitiativeFactory(accepted=True, published=True)`, `…(late=True)`.
    """

    class Meta:
        model = Initiative

    reference = factory.Sequence(lambda n: f"2020-{n:05d}")
    status = Status.RECEIVED
    title = factory.Sequence(lambda n: f"Moestuin aan de Veersedijk {n}")
    what = "Wij willen een moestuin maken op het veldje."
    benefit = "Voor de hele straat. Buren leren elkaar kennen."
    theme = factory.SubFactory(ThemeFactory, green=True)
    buurt = factory.SubFactory(BuurtFactory)
    wijk = factory.SelfAttribute("buurt.wijk")
    who_joins = "Vier gezinnen"
    name = "Anna Bewoner"
    email = factory.Sequence(lambda n: f"bewoner{n}@voorbeeld.example")
    initiator = factory.SubFactory(
        UserFactory, email=factory.SelfAttribute("..email"), name=factory.SelfAttribute("..name")
    )
    submitted_at = factory.LazyFunction(timezone.now)
    received_at = factory.SelfAttribute("submitted_at")
    respond_by = factory.LazyAttribute(_promised)

    class Params:
        unconfirmed = factory.Trait(status=Status.UNCONFIRMED, received_at=None, initiator=None)
        screening = factory.Trait(
            status=Status.SCREENING, screening_reason="Er staat een internetadres in het eerste bericht."
        )
        received = factory.Trait(status=Status.RECEIVED)
        answered = factory.Trait(
            owner=factory.LazyAttribute(lambda made: CoordinatorFactory(wijk=made.wijk)),
            answered_at=factory.SelfAttribute("submitted_at"),
        )
        in_review = factory.Trait(answered=True, status=Status.IN_REVIEW)
        question = factory.Trait(answered=True, status=Status.QUESTION)
        accepted = factory.Trait(answered=True, status=Status.ACCEPTED, answer="Wij helpen graag mee.")
        in_progress = factory.Trait(answered=True, status=Status.IN_PROGRESS, answer="Wij helpen graag mee.")
        closed = factory.Trait(closed_at=factory.SelfAttribute("submitted_at"))
        done = factory.Trait(answered=True, closed=True, status=Status.DONE, result="De moestuin is klaar.")
        passed_on = factory.Trait(
            answered=True, closed=True, status=Status.PASSED_ON, answer="De woningbouwvereniging kan u helpen."
        )
        declined = factory.Trait(answered=True, closed=True, status=Status.DECLINED, answer="Er ligt een gasleiding.")
        withdrawn = factory.Trait(closed=True, status=Status.WITHDRAWN)
        merged = factory.Trait(
            closed=True,
            status=Status.MERGED,
            merged_into=factory.SubFactory("tests.factories.initiatives.InitiativeFactory", published=True),
        )
        spam = factory.Trait(closed=True, status=Status.SPAM)
        published = factory.Trait(
            published_at=factory.SelfAttribute("submitted_at"),
            public_title=factory.SelfAttribute("title"),
            public_text=factory.SelfAttribute("what"),
        )
        late = factory.Trait(submitted_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=21)))
        without_email = factory.Trait(email="", phone="+31612345678", initiator=None)


class AttachmentFactory(DjangoModelFactory):
    """A photo with a plan, seen by staff and initiator; `public=True` puts it on the website."""

    class Meta:
        model = Attachment

    initiative = factory.SubFactory(InitiativeFactory)
    file = factory.SubFactory(StoredFileFactory)

    class Params:
        public = factory.Trait(is_public=True, alt_text="Kinderen planten bonen")


class InvolvementFactory(DjangoModelFactory):
    """A neighbour who joins, confirmed."""

    class Meta:
        model = Involvement

    initiative = factory.SubFactory(InitiativeFactory, published=True)
    kind = InvolvementKind.JOIN
    name = "Bas Buurman"
    email = factory.Sequence(lambda n: f"buur{n}@voorbeeld.example")
    asked_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.SelfAttribute("asked_at")

    class Params:
        supports = factory.Trait(kind=InvolvementKind.SUPPORT)
        follows = factory.Trait(kind=InvolvementKind.FOLLOW)
        unconfirmed = factory.Trait(confirmed_at=None)
        ended = factory.Trait(ended_at=factory.SelfAttribute("asked_at"))


class DraftFactory(DjangoModelFactory):
    """An idea that was not sent yet; `answers` as the form keeps them."""

    class Meta:
        model = Draft

    email = factory.Sequence(lambda n: f"concept{n}@voorbeeld.example")
    answers = factory.LazyFunction(lambda: {"title": "Straatfeest"})
    started_at = factory.LazyFunction(timezone.now)
    saved_at = factory.SelfAttribute("started_at")


class MessageFactory(DjangoModelFactory):
    """A message from the resident; `question=True` is one from staff that waits for an answer."""

    class Meta:
        model = Message

    initiative = factory.SubFactory(InitiativeFactory)
    sender = Sender.RESIDENT
    text = "Mag het ook in maart?"
    sent_at = factory.LazyFunction(timezone.now)

    class Params:
        from_staff = factory.Trait(sender=Sender.STAFF, author=factory.LazyFunction(CoordinatorFactory))
        question = factory.Trait(
            from_staff=True,
            text="Hoeveel ruimte heeft u nodig?",
            is_question=True,
            answer_by=factory.LazyFunction(lambda: add_working_days(timezone.localdate(), 10)),
        )


class UpdateFactory(DjangoModelFactory):
    """News by the initiator."""

    class Meta:
        model = Update

    initiative = factory.SubFactory(InitiativeFactory, published=True)
    text = "De eerste bonen staan in de grond."
    posted_at = factory.LazyFunction(timezone.now)


class NoteFactory(DjangoModelFactory):
    """An internal note."""

    class Meta:
        model = Note

    initiative = factory.SubFactory(InitiativeFactory)
    author = factory.LazyFunction(CoordinatorFactory)
    text = "Bellen over de grond."
    written_at = factory.LazyFunction(timezone.now)
    saved_at = factory.SelfAttribute("written_at")


class ContactMomentFactory(DjangoModelFactory):
    """A phone call."""

    class Meta:
        model = ContactMoment

    initiative = factory.SubFactory(InitiativeFactory)
    author = factory.LazyFunction(CoordinatorFactory)
    kind = ContactKind.PHONE
    on = factory.LazyFunction(timezone.localdate)
    text = "Afspraak gemaakt om te komen kijken."
    recorded_at = factory.LazyFunction(timezone.now)


class AgreementFactory(DjangoModelFactory):
    """Who does what."""

    class Meta:
        model = Agreement

    initiative = factory.SubFactory(InitiativeFactory, accepted=True)
    who = "Gemeente"
    what = "brengt compost"


class StandardTextFactory(DjangoModelFactory):
    """A text to start from."""

    class Meta:
        model = StandardText

    kind = AnswerKind.DECLINE
    name = factory.Sequence(lambda n: f"Standaardtekst {n}")
    text = "Beste {naam}, uw idee {titel} kan niet doorgaan."
