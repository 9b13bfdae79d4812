from collections import Counter
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from initiatives.enums import Status
from initiatives.models import Attachment, Initiative, Involvement, Message, StandardText, Update
from partners.models import AgendaItem, Newsletter
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit.models import Event
from shared.notifications.enums import Channel
from shared.notifications.models import OutboxMessage, Subscription
from shared.themes.models import Theme
from shared.wijken.models import Buurt, Wijk
from subsidies.enums import EntryKind, PaymentStatus
from subsidies.enums import Status as GrantStatus
from subsidies.models import (
    Application,
    Ceiling,
    Complaint,
    DefaultNotice,
    Entry,
    Evaluation,
    Objection,
    Payment,
    PaymentBatch,
    Recovery,
    Report,
    Scheme,
)
from tests.factories.initiatives import InitiativeFactory
from wbw_portal.demo import agenda_stories, loader, partners, people, pictures
from wbw_portal.demo.clock import clock_at, in_office_hours
from wbw_portal.demo.management.commands.load_demo import Command
from wbw_portal.demo.stage import perform

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_every_state_with_people_in_every_role():
    loader.load()

    statuses = Counter(Initiative.objects.values_list("status", flat=True))
    assert set(statuses) == set(Status)
    assert statuses.total() >= 40
    assert (Wijk.objects.current().count(), Buurt.objects.current().count()) == (5, 12)
    assert all(User.objects.coordinators_of(wijk).exists() for wijk in Wijk.objects.current())
    for role in Role:
        assert role == Role.RESIDENT or User.objects.active_in_role(role).exists()
    assert Initiative.objects.late(timezone.localdate()).count() >= 3
    for model in (Attachment, Message, StandardText, Theme, Update):
        assert model.objects.exists(), model
    assert Involvement.objects.active().count() > 300

    # Nothing is mailed to invented people; only paper waits.
    assert set(OutboxMessage.objects.waiting()) == set()
    assert OutboxMessage.objects.filter(channel=Channel.PRINT).exists()
    # Nothing happened in the future, and each plan's story is in the order of its days.
    assert not Event.objects.filter(occurred_at__gt=timezone.now()).exists()
    garden = Initiative.objects.get(title="Moestuin Volgerlanden")
    moments = list(Event.objects.about(garden).order_by("pk").values_list("occurred_at", flat=True))
    assert moments == sorted(moments)
    assert moments[0] < timezone.now() - timedelta(days=90)
    check_applications()


def check_applications():
    """Money for plans in every state, decided, paid and accounted for over the last year."""
    today = timezone.localdate()
    statuses = Counter(Application.objects.order_by().values_list("status", flat=True))
    assert set(statuses) == set(GrantStatus)
    assert statuses.total() >= 40
    assert set(PaymentStatus) - set(Payment.objects.values_list("status", flat=True)) <= {
        PaymentStatus.READY,
        PaymentStatus.RELEASED,
        PaymentStatus.CANCELLED,
    }
    assert Scheme.objects.open(today).count() == 3
    assert Ceiling.objects.on(today).exists()
    assert Application.objects.undecided().filter(due_safe__lt=today).exists()
    assert Report.objects.expected().filter(due_on__lt=today).exists()
    assert Report.objects.to_judge().exists()
    assert PaymentBatch.objects.filter(status="open").count() == 1
    assert Objection.objects.open().exists()
    assert set(Complaint.objects.values_list("outcome", flat=True)) == {"founded", "settled", ""}
    assert {bool(each.adviser) for each in Complaint.objects.open()} == {True, False}
    assert Application.objects.filter(scheme__code=loader.VOTED, score__gt=0, granted_amount__gt=0).count() == 2
    for model in (DefaultNotice, Evaluation, Recovery):
        assert model.objects.exists(), model
    assert Entry.objects.filter(kind=EntryKind.PAID).count() >= 15
    assert Application.objects.filter(initiative__isnull=False).count() >= 15


def test_a_portal_with_plans_is_left_alone(capsys):
    InitiativeFactory()

    call_command(Command())

    assert "nothing was loaded" in capsys.readouterr().out
    assert Initiative.objects.count() == 1


def test_another_clock_holds_for_records_and_ends_again():
    moment = timezone.make_aware(datetime(2020, 5, 4, 12))

    with clock_at(moment):
        then = InitiativeFactory(submitted_at=timezone.now())
        event = Event.objects.create(action="test", subject_type="x", visibility="staff")

    assert then.submitted_at == event.occurred_at == moment
    assert timezone.now() - Event.objects.create(action="test", visibility="staff").occurred_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("moment", "at_work"),
    [
        (datetime(2026, 11, 23, 10, 5), datetime(2026, 11, 23, 10, 5)),
        (datetime(2026, 11, 23, 6, 5), datetime(2026, 11, 23, 9, 5)),
        (datetime(2026, 11, 20, 18, 5), datetime(2026, 11, 23, 9, 5)),
        (datetime(2026, 11, 21, 12, 5), datetime(2026, 11, 23, 12, 5)),
        (datetime(2026, 11, 22, 23, 5), datetime(2026, 11, 23, 9, 5)),
    ],
)
def test_colleagues_work_on_working_days(moment, at_work):
    assert in_office_hours(timezone.make_aware(moment)) == timezone.make_aware(at_work)


@pytest.mark.parametrize("name", sorted(pictures._DRAWINGS))
def test_every_drawing_is_a_photo_that_the_portal_takes(name):
    drawn = pictures.draw(name)

    assert drawn.content_type == "image/jpeg"
    assert drawn.size < 200_000
    assert drawn.read() == pictures.draw(name).read()


def test_the_demonstration_has_an_agenda_readers_and_letters_that_went_out():
    now = timezone.now()
    loader.load_areas()
    call_command("sync_roles", stdout=StringIO())
    people.load_colleagues()
    loader.load_texts()
    partners.load_partners(now)
    for weeks in (3, 2, 1):
        with clock_at(now - timedelta(weeks=weeks, days=1)):
            volgerlanden = Wijk.objects.get(code=agenda_stories.LETTER_OF)
            InitiativeFactory(accepted=True, published=True, wijk=volgerlanden, submitted_at=timezone.now())

    perform(agenda_stories.plays(now), now)

    sent = Newsletter.objects.sent().filter(wijk__code=agenda_stories.LETTER_OF)
    assert {item.visibility for item in AgendaItem.objects.all()} == {"public", "partners", "staff"}
    assert AgendaItem.objects.filter(status="cancelled").count() == 1
    assert [letter.readers for letter in sent] == [7, 7]
    assert all(letter.handed_over_at for letter in sent)
    assert Subscription.objects.active().filter(topic_kind="partners.newsletter").count() == 12
