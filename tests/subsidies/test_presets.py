"""The schemes that come along: the published values of the Buurtbon, and one with rounds beside it."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from subsidies.enums import AccountabilityMode, ApplicantKind, Distribution, GroundKind, GroundRule
from subsidies.management import presets
from subsidies.models import Ceiling, Entry, Mandate, Round, Scheme, SchemeVersion
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db


def load(*options):
    out = StringIO()
    call_command("load_schemes", *options, stdout=out)
    return out.getvalue()


def test_the_buurtbon_has_the_values_that_the_municipality_publishes():
    presets.load("buurtbon", year=2026)

    version = SchemeVersion.objects.get()
    assert (version.minimum_amount, version.maximum_amount, version.lead_time_weeks) == (250, 2000, 4)
    assert [(cap.name, cap.maximum_amount) for cap in version.category_caps.all()] == [("Buurtbarbecue", 500)]
    assert set(version.applicant_kinds) == {ApplicantKind.RESIDENT, ApplicantKind.GROUP}
    assert (version.once_per_initiative, version.no_profit) == (True, True)
    assert version.eligibility_questions.count() == 5
    assert [(band.from_amount, band.mode) for band in version.accountability_bands.all()] == [
        (0, AccountabilityMode.PHOTO),
        (Decimal("500.01"), AccountabilityMode.RECEIPTS),
    ]


def test_each_scheme_has_the_grounds_of_the_law():
    for name in presets.NAMES:
        presets.load(name, year=2026)

    for version in SchemeVersion.objects.all():
        grounds = version.grounds.all()
        assert {ground.kind for ground in grounds} == set(GroundKind.values)
        assert GroundRule.CEILING in {ground.rule for ground in grounds}
        # Awb 4:12: these need a view first.
        heard = ("Awb artikel 4:35", "Awb artikel 4:46", "Awb artikel 4:48", "Awb artikel 4:49", "Awb artikel 4:50")
        needs = [ground for ground in grounds if ground.article.startswith(heard)]
        assert needs
        assert all(ground.needs_hearing for ground in needs)
        # Awb 4:49: after settlement there are other grounds than before.
        rules = {GroundRule.GRANTED, GroundRule.FUTURE, GroundRule.SETTLED, GroundRule.BREACH}
        assert {g.rule for g in grounds if g.kind == GroundKind.REVOKE} == rules
        # The ones that no scheme may lack: bankruptcy, state aid, a wrong decision, and other views.
        new = {"4:35, tweede lid, onder b", "4:35, derde lid", "4:48, eerste lid, onder d", "4:50, eerste lid, onder b"}
        assert {f"Awb artikel {each}" for each in new} <= {ground.article for ground in grounds}
        assert len(grounds) == len({(ground.kind, ground.article) for ground in grounds})


def test_two_schemes_with_other_rules_stand_side_by_side():
    wijken = WijkFactory.create_batch(2)

    assert load("--examples", "--open", "--year", "2026") == "Buurtbon: open\nWijkbudget groen: open\n"

    green = Scheme.objects.get(code="wijkbudget-groen")
    assert green.versions.get().distribution == Distribution.RANKING
    assert {ceiling.wijk for ceiling in green.ceilings.all()} == set(wijken)
    rounds = list(Round.objects.order_by("opens_on").values_list("opens_on", "closes_on"))
    assert rounds[0] == (date(2026, 1, 1), date(2026, 3, 31))
    assert rounds[-1] == (date(2026, 10, 1), date(2026, 12, 31))
    assert Ceiling.objects.get(scheme__code="buurtbon").available == 40_000


def test_loading_again_changes_nothing_and_another_year_adds_only_its_money():
    tables = (Scheme, SchemeVersion, Mandate, Ceiling, Entry)
    load("--open", "--year", "2026")
    Scheme.objects.update(name="Ambachtse Buurtbon")
    before = [table.objects.count() for table in tables]

    load("--open", "--year", "2026")
    assert [table.objects.count() for table in tables] == before
    load("--open", "--year", "2027")

    assert [table.objects.count() for table in tables] == [1, 1, 2, 2, 2]
    assert Scheme.objects.get().name == "Ambachtse Buurtbon"


def test_without_opening_a_municipality_can_read_it_first():
    assert load() == "Buurtbon: not open yet\n"

    assert (Ceiling.objects.count(), Scheme.objects.get().is_open) == (0, False)
