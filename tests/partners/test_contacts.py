"""Contact persons: invited, in, and handing over; rights follow the dates."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partners.models import Listing
from partners.policies.organisations import is_partner, partner_wijken_of
from partners.workflow import contacts, noticeboard, organisations
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage, Subscription
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.partners import ListingFactory, OrganisationFactory, PartnerContactFactory
from tests.factories.together import ActionStepFactory, JointActionFactory, NoticeFactory, WalkFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def letters_to(user: User) -> list[str]:
    return list(
        OutboxMessage.objects.filter(recipient_email=user.email).order_by("pk").values_list("subject", flat=True)
    )


def invited(**values):
    partner = OrganisationFactory(**values)
    by = CoordinatorFactory(wijk=partner.wijken.first())
    return contacts.invite(partner, email="Noor@Buurthuis.example", name="Noor Visser", function="Beheerder", by=by)


def test_an_invitation_gives_no_right_until_it_is_accepted():
    contact = invited()

    assert letters_to(contact.user) == [f"Doet u mee namens {contact.partner.name}?"]
    assert not is_partner(fresh(contact.user))

    contacts.accept(contact)

    assert list(partner_wijken_of(fresh(contact.user))) == list(contact.partner.wijken.all())
    assert letters_to(contact.user)[1:] == [f"Welkom: u doet mee namens {contact.partner.name}"]
    assert Subscription.objects.active().of(contact.user.email).get().frequency == "weekly"


def test_accepting_twice_changes_nothing():
    contact = contacts.accept(invited())
    before = (OutboxMessage.objects.count(), contact.user.role_assignments.count())

    contacts.accept(contact)

    assert (OutboxMessage.objects.count(), contact.user.role_assignments.count()) == before


def test_who_was_asked_and_is_asked_again_gets_a_new_link_and_stays_one_contact():
    contact = invited()

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        contacts.invite(contact.partner, email=contact.user.email, name="Noor", by=UserFactory())

    assert contact.partner.contacts.count() == 1
    assert len(letters_to(contact.user)) == 2


def test_who_takes_part_is_not_invited_again():
    contact = contacts.accept(invited())

    with pytest.raises(WorkflowError, match="al contactpersoon"):
        contacts.invite(contact.partner, email=contact.user.email, name="Noor", by=UserFactory())


def test_an_organisation_that_stopped_invites_nobody():
    with pytest.raises(WorkflowError, match="doet niet meer mee"):
        contacts.invite(OrganisationFactory(ended=True), email="a@b.example", name="A", by=UserFactory())


def test_an_invitation_of_an_organisation_that_stopped_meanwhile_no_longer_holds():
    contact = invited()
    contact.partner.ends_on = timezone.localdate() - timedelta(days=1)
    contact.partner.starts_on = contact.partner.ends_on - timedelta(days=30)
    contact.partner.save()

    with pytest.raises(WorkflowError, match="geldt niet meer"):
        contacts.accept(contact)

    assert not contact.stands


def test_leaving_hands_over_what_is_open_and_tells_both():
    leaver = contacts.accept(invited())
    colleague = PartnerContactFactory(partner=leaver.partner)
    open_one = ListingFactory(partner=leaver.partner, contact=leaver)
    over = ListingFactory(partner=leaver.partner, contact=leaver, ended=True)

    contacts.leave(leaver, successor=colleague, by=leaver.user)

    assert Listing.objects.get(pk=open_one.pk).contact == colleague
    assert Listing.objects.get(pk=over.pk).contact == leaver
    assert letters_to(leaver.user)[-1] == f"U stopt als contactpersoon van {leaver.partner.name}"
    assert letters_to(colleague.user) == [f"U neemt het over van {leaver.user.name}"]


def work_of(user, wijk):
    """An action, a step of somebody else's, and a walk."""
    theirs = JointActionFactory(running=True, wijk=wijk, owner=CoordinatorFactory(wijk=wijk))
    return (
        JointActionFactory(running=True, wijk=wijk, owner=user),
        ActionStepFactory(action=theirs, responsible=user),
        WalkFactory(wijk=wijk, organiser=user),
    )


