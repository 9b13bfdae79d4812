"""After the activity: the report, what is said about it, its reminders, and the sample."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import is_working_day, today
from subsidies import budget, rules, tasks
from subsidies.enums import (
    AccountabilityMode,
    MessageKind,
)
from subsidies.models import CaseMessage, Lottery, Report
from subsidies.workflow.after import clock, report, sample
from subsidies.workflow.after.sending import ReportAnswers, receive_report
from tests.factories.documents import StoredFileFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    ReportFactory,
    SchemeVersionFactory,
)
from tests.subsidies.afterwards import ANSWERS, DAY, letters, owner_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A granted application of € 750 with a plan on the website, that has to send a report."""
    made = ApplicationFactory(granted=True, initiative=InitiativeFactory(accepted=True, published=True))
    ReportFactory(application=made)
    return made


class TestSendingTheReport:
    """It is an official message, with a receipt and a copy."""

    def test_the_answers_are_kept_and_a_receipt_with_a_copy_goes_out(self, case):
        kept = sent(case)

        assert (kept.received_on, kept.took_place, kept.people_count, kept.spent) == (today(), True, 42, Decimal(700))
        assert CaseMessage.objects.get().kind == MessageKind.REPORT
        receipt = OutboxMessage.objects.get(about_id=case.pk, recipient_email=case.email)
        assert "Wij aten met de hele straat." in receipt.text

    def test_photos_keep_their_words_and_nothing_is_public_yet(self, case):
        picture, receipt = StoredFileFactory(), StoredFileFactory()

        kept = sent(case, ReportAnswers(True, "Feest.", photos=((picture, "Een lange tafel"),), receipts=(receipt,)))

        assert {(f.file_id, f.alt_text, f.is_public) for f in kept.files.all()} == {
            (picture.pk, "Een lange tafel", False),
            (receipt.pk, "", False),
        }

    def test_a_report_that_is_not_asked_is_refused_and_leaves_nothing(self):
        other = ApplicationFactory(granted=True)

        with pytest.raises(WorkflowError, match="geen verslag"):
            receive_report(other, ANSWERS, by=None)

        assert (CaseMessage.objects.count(), OutboxMessage.objects.count()) == (0, 0)

    def test_after_approval_nothing_more_is_taken_in(self, case):
        sent(case)
        report.approve(case, by=owner_of(case))

        with pytest.raises(WorkflowError, match="al bekeken"):
            sent(case)


class TestJudgingTheReport:
    """Approve, send back, or go on without."""

    def test_approving_tells_the_recipient_and_asks_for_a_mark(self, case):
        sent(case)

        report.approve(case, by=owner_of(case))

        assert Report.objects.get().approved_on == today()
        assert len(letters(case, "report_approved")) == 1
        assert len(letters(case, "evaluation")) == 1

    def test_the_judgement_answers_the_report_and_no_other_message(self, case):
        sent(case)
        CaseMessageFactory(application=case)

        report.approve(case, by=owner_of(case))

        case.refresh_from_db()
        assert case.unread_since is not None
        assert CaseMessage.objects.get(kind=MessageKind.REPORT).answered_at is not None

    def test_sending_back_gives_a_new_last_day_and_the_reason(self, case):
        sent(case)
        due_on = next(today() + DAY * n for n in range(10, 20) if is_working_day(today() + DAY * n))

        report.return_report(case, reason="De bon van de tent ontbreekt.", due_on=due_on, by=owner_of(case))

        kept = Report.objects.get()
        assert (kept.received_on, kept.due_on, kept.reminded_at) == (None, due_on, None)
        assert "De bon van de tent ontbreekt." in OutboxMessage.objects.get(key__contains="report_returned").text

    def test_a_report_that_was_sent_back_can_be_sent_again(self, case):
        sent(case)
        due_on = next(today() + DAY * n for n in range(10, 20) if is_working_day(today() + DAY * n))
        report.return_report(case, reason="Foto ontbreekt.", due_on=due_on, by=owner_of(case))

        assert sent(case).received_on == today()
        assert Report.objects.get().returned_because == ""

    def test_nothing_can_be_judged_before_it_came(self, case):
        with pytest.raises(WorkflowError, match="geen verslag om te beoordelen"):
            report.approve(case, by=owner_of(case))

    def test_the_applicant_never_judges_the_own_report(self, case):
        sent(case)
        case.applicant = case.owner
        case.save()

        with pytest.raises(WorkflowError, match="eigen aanvraag"):
            report.approve(case, by=case.owner)

    def test_who_saw_an_older_version_is_refused(self, case):
        before = case.version
        sent(case)

        with pytest.raises(StaleVersion):
            report.approve(case, by=owner_of(case), version=before)

    def test_the_result_goes_to_the_plan_with_permission_only(self, case):
        picture = StoredFileFactory()
        sent(case, ReportAnswers(True, "Feest.", shows_result=True, photos=((picture, "Een lange tafel"),)))

        report.approve(case, show=True, public_text="Een mooi feest.", by=owner_of(case))

        update = case.initiative.updates.get()
        assert update.text == "Een mooi feest."
        assert [photo.alt_text for photo in update.photos.all()] == ["Een lange tafel"]

    def test_without_permission_nothing_is_shown_and_nothing_is_approved(self, case):
        sent(case)

        with pytest.raises(WorkflowError, match="toestemming"):
            report.approve(case, show=True, public_text="Een mooi feest.", by=owner_of(case))

        assert Report.objects.get().approved_on is None

    def test_the_case_goes_on_without_a_report_only_after_the_second_term(self, case):
        with pytest.raises(WorkflowError, match="pas als ook de tijd"):
            report.let_go(case, reason="Niet bereikbaar.", by=owner_of(case))
        Report.objects.update(second_due_on=today() - DAY)

        report.let_go(case, reason="Niet bereikbaar.", by=owner_of(case))

        assert Report.objects.get().is_judged


