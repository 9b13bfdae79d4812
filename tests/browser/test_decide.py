"""Deciding, objections and the texts of letters at both widths, past the gates, as colleagues do it."""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.enums import MessageKind, Outcome
from subsidies.models import Application, Decision, LetterText
from subsidies.workflow import default_notice, objection
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import ManagerFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    MandateFactory,
    ObligationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def case() -> Application:
    """An application in review with everything around it."""
    made = ApplicationFactory(in_review=True, title="Straatfeest Kruiswiel")
    CeilingFactory(scheme=made.scheme)
    MandateFactory()
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    GroundFactory(scheme_version=made.scheme_version)
    ObligationFactory(scheme_version=made.scheme_version)
    AccountabilityBandFactory(scheme_version=made.scheme_version)
    AdviceRequestFactory(subject=made, by_email=True, answered=True, verdict="no_objection", text="Prima plek.")
    return made


def step(case: Application, slug: str) -> str:
    return reverse("admin:subsidies_application_step", args=[case.pk, slug])


def look(person: Visitor, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    if folder := os.environ.get("PORTAL_LOOK"):
        person.page.screenshot(path=f"{folder}/{name}-{person.page.viewport_size['width']}.png", full_page=True)


@SIZES
def test_a_decision_is_seen_on_paper_and_taken(visitor, case, size):
    owner = arrive(visitor, case.owner, size)

    owner.open(step(case, "besluit"))
    owner.page.locator("[name=no_interest]").uncheck()
    owner.page.locator("[name=motivation]").fill("")
    owner.press("Bekijk het bericht")
    owner.gate.check()
    assert owner.reads("Schrijf waarom u dit besluit neemt")
    look(owner, "besluit-fouten")
    owner.page.locator("[name=motivation]").fill("Het feest brengt buren bij elkaar.")
    owner.page.locator("[name=no_interest]").check()
    owner.press("Bekijk het bericht")
    look(owner, "besluit-voorbeeld")
    owner.press("Besluit nemen en versturen")
    look(owner, "besluit-genomen")

    assert Decision.objects.get().outcome == Outcome.GRANT
    assert owner.reads("Bezwaar kan tot en met")


@SIZES
def test_a_proposal_and_its_second_pair_of_eyes(visitor, case, size):
    case.asked_amount = Decimal(1500)
    case.save()
    case.cost_lines.update(amount=Decimal(1500))
    owner, manager = arrive(visitor, case.owner, size), arrive(visitor, ManagerFactory(), size)

    owner.open(step(case, "besluit"))
    owner.page.locator("[name=motivation]").fill("Goed voor de buurt.")
    owner.page.locator("[name=no_interest]").check()
    owner.press("Bekijk het bericht")
    owner.press("Voorleggen aan een collega en versturen")
    manager.open(step(case, "voorstel-teruggeven"))
    manager.open(step(case, "tweede-paar-ogen"))
    manager.page.locator("[name=no_interest]").check()
    manager.press("Bekijk het bericht")
    look(manager, "tweede-paar")
    manager.press("Besluit nemen en versturen")

    assert Decision.objects.get().prepared_by == case.owner


@SIZES
def test_an_objection_and_a_notice_of_default(visitor, case, size):
    refused = ApplicationFactory(refused=True, scheme_version=case.scheme_version)
    decision = DecisionFactory(application=refused, outcome=Outcome.REFUSE, amount=None)
    message = CaseMessageFactory(application=refused, kind=MessageKind.OBJECTION, text="Ik ben het er niet mee eens.")
    objection.receive(decision, message)
    late = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=150))
    default_notice.receive(late, CaseMessageFactory(application=late, received_on=today() - timedelta(days=40)))
    manager = arrive(visitor, ManagerFactory(), size)

    manager.open(reverse("admin:subsidies_objection_changelist"))
    look(manager, "bezwaren")
    manager.open(reverse("admin:subsidies_defaultnotice_changelist"))
    look(manager, "ingebrekestellingen")
    for slug in ("bezwaar-toewijzen", "bezwaar-aanvullen", "hoorzitting", "bezwaar-verdagen", "beslissing-op-bezwaar"):
        manager.open(step(refused, slug))
    look(manager, "beslissing-op-bezwaar")
    manager.open(step(late, "dwangsom"))
    manager.open(reverse("admin:subsidies_application_change", args=[refused.pk]))
    look(manager, "dossier-bezwaar")
    manager.open(reverse("admin:subsidies_application_change", args=[late.pk]))


@SIZES
def test_a_granted_case_can_be_settled_changed_revoked(visitor, case, size):
    granted = ApplicationFactory(granted=True, scheme_version=case.scheme_version)
    DecisionFactory(application=granted)
    GroundFactory(scheme_version=case.scheme_version, kind="lower", article="Awb 4:46, tweede lid, onder a")
    GroundFactory(scheme_version=case.scheme_version, kind="revoke", article="Awb 4:48, eerste lid, onder a")
    manager = arrive(visitor, ManagerFactory(), size)

    for slug in ("vaststellen", "wijzigen", "subsidie-intrekken"):
        manager.open(step(granted, slug))
        look(manager, slug)


@SIZES
def test_the_texts_of_letters(visitor, case, size):
    row = LetterText.objects.create(letter="grant.opening", body="Hoera, {naam}!")
    manager = arrive(visitor, ManagerFactory(), size)

    manager.open(reverse("admin:subsidies_lettertext_change", args=[row.pk]))
    look(manager, "brieftekst")
    manager.open(reverse("admin:subsidies_mandate_add"))
    look(manager, "mandaat")