@pytest.mark.parametrize("has_colleague", [True, False])
def test_what_somebody_keeps_going_goes_to_the_colleague_else_to_the_coordinator(has_colleague):
    leaver = contacts.accept(invited())
    wijk = leaver.partner.wijken.get()
    coordinator = CoordinatorFactory(wijk=wijk, name="Aaltje")
    colleague = PartnerContactFactory(partner=leaver.partner) if has_colleague else None
    action, step, walk = work_of(leaver.user, wijk)

    contacts.leave(leaver, successor=colleague, by=leaver.user)

    for record in (action, step, walk):
        record.refresh_from_db()
    assert {action.owner, step.responsible, walk.organiser} == {colleague.user if colleague else coordinator}


def test_who_still_speaks_there_for_another_organisation_keeps_it():
    leaver = contacts.accept(invited())
    wijk = leaver.partner.wijken.get()
    PartnerContactFactory(user=leaver.user, partner__wijken=[wijk])
    action, _step, _walk = work_of(leaver.user, wijk)

    contacts.leave(leaver, by=leaver.user)

    action.refresh_from_db()
    assert action.owner == leaver.user


def test_who_left_reads_no_answer_on_the_noticeboard_any_more():
    leaver = contacts.accept(invited())
    wijk = leaver.partner.wijken.get()
    notice = NoticeFactory(wijk=wijk, author=leaver.user)
    coordinator = CoordinatorFactory(wijk=wijk)
    contacts.leave(leaver, by=leaver.user)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        noticeboard.post(wijk, text="Het antwoord.", parent=notice, mentioned=[leaver.user], by=coordinator)

    assert not OutboxMessage.objects.filter(recipient_email=leaver.user.email, text__contains="Het antwoord.").exists()


def test_rights_end_with_the_last_day():
    contact = contacts.accept(invited())
    last_day = timezone.localdate() + timedelta(days=3)

    contacts.leave(contact, last_day=last_day, by=contact.user)

    assert is_partner(fresh(contact.user))
    assert set(contact.user.role_assignments.values_list("ends_on", flat=True)) == {last_day}


def test_who_speaks_for_two_organisations_keeps_the_wijken_of_the_other():
    shared_wijk, own = WijkFactory(), WijkFactory()
    staying = PartnerContactFactory(partner__wijken=[shared_wijk])
    leaving = PartnerContactFactory(partner__wijken=[shared_wijk, own], user=staying.user, roles=[own])

    contacts.leave(leaving, last_day=timezone.localdate(), by=staying.user)
    ends = dict(staying.user.role_assignments.filter(role=Role.PARTNER).values_list("wijk", "ends_on"))

    assert ends == {shared_wijk.pk: None, own.pk: timezone.localdate()}


def test_a_successor_speaks_for_the_same_organisation():
    contact = PartnerContactFactory()

    with pytest.raises(WorkflowError, match="Kies een collega"):
        contacts.leave(contact, successor=PartnerContactFactory(), by=contact.user)


def test_a_new_wijk_in_the_work_area_gives_its_contacts_the_role_there():
    contact = contacts.accept(invited())
    before, new = organisations.summary(contact.partner), WijkFactory()
    contact.partner.wijken.add(new)

    organisations.saved(contact.partner, old=before, by=contact.invited_by)

    assert new in partner_wijken_of(fresh(contact.user))


def test_an_organisation_that_ends_takes_the_rights_of_its_contacts_with_it():
    contact = contacts.accept(invited())

    organisations.end(contact.partner, last_day=timezone.localdate(), by=contact.invited_by)

    assert set(contact.user.role_assignments.values_list("ends_on", flat=True)) == {timezone.localdate()}
    assert "doet mee tot en met" in letters_to(contact.user)[-1]


def test_the_last_contact_person_reads_that_nobody_takes_over_and_can_still_stop(client):
    contact = PartnerContactFactory()
    sign_in(client, contact.user)
    address = reverse("partners:leave", args=[contact.pk])
    today = timezone.localdate()

    page = client.get(address).content.decode()
    client.post(address, {"last_day_0": today.day, "last_day_1": today.month, "last_day_2": today.year})

    contact.refresh_from_db()
    assert "U bent de enige contactpersoon" in page
    assert "Wie neemt over" not in page
    assert contact.ends_on == today
