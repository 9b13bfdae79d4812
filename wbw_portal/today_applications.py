"""The applications on Vandaag: too late, waiting for me, for a second pair of eyes, or for somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OrderBy, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.worklist import Due
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.review.desk import BACK, TODAY
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies.admin.selection import worklist
from subsidies.enums import WAITING_FOR_APPLICANT, Status
from subsidies.models import Application, Proposal, Report
from subsidies.querysets import AWAITS_DECISION, ApplicationQuerySet
from subsidies.worklist import SOON, can_be_put_aside, due, most_urgent_first, put_aside
from wbw_portal.today_parts import MOST_ROWS, Action, Part, Row

ASIDE = "aanvragen-buiten-behandeling"


@dataclass(frozen=True)
class _List:
    name: str
    heading: str
    cases: ApplicationQuerySet
    filters: str


def parts(user: User, away: dict[int, str]) -> list[Part]:
    """The lists of this person; `away` are the colleagues who are absent."""
    if not user.has_perm("subsidies.review_application"):
        return []
    return [_part(rows, user, away) for rows in _lists(user, away)]


def _lists(user: User, away: dict[int, str]) -> Iterator[_List]:
    """Each case stands in one list only."""
    own_proposal = Exists(Proposal.objects.filter(application=OuterRef("pk"), closed_at__isnull=True, proposed_by=user))
    to_judge = Exists(Report.objects.to_judge().filter(application=OuterRef("pk")))
    cases = worklist(user).annotate(own_proposal=own_proposal, has_report=to_judge)
    on_my_desk = Q(owner=user) | Q(owner__isnull=True) | Q(owner__in=away)
    mine = cases if has_role(user, Role.FUNCTIONAL_MANAGER) else cases.filter(on_my_desk)
    late, in_time = Q(open_due__lt=today()), Q(open_due__gte=today())
    undecided, not_late = AWAITS_DECISION & in_time, Q(open_due__isnull=True) | in_time
    # A proposal of a colleague waits for everybody who may look at it, whoever owns the case.
    for_second = Q(status=Status.PROPOSED, own_proposal=False)
    asked_others = Q(status__in=WAITING_FOR_APPLICANT) | Q(asks_advice=True) | Q(is_suspended=True)
    others = asked_others | Q(status=Status.PROPOSED, own_proposal=True)
    # The clock runs on during a hearing or advice: near the legal day the case is ours again.
    for_others = others & (Q(is_suspended=True) | Q(due_safe__gte=today() + timedelta(days=SOON)))
    aside = can_be_put_aside(today())
    yield _List("aanvragen-te-laat", _("Aanvragen: te laat"), mine.filter(late), "termijn=te-laat")
    yield _List(
        "aanvragen-tweede-paar-ogen",
        _("Aanvragen: wacht op een tweede paar ogen"),
        cases.filter(in_time & for_second),
        f"status={Status.PROPOSED}",
    )
    yield _List(
        ASIDE,
        _("Aanvragen: niet aangevuld, buiten behandeling stellen kan nog"),
        mine.filter(in_time & aside).exclude(asks_advice=True),
        "termijn=buiten-behandeling",
    )
    yield _List(
        "aanvragen-wacht-op-mij",
        _("Aanvragen: wacht op mij"),
        mine.filter(undecided).exclude(for_second).exclude(for_others).exclude(aside & Q(asks_advice=False)),
        "wacht=ons",
    )
    yield _List(
        "aanvragen-ongelezen",
        _("Aanvragen: ongelezen berichten na het besluit"),
        mine.filter(not_late, unread_since__isnull=False, has_report=False).exclude(AWAITS_DECISION),
        "bericht=ongelezen",
    )
    yield _List(
        "aanvragen-verslag-beoordelen",
        _("Aanvragen: verslag te beoordelen"),
        mine.filter(not_late, has_report=True),
        "verslag=beoordelen",
    )
    yield _List(
        "aanvragen-vaststellen",
        _("Aanvragen: vast te stellen"),
        mine.filter(in_time, settles_now=True, has_report=False, unread_since=None).exclude(status=Status.PROPOSED),
        "verslag=vaststellen",
    )
    yield _List(
        "aanvragen-verslag-te-laat",
        _("Aanvragen: geen verslag gekregen, ook niet na de herinnering"),
        mine.filter(not_late, pk__in=Report.objects.filter(missed_at__isnull=False).expected().values("application")),
        "verslag=te-laat",
    )
    yield _List(
        "aanvragen-wacht-op-anderen",
        _("Aanvragen: wacht op anderen"),
        mine.filter(undecided & for_others).exclude(for_second),
        "wacht=aanvrager",
    )


def _part(rows: _List, user: User, away: dict[int, str]) -> Part:
    order: list[OrderBy] = most_urgent_first()
    cases = list(rows.cases.select_related("wijk", "owner").order_by(*order)[: MOST_ROWS + 1])
    total = len(cases) if len(cases) <= MOST_ROWS else rows.cases.count()
    address = reverse("admin:subsidies_application_changelist")
    return Part(
        name=rows.name,
        heading=rows.heading,
        empty="",
        rows=tuple(_row(case, user, away, _due(rows, case)) for case in cases[:MOST_ROWS]),
        total=total,
        more_url=f"{address}?{rows.filters}" if total > MOST_ROWS else "",
    )


def _due(rows: _List, case: Application) -> Due:
    """Which day counts: that of the decision, or the last one to leave the application unprocessed."""
    ended_on = getattr(case, "completion_ended_on", None)
    if rows.name == ASIDE and ended_on:
        return put_aside(ended_on, today(), legal_days.calendar())
    return due(case, today())


def _row(case: Application, user: User, away: dict[int, str], left: Due) -> Row:
    absent = away.get(case.owner_id or 0, "") if case.owner_id != user.pk else ""
    take_over = Action(_("Neem over"), _step(case, "toewijzen"), posts=True, version=case.version, to=user.pk)
    return Row(
        case=case,
        due=left,
        url=reverse("admin:subsidies_application_change", args=[case.pk]),
        actions=(*((take_over,) if absent else ()), _next(case)),
        away=absent,
    )


def _next(case: Application) -> Action:
    """The step that this case asks for."""
    if case.status == Status.RECEIVED:
        return Action(_("Oppakken"), _step(case, "oppakken"), posts=True, version=case.version)
    if getattr(case, "has_report", False):
        return Action(_("Beoordelen"), _step(case, "verslag-goedkeuren"))
    if case.unread_since:
        return Action(_("Antwoorden"), _step(case, "bericht"))
    labels = {Status.IN_REVIEW: _("Behandelen"), Status.PROPOSED: _("Bekijken")}
    label = labels.get(Status(case.status), _("Openen"))
    return Action(label, reverse("admin:subsidies_application_change", args=[case.pk]))


def _step(case: Application, slug: str) -> str:
    address = reverse("admin:subsidies_application_step", args=[case.pk, slug])
    return f"{address}?{BACK}={TODAY}"
