"""Every list, form and state of the admin and of signing in, past the same gates, in few sessions of the browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from initiatives.models import Initiative
from shared.accounts.models import User
from shared.notifications.models import OutboxMessage
from shared.retention.models import DestructionItem, DestructionList
from shared.terms.calendar import today
from subsidies.models import DefaultNotice
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    DepartmentFactory,
    FinanceFactory,
    ManagerFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.challenges import ChallengeFactory
from tests.factories.claims import RecoveryFactory
from tests.factories.initiatives import InitiativeFactory, StandardTextFactory
from tests.factories.moments import ContributionFactory, SignUpFactory
from tests.factories.newsletter import NewsletterFactory
from tests.factories.notifications import OutboxMessageFactory
from tests.factories.participation import CheckFactory
from tests.factories.partners import MatchFactory
from tests.factories.rates import InterestRateFactory, MunicipalBudgetFactory
from tests.factories.reports import ExportJobFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    CaseMessageFactory,
    CeilingFactory,
    CriterionFactory,
    MandateFactory,
    PaymentFactory,
)
from tests.factories.together import (
    ChecklistItemFactory,
    FindingFactory,
    JointActionFactory,
    NoticeFactory,
    SignalFactory,
)
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory
from tests.sign_in import code_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What packages register is for nobody.
OF_PACKAGES = {"auth", "account", "mfa", "socialaccount"}
MESSAGES = "admin:notifications_outboxmessage_"


@pytest.fixture
def something_of_everything() -> Initiative:
    """At least one row in every list, and messages in every state."""
    case = InitiativeFactory(in_review=True, published=True)
    coordinator = CoordinatorFactory(wijk=case.wijk)
    AbsenceFactory(user=coordinator, deputy=CoordinatorFactory(wijk=case.wijk))
    DepartmentFactory()
    StandardTextFactory()
    AdviceRequestFactory(subject=case)
    PostcodeAreaFactory(buurt=BuurtFactory(wijk=case.wijk))
    PaymentFactory(ready=True)
    RecoveryFactory()
    AccountabilityBandFactory(scheme_version=CriterionFactory().scheme_version)
    CeilingFactory()
    DestructionItem.objects.create(
        list=DestructionList.objects.create(made_on=today()),
        kind="subsidies.application",
        record_id="1",
        reference="2018-S-00001",
        ground="8.1.7",
        category="7 jaar",
        closed_on=today(),
        term_over_on=today(),
    )
    MandateFactory()
    ChallengeFactory(assessed=True)
    SignUpFactory(moment=ContributionFactory(with_address=True).moment)
    CheckFactory(in_advice=True)
    InterestRateFactory()
    MunicipalBudgetFactory()
    MatchFactory()
    finding = FindingFactory(item=ChecklistItemFactory())
    JointActionFactory(wijk=finding.walk.wijk)
    SignalFactory(wijk=finding.walk.wijk)
    NoticeFactory(wijk=finding.walk.wijk)
    late = CaseMessageFactory()
    DefaultNotice.objects.create(message=late, application=late.application, received_on=today())
    about = {"about_type": "initiatives.initiative", "about_id": str(case.pk)}
    OutboxMessageFactory(**about)
    OutboxMessageFactory(failed=True, **about)
    OutboxMessageFactory(to_print=True, **about)
    OutboxMessageFactory(confidential=True, **about)
    NewsletterFactory(wijk=case.wijk)
    return case


def arrive(visitor, user: User, size: dict[str, int]) -> Visitor:
    """Somebody who has signed in, with the second factor."""
    person = visitor(size)
    sit_down(person, user)
    return person


def sit_down(person: Visitor, user: User) -> None:
    """This browser is now of somebody else, who has signed in; the page of who had it before is gone."""
    person.page.goto("about:blank")
    client = Client()
    sign_in(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    person.page.context.clear_cookies()
    person.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": person.portal}])


def model_names() -> list[str]:
    metas = [model._meta for model in admin.site._registry if model._meta.app_label not in OF_PACKAGES]
    return [f"admin:{meta.app_label}_{meta.model_name}" for meta in metas]


def test_every_list_and_group(visitor, something_of_everything):
    person = arrive(visitor, ManagerFactory(), DESK)

    for name in model_names():
        person.open(reverse(f"{name}_changelist"))
    for name in ("admin:index", "health"):
        person.open(reverse(name))
    person.open(reverse("admin:accounts_user_changelist") + "?q=bestaatniet")
    person.open(reverse("admin:app_list", args=["accounts"]))


def test_every_form_empty_and_with_errors(visitor, something_of_everything):
    person = arrive(visitor, ManagerFactory(), PHONE)

    for name in model_names():
        person.page.goto(person.portal + reverse(f"{name}_add"))
        save = person.page.locator(".submit-row [name=_save]")
        if save.count():
            person.gate.check()
            with person.page.expect_navigation():
                save.click()
            person.gate.check()
            assert person.reads("Fout") or person.page.locator(".errorlist, [role=alert]").count()


def test_every_record_and_what_was_changed(visitor, something_of_everything):
    person = arrive(visitor, ManagerFactory(), PHONE)

    for model in admin.site._registry:
        meta, record = model._meta, model._default_manager.first()
        if meta.app_label in OF_PACKAGES or record is None:
            continue
        person.open(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]))
        if admin.site._registry[model].has_change_permission.__func__ is admin.ModelAdmin.has_change_permission:
            person.open(reverse(f"admin:{meta.app_label}_{meta.model_name}_history", args=[record.pk]))


def test_messages_in_every_state(visitor, something_of_everything):
    person = arrive(visitor, ManagerFactory(), PHONE)
    for message in OutboxMessage.objects.all():
        person.open(reverse(f"{MESSAGES}change", args=[message.pk]))
        person.open(reverse(f"{MESSAGES}send_again", args=[message.pk]))
        person.open(reverse(f"{MESSAGES}cancel", args=[message.pk]))
    person.press("Niet meer versturen")
    person.open(reverse(f"{MESSAGES}print_queue"))


def test_what_other_roles_open_and_what_is_refused(visitor, something_of_everything):
    for factory in (CoordinatorFactory, AmbassadorFactory, FinanceFactory, CouncilStaffFactory):
        person = arrive(visitor, factory(), PHONE)
        person.open(reverse("admin:index"))
        person.open(reverse("reports"))
        person.open(reverse("admin:accounts_absence_changelist"))
        person.open(reverse("admin:audit_event_changelist"))
        person.open(reverse("admin:initiatives_initiative_change", args=[something_of_everything.pk]))


def test_reports_with_rows_and_without_and_the_files_that_are_made(visitor, something_of_everything):
    reader = CouncilStaffFactory()
    person = arrive(visitor, reader, PHONE)
    jobs = [ExportJobFactory(owner=reader, **state) for state in ({"running": True}, {"failed": True}, {"ready": True})]

    for address in ["", "?status=received", "?wijk=bestaatniet&periode=onzin"]:
        person.open(reverse("reports") + address)
    person.open(reverse("partner_reports"))
    for job in jobs:
        person.open(job.get_absolute_url())


def test_signing_in_step_by_step(visitor, mailoutbox):
    coordinator = CoordinatorFactory()
    person = visitor(PHONE)

    person.open(f"{reverse('account_login')}?next=/beheer/")
    person.press("Stuur mij een code")
    assert person.reads("Vul uw e-mailadres in")
    person.page.get_by_label("Uw e-mailadres").fill(coordinator.email)
    person.press("Stuur mij een code")
    person.page.get_by_label("Code uit de e-mail").fill("0000-0000")
    person.press("Inloggen")
    assert person.page.get_by_role("alert").count()
    person.open(reverse("account_inactive"))


def test_the_second_factor_from_first_to_last_page(visitor):
    user = CoordinatorFactory()
    person = arrive(visitor, user, PHONE)
    person.open(reverse("mfa_index"))
    person.press("App toevoegen")

    type_code(person, "000000")
    assert person.reads("Deze code klopt niet")
    type_code(person, code_of(person.page.locator(".portal-code").inner_text()))
    assert person.reads("Herstelcodes")
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Mijn laptop"})

    for name, arguments in {
        "mfa_index": [],
        "mfa_generate_recovery_codes": [],
        "mfa_deactivate_totp": [],
        "mfa_list_webauthn": [],
        "mfa_add_webauthn": [],
        "mfa_edit_webauthn": [passkey.pk],
        "mfa_remove_webauthn": [passkey.pk],
        "mfa_reauthenticate": [],
        "account_logout": [],
    }.items():
        person.open(reverse(name, args=arguments))


def test_the_second_factor_is_asked_after_the_code_from_the_mail(visitor, mailoutbox):
    user = CoordinatorFactory()
    TOTP.activate(user, secret := generate_totp_secret())
    person = visitor(PHONE)
    person.page.goto(f"{person.portal}{reverse('account_login')}?next=/beheer/")
    person.page.get_by_label("Uw e-mailadres").fill(user.email)
    person.press("Stuur mij een code")
    person.page.get_by_label("Code uit de e-mail").fill(re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0])
    person.press("Inloggen")

    type_code(person, "000000")
    assert person.reads("Deze code klopt niet")
    type_code(person, code_of(secret))

    assert person.page.url.endswith("/beheer/")


def type_code(person: Visitor, code: str) -> None:
    """Fill in the one question, and send it with Enter."""
    box = person.page.locator("main").get_by_role("textbox").first
    box.fill(code)
    with person.page.expect_navigation():
        box.press("Enter")
    person.gate.check()
