"""Which schemes, applications and payments: chainable reads, each named for its purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from shared.accounts.enums import Role
from shared.accounts.policies import has_role, wijken_of
from shared.lifecycle import LifecycleQuerySet
from shared.terms import legal_days
from shared.terms.changes import Outage
from shared.terms.lengths import years
from subsidies.enums import (
    ABOUT_NEIGHBOURS,
    OUTSIDE_THE_GRANT,
    UNDECIDED,
    WAITING_FOR_APPLICANT,
    ObjectionStatus,
    ObjectorRole,
    PaymentStatus,
    RetentionClass,
    Status,
)

if TYPE_CHECKING:
    from shared.accounts.models import User


# What `Application.is_undecided` and `is_to_settle` say of one.
AWAITS_DECISION = Q(status__in=UNDECIDED, decided_at__isnull=True)
AWAITS_SETTLEMENT = Q(
    status__in=[Status.GRANTED, Status.PROPOSED],
    decided_at__isnull=False,
    granted_amount__isnull=False,
    settled_amount__isnull=True,
)

# Decisions of which the letter, with name and address, went to somebody else than the applicant, who objected.
TO_ANOTHER = Q(on_objection__role=ObjectorRole.OTHER)


def retention_over(day: date) -> Q:
    """Closed files that were kept as long as their class says (Selectielijst 2020); people decide what is destroyed."""
    kept = Q(pk__in=())
    for each in RetentionClass:
        kept |= Q(retention_class=each, closed_on__lt=years(each.years).before(day))
    return kept


class SchemeQuerySet(models.QuerySet):
    """Reads of schemes."""

    def open(self, today: date, outages: Sequence[Outage] | None = None) -> Self:
        """Schemes that take applications today; a scheme with rounds only while one is open."""
        known = legal_days.outages() if outages is None else outages
        not_over = Q(valid_to__isnull=True) | legal_days.still_runs("valid_to", today, known)
        in_force = Q(valid_from__lte=today) & not_over
        without_rounds = Q(rounds__isnull=True)
        in_a_round = Q(rounds__opens_on__lte=today) & legal_days.still_runs("rounds__closes_on", today, known)
        return self.public().filter(in_force).filter(without_rounds | in_a_round).distinct()

    def public(self) -> Self:
        """Schemes that have a page: opened, and not closed for good."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


class SchemeVersionQuerySet(models.QuerySet):
    """Reads of the versions of a scheme."""

    def in_force(self, day: date) -> Self:
        """Published versions that hold on this day, newest first: the first one counts."""
        return self.filter(published_at__isnull=False, valid_from__lte=day).order_by("-valid_from", "-number")


class RoundQuerySet(models.QuerySet):
    """Reads of rounds."""

    def not_over(self, day: date, outages: Sequence[Outage] | None = None) -> Self:
        """Rounds that are open on this day or open later; an outage on the last day gives more time (Wmebv)."""
        return self.filter(legal_days.still_runs("closes_on", day, outages))

    def open(self, day: date) -> Self:
        """Rounds that take applications on this day."""
        return self.not_over(day).filter(opens_on__lte=day)


class ApplicationQuerySet(LifecycleQuerySet):
    """Reads of applications."""

    def reviewable_by(self, user: User) -> Self:
        """The applications in the wijken of this coordinator and those assigned to them; for the manager all.

        Who handles an objection or a complaint, or may be the second pair of eyes, reads that file too: often a
        coordinator of elsewhere (Awb articles 10:3(3) and 9:7).
        """
        left = self.filter(destroyed_on__isnull=True)
        if has_role(user, Role.FUNCTIONAL_MANAGER):
            return left
        objections = apps.get_model("subsidies", "Objection").objects
        handled = objections.filter(handler=user)
        if has_role(user, Role.COORDINATOR):
            handled |= objections.waiting_for_second_pair(user)
        objected = Q(pk__in=handled.values("against__application"))
        complaints = apps.get_model("subsidies", "Complaint").objects.filter(handler=user)
        complained = Q(pk__in=complaints.values("application"))
        return left.filter(Q(wijk__in=wijken_of(user)) | Q(owner=user) | objected | complained)

    def of_applicant(self, user: User) -> Self:
        """The applications that this person made; who signed in with an address has shown that it is theirs."""
        unconfirmed = Q(applicant__isnull=True, email__iexact=user.email) & ~Q(email="")
        return self.filter(Q(applicant=user) | unconfirmed)

    def undecided(self) -> Self:
        """Applications on which the legal clock runs, or waits; a later decision can be proposed too."""
        return self.filter(AWAITS_DECISION)

    def to_settle(self) -> Self:
        """Applications of which the amount still has to be set, after a grant."""
        return self.filter(AWAITS_SETTLEMENT)

    def waiting_for_applicant(self) -> Self:
        """Applications that wait for the applicant."""
        return self.filter(status__in=WAITING_FOR_APPLICANT)

    def waiting_for_staff(self) -> Self:
        """Applications on which the municipality has to do something."""
        return self.filter(status__in=[Status.RECEIVED, Status.IN_REVIEW, Status.PROPOSED])

    def decided_between(self, first: datetime, last: datetime) -> Self:
        """Applications on which the first decision was taken between these moments."""
        return self.filter(decided_at__range=(first, last))

    def with_list_of_neighbours(self) -> Self:
        """Applications that still hold names and signatures of neighbours."""
        held = apps.get_model("subsidies", "CaseFile").objects.filter(purpose__in=ABOUT_NEIGHBOURS)
        return self.filter(pk__in=held.values("application"))

    def late(self, today: date) -> Self:
        """Undecided applications whose legal day has passed."""
        return self.undecided().filter(due_legal__lt=today)

    def in_queue_order(self) -> Self:
        """Complete applications in the order in which they share a ceiling."""
        return self.filter(complete_on__isnull=False).order_by("complete_on", F("lot").asc(nulls_last=True), "pk")


