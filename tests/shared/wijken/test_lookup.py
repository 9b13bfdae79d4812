import pytest

from shared.wijken.lookup import Proposal, propose
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def border():
    """A postcode on a border: most addresses in one buurt, number 88 in the other."""
    most, other = BuurtFactory(), BuurtFactory()
    for number in (1, 3, 5):
        PostcodeAreaFactory(buurt=most, house_number=number)
    PostcodeAreaFactory(buurt=other, house_number=88)
    return most, other


def test_an_address_of_the_official_table_is_certain(border):
    _most, other = border

    proposal = propose("3342 ac", 88)

    assert proposal == Proposal(buurt=other, certain=True, candidates=(other,))
    assert proposal.wijk == other.wijk


@pytest.mark.parametrize("house_number", [None, 99])
def test_without_a_known_number_the_buurt_with_most_addresses_is_proposed_first(border, house_number):
    most, other = border

    assert propose("3342AC", house_number) == Proposal(buurt=most, certain=False, candidates=(most, other))


def test_a_postcode_that_lies_in_one_buurt_is_certain_without_a_number():
    row = PostcodeAreaFactory()

    assert propose("3342AC") == Proposal(buurt=row.buurt, certain=True, candidates=(row.buurt,))


def test_a_new_street_is_guessed_from_the_addresses_around_it(border):
    most, other = border
    PostcodeAreaFactory(guess=True, weight=9)

    assert propose("3342ZZ", 1) == Proposal(buurt=most, certain=False, candidates=(most, other))


def test_the_approximation_gives_candidates_and_is_never_certain():
    likely, unlikely = PostcodeAreaFactory(guess=True, weight=3), PostcodeAreaFactory(guess=True, weight=1)
    PostcodeAreaFactory(guess=True, postcode="3343")

    assert propose("3342AC", 1) == Proposal(
        buurt=likely.buurt, certain=False, candidates=(likely.buurt, unlikely.buurt)
    )


def test_a_postcode_of_another_municipality_is_called_outside(border):
    assert propose("1011AB", 1) == Proposal(outside=True)


def test_a_postcode_of_po_boxes_is_ours_but_leads_nowhere():
    PostcodeAreaFactory(guess=True, postcode="3340", buurt=None)

    assert propose("3340AA", 34) == Proposal()


def test_without_a_table_nothing_is_known_and_nothing_is_outside():
    assert propose("3342AC", 1) == Proposal()


@pytest.mark.parametrize("typed", ["", "3342", "0342AC", "onzin", "3342 A1", "33420 AC", "３３４２ AC"])
def test_what_is_not_a_postcode_leads_nowhere(border, typed):
    assert propose(typed, 88) == Proposal()


def test_a_buurt_that_ended_is_not_proposed():
    PostcodeAreaFactory(buurt=BuurtFactory(closed=True))

    assert propose("3342AC", None) == Proposal()


def test_a_proposal_takes_at_most_three_queries_and_leaves_the_polygons_alone(django_assert_max_num_queries, border):
    with django_assert_max_num_queries(2):
        assert propose("3342AC", 88).wijk.short_name
    with django_assert_max_num_queries(3):
        proposal = propose("3342ZZ")
    assert proposal.buurt.get_deferred_fields() == {"geometry"}
    assert proposal.wijk.get_deferred_fields() == {"geometry"}
