"""Every decision letter is complete, and says the same on paper, on the screen and in plain text."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pikepdf
import pytest
from django.utils import timezone

from shared import municipality
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import AccountabilityMode, EntryKind, GroundKind, ObjectionOutcome, Outcome, PaymentStatus
from subsidies.letters import texts
from subsidies.letters.decision import day_text
from subsidies.models import Application, BankAccount, Decision, LetterText, MunicipalBudget
from subsidies.workflow import decide, default_notice, interest, objection, objection_decision
from subsidies.workflow.decide import DecisionTerms
from tests import paper
from tests.factories.accounts import ManagerFactory
from tests.factories.rates import InterestRateFactory, MunicipalBudgetFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    CompletionRequestFactory,
    CriterionFactory,
    DecisionFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
    PaymentFactory,
)

pytestmark = pytest.mark.django_db

WHY = "Wij hebben de aanvraag bekeken.\n\nDe straat is daarna “groener” & veiliger."
LATER = today() + timedelta(days=200)
GRANT = {
    "execute_until": LATER,
    "report_due_on": LATER + timedelta(weeks=6),
    "obligations": ("U meldt het meteen als het niet doorgaat.", "U nodigt de hele straat uit."),
}
IN_FORCE = {**GRANT, "obligations": list(GRANT["obligations"])}


def case(**traits) -> Application:
    """An application with money and mandates around it."""
    made = ApplicationFactory(**traits)
    ceiling = CeilingFactory(scheme=made.scheme)
    if made.granted_amount:
        ceiling.entries.create(kind=EntryKind.GRANTED, amount=made.granted_amount, application=made, booked_on=today())
        DecisionFactory(application=made, decided_by=made.owner, notified_on=today() - timedelta(days=50), **IN_FORCE)
    CriterionFactory(scheme_version=made.scheme_version, article="artikel 3")
    AccountabilityBandFactory(scheme_version=made.scheme_version, mode=AccountabilityMode.RECEIPTS)
    MandateFactory(maximum_amount=Decimal(9000))
    MandateFactory(role="functional_manager", maximum_amount=Decimal(9000))
    return made


def take(made: Application, outcome: Outcome, ground: str = "", article: str = "artikel 6", **changes) -> Decision:
    """Decide as the owner; `ground` is the kind of ground to use."""
    keys = (GroundFactory(scheme_version=made.scheme_version, kind=ground, article=article).pk,) if ground else ()
    about = made.scheme_version.grounds.filter(pk__in=keys)
    if made.granted_amount and keys:
        HearingFactory(application=made, ended_on=today(), outcome=outcome, amount=changes.get("amount"), about=about)
    terms = DecisionTerms(outcome, WHY, grounds=keys, no_interest=True, **changes)
    return decide.decide(made, terms=terms, by=made.owner, version=made.version)


def granted() -> Decision:
    return take(case(in_review=True), Outcome.GRANT, amount=Decimal(750), **GRANT)


def granted_under_proviso() -> Decision:
    year = MunicipalBudgetFactory().year
    return take(case(in_review=True), Outcome.GRANT, amount=Decimal(750), **GRANT, budget_year=year)


def proviso_invoked() -> Decision:
    made = granted_under_proviso().application
    MunicipalBudget.objects.update(adopted_on=today())
    HearingFactory(application=made, ended_on=today(), outcome=Outcome.REVOKE)
    made.refresh_from_db()
    return take(made, Outcome.REVOKE, invokes_proviso=True)


def granted_at_once() -> Decision:
    made = case(in_review=True, asked_amount=Decimal(500))
    return take(made, Outcome.GRANT, amount=Decimal(500), **GRANT)


def partly() -> Decision:
    made = case(in_review=True)
    return take(made, Outcome.GRANT_PARTLY, GroundKind.REFUSAL, amount=Decimal(600), **GRANT)


def refused() -> Decision:
    return take(case(in_review=True), Outcome.REFUSE, GroundKind.REFUSAL)


def put_aside() -> Decision:
    made = case(in_review=True, complete_on=None, received_on=today() - timedelta(days=30))
    CompletionRequestFactory(application=made, sent_on=today() - timedelta(days=20), due_on=today() - timedelta(days=3))
    return take(made, Outcome.NOT_PROCESSED, GroundKind.NOT_PROCESSED, "artikel 4:5")


def settled() -> Decision:
    return take(case(granted=True), Outcome.SETTLE, amount=Decimal(750))


def settled_lower() -> Decision:
    made = case(granted=True)
    return take(made, Outcome.SETTLE_LOWER, GroundKind.LOWER, "Awb 4:46, tweede lid, onder a", amount=Decimal(500))


def changed() -> Decision:
    return take(case(granted=True), Outcome.CHANGE, amount=Decimal(750), **GRANT)


def revoked() -> Decision:
    return take(case(granted=True), Outcome.REVOKE, GroundKind.REVOKE, "Awb 4:48, eerste lid, onder a")


def recovered() -> Decision:
    made = case(settled=True)
    PaymentFactory(
        decision=made.decisions.get(), amount=Decimal(950), status=PaymentStatus.PAID, credited_on=today(), ready=True
    )
    return take(made, Outcome.RECOVER, amount=Decimal(200))


def owing() -> Application:
    made = case(settled=True)
    PaymentFactory(
        decision=made.decisions.get(), amount=Decimal(950), status=PaymentStatus.PAID, credited_on=today(), ready=True
    )
    return made


def waived() -> Decision:
    made = owing()
    made.scheme.ceilings.get().entries.create(
        kind=EntryKind.PAID, amount=Decimal(200), application=made, booked_on=today()
    )
    return take(made, Outcome.WAIVE, amount=Decimal(150))


def deferred() -> Decision:
    made = owing()
    take(made, Outcome.RECOVER, amount=Decimal(200))
    made.refresh_from_db()
    first = today() + timedelta(days=30)
    return take(made, Outcome.DEFER, amount=Decimal(200), instalment=Decimal(75), first_part_on=first)


def interest_due() -> Decision:
    InterestRateFactory()
    made = case(settled=True)
    was_due = today() - timedelta(days=400)
    payment = PaymentFactory(
        decision=made.decisions.get(), status=PaymentStatus.PAID, credited_on=today(), due_on=was_due, ready=True
    )
    BankAccount.objects.update(given_at=timezone.now() - timedelta(days=500))
    return interest.set_interest(payment, motivation=WHY, no_interest=True, by=made.owner, version=None)


def on_objection(outcome: ObjectionOutcome, terms: DecisionTerms | None = None) -> Decision:
    made = case(refused=True)
    against = DecisionFactory(application=made, outcome=Outcome.REFUSE, amount=None, decided_by=made.owner)
    message = CaseMessageFactory(application=made)
    return objection_decision.decide(
        objection.receive(against, message),
        outcome=outcome,
        motivation=WHY,
        terms=terms,
        no_interest=True,
        without_hearing="U zag af van een hoorzitting.",
        by=ManagerFactory(),
        version=None,
    )


def founded() -> Decision:
    return on_objection(ObjectionOutcome.FOUNDED, DecisionTerms(Outcome.GRANT, "", amount=Decimal(750), **GRANT))


def unfounded() -> Decision:
    return on_objection(ObjectionOutcome.UNFOUNDED)


def inadmissible() -> Decision:
    return on_objection(ObjectionOutcome.INADMISSIBLE)


def penalty() -> Decision:
    made = case(in_review=True, received_on=today() - timedelta(days=150))
    message = CaseMessageFactory(application=made, received_on=today() - timedelta(days=40))
    notice = default_notice.receive(made, message)
    DecisionFactory(application=made, outcome=Outcome.REFUSE, amount=None)
    return default_notice.set_penalty(notice, motivation=WHY, no_interest=True, by=made.owner, version=None)


WITH_MONEY = [
    granted,
    granted_at_once,
    granted_under_proviso,
    proviso_invoked,
    partly,
    settled,
    settled_lower,
    changed,
    founded,
    recovered,
    waived,
    deferred,
    interest_due,
    penalty,
    revoked,
]
EVERY = [*WITH_MONEY, refused, put_aside, unfounded, inadmissible]
every_letter = pytest.mark.parametrize("make", EVERY)
Make = Callable[[], Decision]


def words(text: str) -> list[str]:
    """The words, whatever stands between them."""
    return text.replace("\u00a0", " ").replace("•", " ").replace("‣", " ").split()


def of_pdf(decision: Decision) -> list[str]:
    """The words on the paper in reading order, without the line at the foot of each page."""
    text = paper.text_of(bytes(decision.letter))
    foot = r"Vragen\?\s+Bel\s+[^|]*?\.example\.(\s+Pagina\s+\d+\s+van\s+\d+)?|Pagina\s+\d+\s+van\s+\d+"
    name = municipality.current().full_name
    found = words(re.sub(foot, " ", text.replace("\u00a0", " ")))
    # The name of the municipality stands where a logo would be.
    return found[len(name.split()) :] if found[: len(name.split())] == name.split() else found


def of_html(decision: Decision) -> list[str]:
    """The words in the HTML, without its foot."""
    body = re.sub(r"<footer>.*?</footer>", "", decision.letter_html, flags=re.DOTALL)
    return words(unescape(re.sub(r"<[^>]+>", " ", body)))


@every_letter
def test_the_paper_says_what_the_screen_says(make: Make):
    decision = make()

    # A line that is broken after a hyphen or slash is one word on the screen.
    assert "".join(of_pdf(decision)) == "".join(of_html(decision))


@every_letter
def test_the_plain_text_says_what_the_screen_says(make: Make):
    decision = make()
    plain = decision.letter_text.removesuffix(decision.letter_text.rpartition("\n\n")[2])

    assert "".join(words(re.sub(r"^- ", "", plain, flags=re.MULTILINE))) == "".join(of_html(decision))


@every_letter
def test_each_letter_has_everything_that_the_law_wants(make: Make):
    decision = make()
    text = decision.letter_text.replace("\u00a0", " ")
    made, here = decision.application, municipality.current()

    assert made.name in text, "addressee (3:41)"
    assert f"{made.street} {made.house_number}" in text, "addressee (3:41)"
    assert made.reference in text
    assert "##" not in text
    assert "{" not in text
    assert "groener” & veiliger" in text, "reasons (3:46)"
    assert "Algemene wet bestuursrecht, artikel" in text, "articles (3:47)"
    assert day_text(decision.objection_due) in text, "last day (3:45)"
    where = here.court_address if decision.outcome == Outcome.OBJECTION else here.postal_address
    assert where[0] in text, "on paper too"
    assert "griffierecht" in text
    assert here.phone in text, "contact"
    assert here.email in text, "contact"
    assert "Uw contactpersoon is" in text
    assert f"namens het college van burgemeester en wethouders van {here.name}" in text, "mandate (10:10)"
    assert decision.decided_by.name in text


@pytest.mark.parametrize("make", WITH_MONEY)
def test_a_letter_about_money_names_the_amount_and_the_activity(make: Make):
    decision = make()
    text = decision.letter_text

    assert f"{decision.amount:.2f}".replace(".", ",") in text.replace(".", "")
    assert decision.application.title in text
    if decision.payment_due:
        assert day_text(decision.payment_due) in text, "until when is paid (4:86)"


@pytest.mark.parametrize("make", [granted, granted_at_once, granted_under_proviso, partly, founded, changed])
def test_a_grant_names_period_obligations_and_report(make: Make):
    decision = make()
    text = decision.letter_text

    assert day_text(decision.application.starts_on) in text
    assert day_text(LATER) in text
    assert all(duty in text for duty in GRANT["obligations"])
    assert day_text(LATER + timedelta(weeks=6)) in text


@every_letter
def test_screen_readers_can_read_the_paper(make: Make):
    decision = make()

    with pikepdf.open(io.BytesIO(decision.letter)) as pdf:
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        with pdf.open_metadata() as about:
            assert about["dc:title"] in decision.letter_text


@every_letter
def test_the_mail_is_the_letter_with_the_pdf(make: Make):
    decision = make()
    sent = OutboxMessage.objects.get(key=f"subsidies.decision:{decision.pk}")

    assert decision.motivation.split("\n")[0] in sent.text
    assert [file.name for file in sent.attachments.all()] == [f"besluit-{decision.application.reference}.pdf"]


def test_a_name_that_looks_like_code_is_a_name():
    made = case(in_review=True, name='#panic("x") <b>Anna</b> {titel} *vet*')

    decision = take(made, Outcome.GRANT, amount=Decimal(750), **GRANT)

    assert "&lt;b&gt;Anna&lt;/b&gt;" in decision.letter_html
    assert 'Beste #panic("x") <b>Anna</b> {titel} *vet*,' in decision.letter_text


def test_the_text_of_the_scheme_goes_before_that_for_all():
    made = case(in_review=True)
    LetterText.objects.create(letter="grant.opening", body="Voor alle regelingen, {naam}.")
    LetterText.objects.create(letter="grant.opening", scheme=made.scheme, body="Hoera voor {titel}!\n\nTweede alinea.")

    decision = take(made, Outcome.GRANT, amount=Decimal(750), **GRANT)

    assert f"Hoera voor {made.title}!\n\nTweede alinea." in decision.letter_text
    assert "Voor alle regelingen" not in decision.letter_text


def test_each_place_has_a_text_that_refers_only_to_what_is_known():
    assert {place.key: texts.unknown_variables(place.default) for place in texts.PLACES.values()} == {
        key: [] for key in texts.PLACES
    }
    assert texts.unknown_variables("Beste {naam}, {geboortedatum} {}") == ["geboortedatum", ""]


def test_who_named_no_amount_reads_a_whole_sentence():
    made = case(in_review=True, complete_on=None, received_on=today() - timedelta(days=30), asked_amount=None)
    CompletionRequestFactory(application=made, sent_on=today() - timedelta(days=20), due_on=today() - timedelta(days=3))

    decision = take(made, Outcome.NOT_PROCESSED, GroundKind.NOT_PROCESSED, "artikel 4:5")

    assert f"vroeg u subsidie voor “{made.title}”" in decision.letter_text


def test_a_refusal_rests_on_its_own_ground_and_not_on_the_ceiling():
    refused = take(case(in_review=True), Outcome.REFUSE, GroundKind.REFUSAL, article="artikel 6, eerste lid")

    text = refused.letter_text.replace("\u00a0", " ")
    assert "artikel 6, eerste lid" in text
    assert "4:25" not in text
    assert "4:35" not in text