class ApplicationDraftQuerySet(models.QuerySet):
    """Reads of unsent applications."""

    def unsent(self) -> Self:
        """Drafts that can still be continued."""
        return self.filter(application__isnull=True)

    def of_email(self, email: str) -> Self:
        """Unsent drafts under this address."""
        return self.unsent().filter(email__iexact=email)

    def idle(self, now: datetime) -> Self:
        """Unsent answers that nobody asked to keep and nobody came back to."""
        return self.unsent().filter(idle_until__lte=now)

    def untouched_since(self, moment: datetime) -> Self:
        """Unsent drafts that were last saved before the moment."""
        return self.unsent().filter(saved_at__lt=moment)


class CeilingQuerySet(models.QuerySet):
    """Reads of ceilings."""

    def locked(self) -> Self:
        """Lock the rows until the end of the transaction: whoever comes second waits."""
        return self.select_for_update(of=("self",))

    def on(self, day: date) -> Self:
        """Ceilings whose period holds this day."""
        return self.filter(period_from__lte=day, period_to__gte=day)


class CaseMessageQuerySet(models.QuerySet):
    """Reads of official messages."""

    def of_applicant(self) -> Self:
        """Without what other interested parties wrote about their objection: that is not the applicant's to read."""
        taken_back = apps.get_model("subsidies", "Objection").objects.from_others().exclude(withdrawal=None)
        return self.exclude(objection__role=ObjectorRole.OTHER).exclude(pk__in=taken_back.values("withdrawal"))


class CaseFileQuerySet(models.QuerySet):
    """Reads of files in a case."""

    def of_applicant(self) -> Self:
        """Without what came with the objection of another interested party, such as a letter with name and address."""
        messages = apps.get_model("subsidies", "CaseMessage").objects.of_applicant()
        return self.filter(Q(message=None) | Q(message__in=messages))


class ObjectionQuerySet(LifecycleQuerySet):
    """Reads of objections."""

    def open(self) -> Self:
        """Objections without a decision."""
        return self.exclude(status__in=[ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN])

    def from_others(self, by_other: bool = True) -> Self:
        """Objections of other interested parties, or those of the applicant's side."""
        return self.filter(role=ObjectorRole.OTHER) if by_other else self.exclude(role=ObjectorRole.OTHER)

    def waiting_for_second_pair(self, user: User) -> Self:
        """Objections with a proposal about a decision in which this person had no part."""
        part = Q(against__decided_by=user) | Q(against__prepared_by=user) | Q(against__application__applicant=user)
        return self.filter(status=ObjectionStatus.PROPOSED).exclude(part)


class ComplaintQuerySet(models.QuerySet):
    """Reads of complaints."""

    def open(self) -> Self:
        """Complaints without an answer."""
        return self.filter(outcome="")

    def answered(self) -> Self:
        """Complaints with an answer, of which it is known who gave it and when."""
        return self.exclude(outcome="").filter(handler__isnull=False, message__answered_at__isnull=False)


class ReportQuerySet(models.QuerySet):
    """Reads of reports."""

    def expected(self) -> Self:
        """Reports that did not come yet, or were sent back; of what was taken back nobody has to tell how it went."""
        return self.filter(received_on__isnull=True, approved_on__isnull=True).exclude(
            application__status=Status.REVOKED
        )

    def late(self, day: date) -> Self:
        """Reports that should have come."""
        return self.expected().filter(Q(due_on__lt=day) & (Q(second_due_on=None) | Q(second_due_on__lt=day)))

    def to_judge(self) -> Self:
        """Reports that came in and wait for us."""
        return self.filter(received_on__isnull=False, approved_on__isnull=True)


class RecoveryQuerySet(models.QuerySet):
    """Reads of money that has to come back."""

    def open(self) -> Self:
        """Recoveries of which not everything came back."""
        return self.filter(received_amount__lt=F("amount") - F("waived_amount"))


class BudgetProvisoQuerySet(models.QuerySet):
    """Reads of grants under a proviso."""

    def open(self) -> Self:
        """Neither invoked nor lapsed."""
        return self.filter(invoked_by__isnull=True, lapsed_on__isnull=True)


class PaymentQuerySet(LifecycleQuerySet):
    """Reads of payments."""

    def of_the_grant(self) -> Self:
        """Payments of the grant itself: no penalty and no interest."""
        return self.exclude(purpose__in=OUTSIDE_THE_GRANT)

    def paid_late(self) -> Self:
        """Paid after the last day, or after a decision that came too late: interest may be due (Awb 4:97-4:102)."""
        after_the_day = Q(credited_on__gt=F("due_on"))
        last_days = ("application__due_legal", "application__settle_due_legal")
        decided, settled = (Q(decision__notified_on__gt=F(name)) for name in last_days)
        paid = self.filter(status=PaymentStatus.PAID).exclude(purpose="interest")
        return paid.filter(after_the_day | decided | settled)

    def ready(self) -> Self:
        """Payments that can go into a batch."""
        return self.filter(status=PaymentStatus.READY)

    def unpaid(self) -> Self:
        """Payments of which the term runs."""
        return self.exclude(status__in=[PaymentStatus.PAID, PaymentStatus.RETURNED, PaymentStatus.CANCELLED])
