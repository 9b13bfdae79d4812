"""Schemes, ceilings and draws in the admin: who changes what, and which errors they read."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import EntryKind
from subsidies.models import Ceiling, Lottery, Mandate, Obligation, Scheme, SchemeVersion
from subsidies.statute import STATUTORY_GROUNDS
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    ApplicationFactory,
    CeilingFactory,
    CriterionFactory,
    EligibilityQuestionFactory,
    GroundFactory,
    SchemeFactory,
    SchemeVersionFactory,
)
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

INLINES = (
    "eligibility_questions",
    "category_caps",
    "criteria",
    "grounds",
    "obligations",
    "accountability_bands",
)


@pytest.fixture
def manager(client):
    return sign_in(client, ManagerFactory(name="Bea Beheer"))


def url(name, *args):
    return reverse(f"admin:subsidies_{name}", args=args)


def full_version(**kwargs):
    version = SchemeVersionFactory(number=1, **kwargs)
    for factory in (AccountabilityBandFactory, CriterionFactory, EligibilityQuestionFactory, GroundFactory):
        factory(scheme_version=version)
    return version


def filled_in(page, **changes):
    """What the browser would send back from a form of the admin, with changes."""
    sent = {}
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                sent[field.html_name] = value if not isinstance(value, bool) else "on"
    return sent | changes


def test_the_manager_edits_and_others_who_work_with_applications_only_look(client):
    version = full_version()
    pages = [
        url("scheme_changelist"),
        url("scheme_change", version.scheme.pk),
        url("schemeversion_change", version.pk),
        url("ceiling_change", CeilingFactory(scheme=version.scheme).pk),
    ]

    for role in (ManagerFactory, CoordinatorFactory, FinanceFactory):
        sign_in(client, role())
        assert [client.get(page).status_code for page in pages] == [200] * 4, role
    may = [client.get(url("scheme_add")).status_code, client.post(url("scheme_close", version.scheme.pk)).status_code]
    sign_in(client, CouncilStaffFactory())
    assert may == [403, 403]
    assert {client.get(page).status_code for page in pages} <= {302, 403}


def test_a_scheme_is_made_versioned_published_and_opened_in_the_admin(client, manager):
    version = full_version(scheme=SchemeFactory(opened_at=None))
    scheme = version.scheme

    page = client.post(url("scheme_version", scheme.pk), follow=True)
    draft = SchemeVersion.objects.get(number=2)
    assert page.request["PATH_INFO"] == url("schemeversion_change", draft.pk)
    saved = client.post(
        url("schemeversion_change", draft.pk), filled_in(page, maximum_amount="2500,00", reallocate_on="01-11")
    )
    assert saved.status_code == 302, saved.context["errors"]
    client.post(url("schemeversion_publish", draft.pk))
    client.post(url("scheme_open", scheme.pk))

    draft.refresh_from_db()
    scheme.refresh_from_db()
    assert (draft.maximum_amount, draft.reallocate_on, draft.published_at is not None) == (2500, "01-11", True)
    assert scheme.is_open


def test_a_published_version_can_only_be_read(client, manager):
    version = full_version()

    page = client.get(url("schemeversion_change", version.pk))
    sent = client.post(url("schemeversion_change", version.pk), {"maximum_amount": "9"})

    assert "Deze versie is vastgesteld" in page.text
    assert "inwoner, groep inwoners zonder rechtsvorm" in page.text
    assert 'name="maximum_amount"' not in page.text
    assert 'name="grounds-0-text"' not in page.text
    assert sent.status_code == 403


@pytest.mark.parametrize("number", range(6))
def test_a_day_of_a_year_is_read_or_refused(client, manager, number):
    text, good = [("01-11", True), ("", True), ("31-02", False), ("1 nov", False), ("11", False), ("x-y", False)][
        number
    ]
    draft = full_version(draft=True)
    page = client.get(url("schemeversion_change", draft.pk))

    answer = client.post(url("schemeversion_change", draft.pk), filled_in(page, reallocate_on=text))

    assert (answer.status_code == 302) is good


def test_a_refusal_of_the_database_is_said_in_plain_words(client, manager):
    version = full_version(draft=True)
    pages = [url("schemeversion_change", version.pk), url("scheme_change", version.scheme.pk)]
    wrong = [{"minimum_amount": "300", "maximum_amount": "100"}, {"valid_from": "01-02-2026", "valid_to": "01-01-2020"}]

    answers = [
        client.post(page, filled_in(client.get(page), **changes)) for page, changes in zip(pages, wrong, strict=True)
    ]

    assert "Het maximumbedrag kan niet lager zijn dan het minimumbedrag." in answers[0].text
    assert "De laatste dag kan niet vóór de eerste dag liggen." in answers[1].text


def test_what_keeps_a_scheme_from_opening_is_on_its_page(client, manager):
    scheme = SchemeFactory(opened_at=None, legal_basis="")

    page = client.get(url("scheme_change", scheme.pk))
    refused = client.post(url("scheme_open", scheme.pk), follow=True)

    assert "Vul de wettelijke grondslag in" in page.text
    assert "Regeling openstellen" not in page.text
    assert "Vul de wettelijke grondslag in" in refused.text
    assert not Scheme.objects.get().is_open


def test_steps_are_buttons(client, manager):
    version = full_version()

    addresses = [
        url("scheme_open", version.scheme.pk),
        url("scheme_close", version.scheme.pk),
        url("scheme_version", version.scheme.pk),
        url("schemeversion_publish", version.pk),
    ]

    assert {client.get(address).status_code for address in addresses} == {405}


def test_a_ceiling_is_set_through_the_ledger(client, manager):
    scheme = SchemeFactory()
    answers = {
        "scheme": scheme.pk,
        "period_from": "2027-01-01",
        "period_to": "2027-12-31",
        "amount": "25.000",
        "published_on": "2026-12-01",
        "published_where": "Gemeenteblad 2026, 1234",
    }

    first = client.post(url("ceiling_add"), answers)
    second = client.post(url("ceiling_add"), answers | {"period_from": "2027-06-01"}, follow=True)

    ceiling = Ceiling.objects.get()
    entry = ceiling.entries.get()
    assert (first.status_code, ceiling.available) == (302, 25_000)
    assert (entry.kind, entry.by, entry.booked_on) == (EntryKind.CEILING, "Bea Beheer", date(2027, 1, 1))
    assert "al een plafond" in second.text


def day_of(name, when):
    return {f"{name}_0": when.day, f"{name}_1": when.month, f"{name}_2": when.year}


def test_a_ceiling_is_raised_lowered_and_shown_with_its_ledger(client, manager):
    ceiling = CeilingFactory(amount=1000)
    address = url("ceiling_amount", ceiling.pk)

    client.post(address, {"what": "raise", "amount": "500", "reason": "Begroting"})
    client.post(address, {"what": "lower", "amount": "200", "reason": "Minder", **day_of("published_on", today())})
    too_much = client.post(
        address, {"what": "lower", "amount": "2000", "reason": "Minder", **day_of("published_on", today())}
    )

    assert budget.available(ceiling) == 1300
    assert "Een verlaging raakt niet wie al had aangevraagd" in too_much.text
    page = client.get(url("ceiling_change", ceiling.pk))
    assert [word for word in ("Begroting", "Minder", "1.300,00") if word not in page.text] == []


def test_moving_needs_a_place_to_move_to(client, manager):
    version = SchemeVersionFactory(reallocate_on="01-01")
    here, there = (CeilingFactory(scheme=version.scheme, wijk=WijkFactory(), amount=500) for _n in range(2))
    answers = {"what": "move", "amount": "100", "reason": "Over"}

    refused = client.post(url("ceiling_amount", here.pk), answers)
    client.post(url("ceiling_amount", here.pk), answers | {"target": there.pk})

    assert "Kies het plafond" in refused.text
    assert (budget.available(here), budget.available(there)) == (400, 600)


def test_the_publication_of_a_ceiling_is_written_down_once(client, manager):
    ceiling = CeilingFactory(published_on=None)

    client.post(url("ceiling_change", ceiling.pk), {"published_on": "2025-12-01", "published_where": "Gemeenteblad"})
    client.post(url("ceiling_change", ceiling.pk), {"published_on": "2020-01-01", "published_where": "Website"})

    ceiling.refresh_from_db()
    assert (ceiling.published_on, ceiling.published_where) == (date(2025, 12, 1), "Website")


def test_lots_are_drawn_where_there_is_not_enough_and_can_be_checked(client, manager):
    version = SchemeVersionFactory()
    ceiling = CeilingFactory(scheme=version.scheme, amount=1000)
    ApplicationFactory.create_batch(2, scheme_version=version, in_review=True, asked_amount=Decimal(750))

    offered = client.get(url("ceiling_change", ceiling.pk))
    page = client.post(url("ceiling_draw", ceiling.pk), {"place": today().isoformat()}, follow=True)

    assert "Loten: volledig op" in offered.text
    assert "Klopt: het startgetal geeft deze volgorde" in page.text
    assert page.request["PATH_INFO"] == url("lottery_change", Lottery.objects.get().pk)
    assert "Loten: volledig op" not in client.get(url("ceiling_change", ceiling.pk)).text


def test_a_mandate_names_a_role_of_the_portal(client, manager):
    answers = {"role": "coordinator", "maximum_amount": "2000", "valid_from": "2026-01-01", "source": "Besluit 2026"}

    client.post(url("mandate_add"), answers)
    refused = client.post(url("mandate_add"), answers | {"role": "koning"})

    assert (Mandate.objects.count(), refused.status_code) == (1, 200)
    assert "wijkcoördinator" in client.get(url("mandate_changelist")).text


def test_a_version_made_new_starts_with_the_grounds_of_the_law_once(client, manager):
    scheme = SchemeFactory(opened_at=None)
    page = client.get(url("schemeversion_add"))
    own = {"grounds-TOTAL_FORMS": "1", "grounds-0-kind": "refusal", "grounds-0-position": "1"}
    own |= {"grounds-0-article": "Awb artikel 4:35, derde lid", "grounds-0-text": "Het is staatssteun."}
    texts = {"for_whom": "Inwoners.", "what_for": "Groen.", "conditions": "Voor iedereen.", "maximum_amount": "1000"}
    texts |= {"valid_from": "01-01-2027", "applicant_kinds": ["resident"]}

    client.post(url("schemeversion_add"), filled_in(page, scheme=scheme.pk, **texts, **own))

    version = scheme.versions.get()
    articles = list(version.grounds.values_list("kind", "article"))
    assert len(articles) == len(set(articles)) == len(STATUTORY_GROUNDS)
    assert version.grounds.get(article="Awb artikel 4:35, derde lid").text == "Het is staatssteun."


def test_setting_lower_has_only_the_four_grounds_of_the_law(client, manager):
    version = full_version(published_at=None)
    page = client.get(url("schemeversion_change", version.pk))
    row = {"grounds-1-kind": "lower", "grounds-1-position": "2", "grounds-1-text": "Het viel tegen."}
    total = {"grounds-TOTAL_FORMS": "2", "grounds-1-scheme_version": str(version.pk)}

    wrong = client.post(
        url("schemeversion_change", version.pk), filled_in(page, **row, **total, **{"grounds-1-article": "artikel 9"})
    )
    right = {"grounds-1-article": "Awb artikel 4:46, tweede lid, onder b"}
    client.post(url("schemeversion_change", version.pk), filled_in(page, **row, **total, **right))

    assert "Lager vaststellen kan alleen op een van deze vier" in wrong.content.decode()
    assert version.grounds.get(kind="lower").article == right["grounds-1-article"]


@pytest.mark.parametrize(
    ("kind", "basis", "is_right"),
    [
        ("4:37b", "Awb artikel 4:37, eerste lid, onder b", True),
        ("4:38", "Awb artikel 4:38, tweede lid", False),
        ("4:39", "Awb 4:39", False),
        ("4:38", "Buurtbonregeling, doel", True),
        ("4:39", "artikel 8 van de regeling; Awb 4:39", True),
    ],
)
def test_a_duty_that_is_not_standard_stands_in_the_scheme(kind, basis, is_right):
    duty = Obligation(kind=kind, basis=basis, text="U nodigt de buren uit.")

    if is_right:
        duty.clean()
    else:
        with pytest.raises(ValidationError, match="artikel van de regeling"):
            duty.clean()
