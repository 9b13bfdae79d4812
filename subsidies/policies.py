"""Who may do what with an application, a payment or an objection: the same answers for views, admin and templates."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role, roles_of
from subsidies.enums import ObjectionStatus, Outcome, Status
from subsidies.models import Application, Complaint, Decision, Mandate, Objection, PaymentBatch


def may_review(user: User, application: Application) -> bool:
    """The coordinator of the wijk, who the file was assigned to, and the functional manager."""
    return (
        has_role(user, Role.FUNCTIONAL_MANAGER)
        or has_role(user, Role.COORDINATOR, wijk=application.wijk)
        or (has_role(user, Role.COORDINATOR) and application.owner_id == user.pk)
    )


def may_export_personal_data(user: User) -> bool:
    """An export may hold names and addresses only for who reviews."""
    return user.has_perm("subsidies.export_personal_data")


def is_applicant(user: User, application: Application) -> bool:
    """The person who asked, known by a confirmed e-mail address."""
    return user.is_authenticated and application.applicant_id == user.pk


def may_withdraw(application: Application) -> bool:
    """An application can be taken back as long as nothing has been decided."""
    return application.is_undecided and application.can_move_to(Status.WITHDRAWN)


def may_decide(user: User, application: Application) -> bool:
    """Who reviews this case and may decide at all; never the applicant (Awb article 2:4). The mandate says how much."""
    return (
        user.has_perm("subsidies.decide_application")
        and may_review(user, application)
        and not is_applicant(user, application)
    )


def mandates_of(user: User, application: Application, on: date) -> list[Mandate]:
    """The rows of the register under which this person may decide on this case that day, the smallest first."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    for_this_scheme = Q(scheme=None) | Q(scheme=application.scheme_id)
    theirs = Q(user=user) | Q(user=None, role__in=sorted(roles_of(user)))
    found = Mandate.objects.filter(in_force & for_this_scheme & theirs)
    return list(found.order_by("maximum_amount", "pk"))


def mandate_for(user: User, application: Application, amount: Decimal, on: date) -> Mandate | None:
    """The smallest mandate that is enough for this amount; None when this person may not decide it (Awb title 10.1)."""
    if not may_decide(user, application):
        return None
    return next((each for each in mandates_of(user, application, on) if each.maximum_amount >= amount), None)


def may_handle_objection(user: User, objection: Objection) -> bool:
    """Someone who reviews, but who neither decided nor prepared it (Awb article 10:3(3)), nor objected (2:4)."""
    decision = objection.against
    if user.pk in (decision.decided_by_id, decision.prepared_by_id) or is_applicant(user, decision.application):
        return False
    return has_role(user, Role.FUNCTIONAL_MANAGER) or has_role(user, Role.COORDINATOR)


def may_handle_complaint(user: User, complaint: Complaint) -> bool:
    """Who reviews, and had no part in this case (Awb article 9:7): no handler, decider or writer of an answer."""
    application = complaint.application
    part = Q(decided_by=user) | Q(prepared_by=user)
    if user.pk == application.owner_id or is_applicant(user, application):
        return False
    if application.decisions.filter(part).exists() or application.replies.filter(author=user).exists():
        return False
    return has_role(user, Role.FUNCTIONAL_MANAGER) or has_role(user, Role.COORDINATOR)


def may_answer_complaint(user: User, complaint: Complaint) -> bool:
    """Who handles it, and a manager who was not involved."""
    mine = complaint.handler_id == user.pk or has_role(user, Role.FUNCTIONAL_MANAGER)
    return mine and may_handle_complaint(user, complaint)


def open_to_objection(application: Application, on: date, *, by_other: bool = False) -> Decision | None:
    """The decision that an objection of this day is against: the newest, or an earlier one whose term still runs.

    `by_other` is for who is neither the applicant nor acts for the applicant: each side has its own objection.

    Against a decision on an objection there is only an appeal (Awb article 7:1).
    """
    newest_first = application.decisions.order_by("-decided_at", "-pk")
    taken = Decision.listed(newest_first.defer("letter", "letter_html", "letter_text"))
    standing = Objection.objects.exclude(status=ObjectionStatus.WITHDRAWN).filter(against__application=application)
    standing = standing.from_others(by_other)
    answered = set(standing.values_list("against", flat=True))
    may = (
        each
        for each in taken
        if each.pk not in answered and each.outcome != Outcome.OBJECTION and each.last_day_to_object >= on
    )
    return next(may, taken[0] if taken else None)


def may_see_iban(user: User) -> bool:
    """Finance pays; everyone else sees the last four signs."""
    return has_role(user, Role.FINANCE)


def may_watch_payments(user: User) -> bool:
    """Finance works with payments; the functional manager sees them, with the last four signs of an account."""
    return has_role(user, Role.FINANCE) or has_role(user, Role.FUNCTIONAL_MANAGER)


def may_pay(user: User) -> bool:
    """Take a step with a payment or a file for the bank."""
    return user.has_perm("subsidies.change_payment")


def may_release(user: User, batch: PaymentBatch) -> bool:
    """A second person of finance."""
    return has_role(user, Role.FINANCE) and batch.made_by_id != user.pk


def may_show_result(application: Application) -> bool:
    """The applicant agreed, the scheme wants it, and the plan itself is on the website."""
    initiative = application.initiative
    published = initiative is not None and initiative.published_at is not None
    return application.shows_result and application.scheme_version.publish_result and published