class TestTheClock:
    """Remind before, give a second term after, tell staff when that passes (Awb articles 4:44 and 4:47)."""

    def test_every_step_comes_once_and_in_order(self, case):
        kept = case.report
        done = []

        for n in range(120):
            kept.refresh_from_db()
            if what := clock.watch_report(kept, kept.due_on - timedelta(days=30) + DAY * n):
                done.append((what, (kept.due_on - timedelta(days=30) + DAY * n - kept.due_on).days))

        kept.refresh_from_db()
        second = (kept.second_due_on - kept.due_on).days
        assert done == [("reminded", -14), ("second_term", 4), ("missed", second + 1)]
        assert second >= 18
        assert is_working_day(kept.second_due_on)

    def test_what_came_is_left_alone(self, case):
        sent(case)

        assert [clock.watch_report(case.report, case.report.due_on + DAY * n) for n in (-10, 10, 40)] == ["", "", ""]

    def test_who_has_no_email_gets_the_reminder_on_paper(self):
        made = ApplicationFactory(granted=True, without_email=True)
        kept = ReportFactory(application=made)

        clock.watch_report(kept, kept.due_on - DAY)

        assert OutboxMessage.objects.get(key__contains="report_reminder").channel == "print"

    def test_the_task_is_safe_to_run_twice(self, case):
        Report.objects.update(due_on=today() + DAY * 3)

        tasks.watch_reports()
        tasks.watch_reports()

        assert len(letters(case, "report_reminder")) == 1


class TestTheSample:
    """Drawn with a seed that is kept, so that anyone can do it again."""

    @pytest.fixture
    def version(self):
        return SchemeVersionFactory(sample_percent=20)

    @pytest.fixture
    def reports(self, version):
        return [
            ReportFactory(
                application=ApplicationFactory(granted=True, scheme_version=version), due_on=today() + DAY * n
            )
            for n in range(1, 11)
        ]

    def draw(self, version, seed="startgetal"):
        return sample.draw_sample(version.scheme, first=today(), last=today() + timedelta(days=45), seed=seed)

    def test_a_fifth_is_drawn_by_the_seed_and_asked_for_receipts(self, version, reports):
        drawn = self.draw(version)

        everyone = sorted(each.application.reference for each in reports)
        chosen = budget.in_drawn_order(everyone, "startgetal")[:2]
        assert (drawn.entered, drawn.drawn, drawn.seed) == (everyone, chosen, "startgetal")
        asked = Report.objects.filter(sampled_at__isnull=False).values_list("application__reference", flat=True)
        assert sorted(asked) == sorted(chosen)
        assert OutboxMessage.objects.filter(key__contains="sampled").count() == 2

    def test_nobody_enters_two_draws(self, version, reports):
        self.draw(version)

        assert self.draw(version, seed="nog een keer") is None
        assert Lottery.objects.count() == 1

    def test_what_came_in_or_asks_receipts_anyway_does_not_enter(self, version):
        with_receipts = ApplicationFactory(granted=True, scheme_version=version)
        ReportFactory(application=with_receipts, mode=AccountabilityMode.RECEIPTS, due_on=today() + DAY)
        came = ApplicationFactory(granted=True, scheme_version=version)
        ReportFactory(application=came, received_on=today(), due_on=today() + DAY)

        assert self.draw(version) is None

    def test_the_monthly_task_draws_for_every_scheme_that_wants_it(self, version, reports):
        tasks.draw_samples()

        assert Lottery.objects.get().scheme == version.scheme

    @pytest.mark.parametrize(
        ("number", "percent", "size"), [(10, 20, 2), (1, 5, 1), (0, 5, 0), (11, 10, 2), (3, 100, 3)]
    )
    def test_the_size_is_rounded_up(self, number, percent, size):
        assert rules.sample_size(number, percent) == size
