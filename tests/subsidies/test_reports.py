"""The figures for staff and council: right, as many queries for many as for few, and nobody recognised in them."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shared.audit.models import Event
from shared.reports.tables import HIDDEN, Table, as_csv, as_xlsx, shown
from shared.terms.calendar import today
from subsidies import budget
from subsidies.enums import ObjectionOutcome, ObjectionStatus, Outcome, Status
from subsidies.models import Application, Objection
from subsidies.reports import money, tables, totals
from subsidies.workflow.after import evaluation
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    CompletionRequestFactory,
    DecisionFactory,
    GroundFactory,
    ReportFactory,
    SchemeVersionFactory,
)
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/rapportages/subsidies/"


def rows(name: str, **filters: str) -> dict[str, tuple]:
    """The rows of a table by their first cell."""
    found = tables.named(tables.tables(filters, today()), name)
    return {str(row[0]): row[1:] for row in found.rows}


@pytest.fixture
def clerk(client):
    return sign_in(client, CouncilStaffFactory())


class TestWhoMayRead:
    """Staff who answer for results."""

    @pytest.mark.parametrize("make", [CouncilStaffFactory, CoordinatorFactory, FinanceFactory, ManagerFactory])
    def test_these_may(self, client, make):
        sign_in(client, make())

        assert client.get(ADDRESS).status_code == 200
        assert client.post(f"{ADDRESS}csv/").status_code == 200

    @pytest.mark.parametrize("make", [UserFactory, PartnerFactory, AmbassadorFactory])
    def test_others_may_not(self, client, make):
        sign_in(client, make())

        assert client.get(ADDRESS).status_code == 403
        assert client.post(f"{ADDRESS}csv/").status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, client):
        assert client.get(ADDRESS).url.startswith("/inloggen/")


class TestNumbers:
    """What is counted."""

    def test_each_outcome_also_after_a_case_was_closed(self):
        ApplicationFactory.create_batch(5, granted=True)
        ApplicationFactory.create_batch(5, granted=True, granted_amount=Decimal(500))
        closed = {"granted": "7-8.1.7", "refused": "5-8.2", "revoked": "10-8.3", "not_processed": "1-8.4"}
        for kept in closed.values():
            for made in ApplicationFactory.create_batch(5, refused=True, granted_amount=None):
                Application.objects.filter(pk=made.pk).update(status=Status.CLOSED, retention_class=kept)
        for made in ApplicationFactory.create_batch(5, withdrawn=True):
            Application.objects.filter(pk=made.pk).update(status=Status.CLOSED, retention_class="1-8.4")
        ApplicationFactory.create_batch(6, in_review=True)
        # A settlement waits for a second pair of eyes: the money was granted before.
        Application.objects.filter(status=Status.GRANTED, granted_amount=Decimal(750)).update(status=Status.PROPOSED)

        assert {name: cells[0] for name, cells in rows("uitkomsten").items()} == {
            "Toegekend": 10,
            "Deels toegekend": 5,
            "Geweigerd": 5,
            "Niet behandeld": 5,
            "Ingetrokken door de aanvrager": 5,
            "Besluit ingetrokken": 5,
            "Nog geen besluit": 6,
        }

    def test_per_wijk_theme_and_scheme_with_amounts(self):
        buurt, theme = BuurtFactory(wijk=WijkFactory(short_name="Noord")), ThemeFactory(name="Groen")
        version = SchemeVersionFactory(scheme__name="Buurtbon")
        ApplicationFactory.create_batch(5, granted=True, buurt=buurt, theme=theme, scheme_version=version)

        expected = (5, 5, 0, Decimal(3750), Decimal(3750))
        assert rows("wijken")["Noord"] == expected
        assert rows("themas")["Groen"] == expected
        assert rows("regelingen")["Buurtbon"] == expected

    @pytest.mark.parametrize(
        ("filters", "number"),
        [
            ({}, 12),
            ({"regeling": "apart"}, 6),
            ({"wijk": "zuid"}, 6),
            ({"thema": "groen"}, 6),
            ({"periode": "2026-K1"}, 6),
            ({"periode": "2026"}, 6),
            ({"periode": "onzin"}, 0),
            ({"wijk": "nergens"}, 0),
        ],
    )
    def test_filters_hold_for_every_table(self, filters, number):
        ApplicationFactory.create_batch(6, in_review=True, received_on=date(2025, 5, 5))
        buurt, theme = BuurtFactory(wijk=WijkFactory(slug="zuid")), ThemeFactory(slug="groen")
        version = SchemeVersionFactory(scheme__code="apart")
        ApplicationFactory.create_batch(
            6,
            in_review=True,
            buurt=buurt,
            theme=theme,
            scheme_version=version,
            received_on=date(2026, 2, 2),
        )

        assert rows("uitkomsten", **filters)["Nog geen besluit"] == (number,)

    def test_how_long_decisions_took(self):
        for number in range(1, 11):
            case = ApplicationFactory(granted=True, received_on=today() - timedelta(days=number * 10))
            DecisionFactory(application=case, notified_on=today())
            DecisionFactory(application=case, outcome=Outcome.SETTLE, notified_on=today() + timedelta(days=5))
        CompletionRequestFactory(
            application=case,
            sent_on=case.received_on,
            due_on=case.received_on + timedelta(days=14),
            completed_on=case.received_on + timedelta(days=5),
        )

        found = totals.times({})

        assert (found.decided, found.median_days, found.ninety_percent) == (10, 55, 91)
        assert found.suspended_days == 4
        assert found.within_law == sum(each.due_legal >= today() for each in Application.objects.all())
        assert found.within_target == sum(each.promised_on >= today() for each in Application.objects.all())

    def test_what_a_ceiling_holds(self):
        case = ApplicationFactory(granted=True)
        CeilingFactory(scheme=case.scheme, amount=10_000)
        other = ApplicationFactory(in_review=True, scheme_version=case.scheme_version)
        budget.grant(case, Decimal(750), by=case.owner, on=today())
        budget.paid(case, Decimal(700), by=case.owner, on=today())
        budget.reclaimed(case, Decimal(100), by=case.owner, on=today())
        budget.reserve(other, Decimal(300), by=other.owner, on=today())

        [pot] = money.pots({"regeling": case.scheme.code})

        assert (pot.amount, pot.reserved, pot.granted, pot.paid, pot.left) == (10_000, 300, 750, 600, 8_950)
        assert pot.left == budget.available(pot.ceiling)

    def test_how_people_accounted(self):
        ReportFactory(due_on=today() - timedelta(days=1))
        ReportFactory()
        ReportFactory(received_on=today())
        ReportFactory(received_on=today(), approved_on=today())
        ReportFactory(approved_on=today())

        found = money.accounting({}, today())

        assert (found.asked, found.late, found.to_judge, found.approved, found.without) == (5, 1, 1, 1, 1)
        assert found.to_settle == 5

    def test_grounds_and_objections(self):
        ground = GroundFactory(article="artikel 6")
        for _number in range(5):
            decision = DecisionFactory(outcome=Outcome.REFUSE, application__refused=True)
            decision.grounds.add(ground)
            Objection.objects.create(
                against=decision,
                message=CaseMessageFactory(application=decision.application),
                received_on=today(),
                status=ObjectionStatus.DECIDED,
                outcome=ObjectionOutcome.UNFOUNDED,
            )

        assert rows("gronden") == {f"artikel 6: {ground.text}": (5,)}
        assert rows("bezwaren")["ongegrond"] == (5,)

    @pytest.mark.parametrize(
        ("earlier", "number"),
        [({"email": "ANNA@voorbeeld.example"}, 1), ({"postcode": "3342 AC"}, 1), ({"postcode": "3341 AA"}, 2)],
    )
    def test_who_applies_for_the_first_time(self, earlier, number):
        before = timezone.now() - timedelta(days=9)
        ApplicationFactory(submitted_at=before, applicant=None, **{"postcode": "", **earlier})
        ApplicationFactory(email="anna@voorbeeld.example", postcode="3342 AC", applicant=None)

        assert totals.first_timers({}) == number

    def test_the_average_mark_only_of_enough_people(self):
        for number in range(5):
            case = ApplicationFactory(refused=True)
            evaluation.ask(case)
            evaluation.answer(case, mark=6 + number % 2, text="")
            if number == 3:
                assert rows("aanvragers")["Gemiddeld cijfer"] == (None,)

        assert rows("aanvragers")["Gemiddeld cijfer"] == (6.4,)


class TestNobodyIsRecognised:
    """Fewer than five are not shown, also not by taking away."""

    @pytest.mark.parametrize(
        ("numbers", "seen"),
        [
            ([0, 5, 10], [0, 5, 10]),
            ([4, 5, 10], ["x", "x", 10]),
            ([4, 3, 10], ["x", "x", 10]),
            ([4], ["x"]),
            ([0, 4], [0, "x"]),
        ],
    )
    def test_small_numbers_take_another_with_them(self, numbers, seen):
        assert ["x" if cell is HIDDEN else cell for cell in shown(numbers)] == seen

    def test_the_amount_of_a_hidden_number_is_hidden_too(self):
        buurt = BuurtFactory(wijk=WijkFactory(short_name="Klein"))
        ApplicationFactory.create_batch(2, granted=True, buurt=buurt)
        ApplicationFactory.create_batch(7, granted=True)

        assert rows("wijken")["Klein"] == (HIDDEN, HIDDEN, 0, HIDDEN, HIDDEN)

    def test_the_page_says_so(self, client, clerk):
        ApplicationFactory.create_batch(2, granted=True)

        assert "niet getoond" in client.get(ADDRESS).text


class TestFiles:
    """The same tables, with formulas made harmless."""

    TABLE = Table(
        "t", "Per wijk", ("Wijk", "Aantal", "Bedrag"), (("=1+1", 7, Decimal("12.5")), ("Noord", HIDDEN, None))
    )

    def test_csv(self):
        found = list(csv.reader(io.StringIO(as_csv([self.TABLE]).decode("utf-8-sig")), delimiter=";"))

        assert found == [
            ["Tabel", "Rij", "Kolom", "Waarde"],
            ["Per wijk", "'=1+1", "Aantal", "7"],
            ["Per wijk", "'=1+1", "Bedrag", "12,50"],
            ["Per wijk", "Noord", "Aantal", "niet getoond"],
            ["Per wijk", "Noord", "Bedrag", ""],
        ]

    def test_xlsx(self):
        sheet = load_workbook(io.BytesIO(as_xlsx([self.TABLE])))["Per wijk"]

        assert [[cell.value for cell in row] for row in sheet] == [
            ["Wijk", "Aantal", "Bedrag"],
            ["=1+1", 7, 12.5],
            ["Noord", "niet getoond", None],
        ]
        assert sheet["A2"].data_type == "s"

    @pytest.mark.parametrize("file_format", ["csv", "xlsx"])
    def test_taking_them_along_is_written_down(self, client, clerk, file_format):
        answer = client.post(f"{ADDRESS}{file_format}/?regeling=x")

        assert f".{file_format}" in answer["Content-Disposition"]
        assert Event.objects.filter(actor_id=clerk.pk, action="audit.exported").exists()

    def test_another_kind_of_file_is_not_found(self, client, clerk):
        assert client.post(f"{ADDRESS}pdf/").status_code == 404


def test_the_page_takes_as_many_queries_for_many_as_for_few(client, clerk, django_assert_num_queries):
    def fill(number: int) -> None:
        for case in ApplicationFactory.create_batch(number, granted=True):
            DecisionFactory(application=case)
            ReportFactory(application=case)
            CeilingFactory(scheme=case.scheme)

    fill(3)
    client.get(ADDRESS)
    with django_assert_num_queries(len(queries(client))):
        client.get(ADDRESS)
    few = len(queries(client))
    fill(27)

    assert len(queries(client)) == few


def queries(client) -> list:
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    return list(captured)


class TestTheRegister:
    """Public money, for everybody to read; residents stay residents."""

    URL = "/subsidie/register/subsidies.csv"

    def read(self, client) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(client.get(self.URL).text)))

    def test_a_resident_has_no_name_and_no_words_of_their_own(self, client):
        case = ApplicationFactory(granted=True, title="Feest bij familie Bewoner")
        DecisionFactory(application=case)

        [row] = self.read(client)

        assert (row["applicant_name"], row["title"], row["granted_eur"]) == ("bewoner(s)", "", "750.00")
        assert (row["district_code"], row["decision"], row["settled_eur"]) == (case.wijk.code, "granted", "")
        everything = client.get(self.URL).text
        for secret in (case.name, case.email, case.street, case.postcode, case.title):
            assert secret not in everything

    def test_a_plan_that_is_on_the_website_is_named_as_there(self, client):
        plan = InitiativeFactory(accepted=True, published=True, public_title="Een tuin voor de straat")
        DecisionFactory(application=ApplicationFactory(settled=True, initiative=plan, title="Tuin van Anna"))

        [row] = self.read(client)

        assert (row["title"], row["settled_eur"], row["decision"]) == ("Een tuin voor de straat", "750.00", "settled")

    def test_a_foundation_is_named_and_formulas_are_harmless(self, client):
        DecisionFactory(
            application=ApplicationFactory(
                granted=True, applicant_kind="legal_person", organisation="=Stichting", title="Buurtfeest"
            )
        )

        [row] = self.read(client)

        assert (row["applicant_name"], row["title"]) == ("'=Stichting", "Buurtfeest")

    def test_what_was_taken_back_stays_with_its_mark(self, client):
        case = ApplicationFactory(settled=True, status=Status.REVOKED)
        DecisionFactory(application=case)

        [row] = self.read(client)

        assert (row["withdrawn"], row["decision"]) == ("true", "withdrawn")

    @pytest.mark.parametrize("made", [{"refused": True}, {"in_review": True}, {"withdrawn": True}])
    def test_who_got_nothing_is_not_in_it(self, client, made):
        ApplicationFactory(**made)

        assert self.read(client) == []

    def test_the_page_explains_every_column(self, client):
        page = client.get(reverse("subsidies:register")).text

        header = client.get(self.URL).text.splitlines()[0]
        assert [name for name in header.split(",") if f">{name}</code>" not in page] == []

    def test_one_query_for_any_number(self, client, django_assert_num_queries):
        for _number in range(5):
            DecisionFactory()
        client.get(self.URL)

        with django_assert_num_queries(1):
            client.get(self.URL)
