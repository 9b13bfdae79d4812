"""For which organisation and in which wijken does somebody act? The question below every screen of partners."""

import pytest

from partners.policies.organisations import (
    is_partner,
    may_manage,
    network_wijken_of,
    organisations_of,
    partner_wijken_of,
    works_in,
)
from shared.accounts.models import User
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory, ManagerFactory, UserFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As the next request sees this person."""
    return User.objects.get(pk=user.pk)


def test_a_contact_acts_for_the_organisation_in_its_work_area_only():
    here, elsewhere = WijkFactory(), WijkFactory()
    contact = PartnerContactFactory(partner__wijken=[here])
    user = fresh(contact.user)

    assert list(organisations_of(user)) == [contact.partner]
    assert list(partner_wijken_of(user)) == [here]
    assert works_in(user, here)
    assert not works_in(user, elsewhere)


@pytest.mark.parametrize("trait", ["invited", "left"])
def test_who_has_not_accepted_or_has_left_acts_for_nobody(trait):
    contact = PartnerContactFactory(**{trait: True})

    assert not is_partner(fresh(contact.user))
    assert not partner_wijken_of(fresh(contact.user)).exists()


@pytest.mark.parametrize("trait", ["ended", "future"])
def test_an_organisation_that_stopped_or_has_not_begun_gives_no_right(trait):
    contact = PartnerContactFactory(partner=OrganisationFactory(**{trait: True}))

    assert not is_partner(fresh(contact.user))
    assert not partner_wijken_of(fresh(contact.user)).exists()


def test_the_last_day_still_counts():
    contact = PartnerContactFactory(last_day=True)

    assert is_partner(fresh(contact.user))


def test_a_wijk_that_left_the_work_area_gives_no_right_even_when_the_role_remained():
    kept, dropped = WijkFactory(), WijkFactory()
    contact = PartnerContactFactory(partner__wijken=[kept, dropped])
    contact.partner.wijken.remove(dropped)

    assert list(partner_wijken_of(fresh(contact.user))) == [kept]


def test_a_coordinator_takes_part_in_the_own_wijken_and_a_manager_everywhere():
    here, elsewhere = WijkFactory(), WijkFactory()
    coordinator, manager = CoordinatorFactory(wijk=here), ManagerFactory()

    assert list(network_wijken_of(coordinator)) == [here]
    assert set(network_wijken_of(manager)) == {here, elsewhere}


def test_organisations_are_kept_by_the_coordinator_of_a_wijk_of_theirs_and_the_manager():
    partner = OrganisationFactory()
    own, other = CoordinatorFactory(wijk=partner.wijken.get()), CoordinatorFactory()

    allowed = [may_manage(user, partner) for user in (own, ManagerFactory(), other, AmbassadorFactory(), UserFactory())]

    assert allowed == [True, True, False, False, False]
