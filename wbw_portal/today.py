"""Vandaag: the start page of who reviews. What waits for me with its next step in place, and what waits for others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from ambassadors.policies import is_ambassador, may_use_board
from initiatives.admin.selection import worklist
from initiatives.admin.steps import PAGES
from initiatives.enums import CLOSED, UNANSWERED, WAITING_FOR_STAFF, Status
from initiatives.models import Initiative
from initiatives.policies import Step
from initiatives.querysets import InitiativeQuerySet
from initiatives.worklist import Due, due, late_first
from partners.policies.organisations import network_wijken_of
from partners.policies.together import takes_part
from shared.accounts.enums import Role
from shared.accounts.models import Absence, User
from shared.accounts.policies import has_role, roles_of
from shared.notifications.models import OutboxMessage
from shared.notifications.policies import readable_by
from shared.notifications.rehearsal import NO_LETTERS
from shared.review.desk import BACK, TODAY
from shared.terms.calendar import today
from wbw_portal import (
    today_ahead,
    today_ambassadors,
    today_applications,
    today_matches,
    today_payments,
    today_projects,
    today_together,
)
from wbw_portal.reports import READERS
from wbw_portal.today_parts import MOST_ROWS, Action, Part, Row

WAITING_FOR_ME = (Status.RECEIVED, Status.IN_REVIEW)


@dataclass(frozen=True)
class Tool:
    """A page beside the lists that the admin knows."""

    label: str
    url: str


def context(request: HttpRequest) -> dict[str, Any]:
    """What the start page shows this person; who reviews nothing sees only the list of what they may manage."""
    user = request.user
    if not user.has_perm("initiatives.review_initiative"):
        nothing = {"parts": [], "failed": [], "figures": {}, "coming": [], "reviews": False, "matches": None}
        own = {**nothing, "day": today(), "tools": tools(user), "payments": today_payments.todo(user)}
        projects = today_projects.context(request)
        return own | projects | {"together": today_together.waiting(user)} | today_ambassadors.context(request)
    cases = worklist(user)
    away = {absence.user_id: str(absence.user) for absence in Absence.objects.active().select_related("user")}
    return {
        "day": today(),
        "reviews": True,
        "payments": today_payments.todo(user),
        "coming": today_ahead.coming(user),
        "tools": tools(user),
        "figures": figures(cases),
        "together": today_together.waiting(user),
        "parts": [
            *(_part(rows, user, away) for rows in _lists(cases, user, away)),
            *today_applications.parts(user, away),
        ],
        "matches": today_matches.waiting(user),
        "failed": _failed(user),
        "failed_url": reverse("admin:notifications_outboxmessage_changelist") + "?status__exact=failed",
        "no_letters": NO_LETTERS,
        **today_ambassadors.context(request),
        **today_projects.context(request),
    }


def tools(user: User) -> list[Tool]:
    """Pages for staff that are no list of records."""
    reports = [Tool(_("Rapportages"), reverse("reports"))] if roles_of(user) & set(READERS) else []
    if may_use_board(user):
        reports.append(Tool(_("Ambassadeurs"), reverse("admin:ambassadors_board")))
    if may_use_board(user) or is_ambassador(user):
        reports.append(Tool(_("Contact met afdelingen"), reverse("admin:ambassadors_contacts")))
    own = [Tool(_("Werkt het portaal?"), reverse("health")), Tool(_("Uw tweede controle"), reverse("mfa_index"))]
    network = [Tool(_("Samen in de wijk"), reverse("partners:start"))] if takes_part(user) else []
    for wijk in network_wijken_of(user).without_geometry().order_by("code") if network else ():
        label = _("Alles over %(wijk)s") % {"wijk": wijk.short_name}
        network.append(Tool(label, reverse("own_wijk", args=[wijk.slug])))
    return reports + network + own


def figures(cases: InitiativeQuerySet) -> dict[str, int]:
    """The numbers on top, in one query."""
    late = Q(status__in=UNANSWERED, answered_at__isnull=True, respond_by__lt=today())
    return cases.order_by().aggregate(
        open=Count("pk", filter=~Q(status__in=CLOSED)),
        unassigned=Count("pk", filter=~Q(status__in=CLOSED) & Q(owner__isnull=True)),
        late=Count("pk", filter=late),
        to_answer=Count("pk", filter=Q(status__in=WAITING_FOR_STAFF)),
    )


@dataclass(frozen=True)
class _List:
    name: str
    heading: str
    empty: str
    cases: InitiativeQuerySet
    filters: str


def _lists(cases: InitiativeQuerySet, user: User, away: dict[int, str]) -> Iterable[_List]:
    """Each case stands in one list only."""
    mine = cases if has_role(user, Role.FUNCTIONAL_MANAGER) else cases.filter(_on_my_desk(user, away))
    unread = mine.filter(unread_since__isnull=False).exclude(status__in=WAITING_FOR_STAFF)
    yield _List(
        "wacht-op-mij",
        _("Wacht op mij"),
        _("Er wacht geen idee op u."),
        mine.filter(status__in=WAITING_FOR_ME).order_by(*late_first()),
        "status=open",
    )
    yield _List(
        "ongelezen",
        _("Ongelezen berichten"),
        _("Alle berichten zijn gelezen."),
        unread.order_by("unread_since", "pk"),
        "bericht=ongelezen",
    )
    yield _List(
        "eerst-bekijken",
        _("Eerst bekijken"),
        _("Er is niets tegengehouden."),
        mine.filter(status=Status.SCREENING).order_by("submitted_at", "pk"),
        f"status={Status.SCREENING}",
    )
    yield _List(
        "wacht-op-anderen",
        _("Wacht op anderen"),
        _("U wacht op niemand."),
        _asked(mine.filter(status=Status.QUESTION, unread_since__isnull=True)),
        f"status={Status.QUESTION}",
    )
    yield _List(
        "niet-bevestigd",
        _("Nog niet bevestigd"),
        _("Alle e-mailadressen zijn bevestigd."),
        mine.filter(status=Status.UNCONFIRMED).order_by("submitted_at", "pk"),
        f"status={Status.UNCONFIRMED}",
    )


def _asked(cases: InitiativeQuerySet) -> InitiativeQuerySet:
    """With the day of the last question; who waits longest comes first."""
    last = Max("messages__sent_at", filter=Q(messages__is_question=True))
    return cases.annotate(asked_at=last).order_by("asked_at", "pk")


def _on_my_desk(user: User, away: dict[int, str]) -> Q:
    """Mine, nobody's, and those of colleagues who are away: somebody has to take them over."""
    return Q(owner=user) | Q(owner__isnull=True) | Q(owner__in=away)


def _part(rows: _List, user: User, away: dict[int, str]) -> Part:
    cases = list(rows.cases.select_related("wijk", "owner")[: MOST_ROWS + 1])
    total = len(cases) if len(cases) <= MOST_ROWS else rows.cases.count()
    return Part(
        name=rows.name,
        heading=rows.heading,
        empty=rows.empty,
        rows=tuple(_row(case, user, away) for case in cases[:MOST_ROWS]),
        total=total,
        more_url=reverse("admin:initiatives_initiative_changelist") + f"?{rows.filters}" if total > MOST_ROWS else "",
    )


def _row(case: Initiative, user: User, away: dict[int, str]) -> Row:
    absent = away.get(case.owner_id or 0, "") if case.owner_id != user.pk else ""
    actions = (_take_over(case, user),) if absent else ()
    return Row(
        case=case,
        due=_due(case),
        url=reverse("admin:initiatives_initiative_change", args=[case.pk]),
        actions=(*actions, _next(case)),
        away=absent,
    )


def _due(case: Initiative) -> Due:
    """The promise that runs; for what waits for somebody else, since when."""
    if case.status in WAITING_FOR_STAFF:
        return due(case, today())
    since = case.unread_since or getattr(case, "asked_at", None) or case.submitted_at
    return Due(_("sinds %(day)s") % {"day": date_format(timezone.localtime(since), "j F")}, "kept")


def _next(case: Initiative) -> Action:
    """The step that this case asks for."""
    if case.status == Status.RECEIVED:
        return Action(PAGES[Step.TAKE_UP].title, _step(case, Step.TAKE_UP), posts=True, version=case.version)
    if case.unread_since and case.status not in WAITING_FOR_STAFF:
        return Action(_("Antwoorden"), _step(case, Step.MESSAGE))
    if case.status == Status.UNCONFIRMED:
        return Action(PAGES[Step.CONFIRM_BY_PHONE].title, _step(case, Step.CONFIRM_BY_PHONE))
    labels = {Status.IN_REVIEW: _("Beoordelen"), Status.SCREENING: _("Bekijken")}
    label = labels.get(Status(case.status), _("Openen"))
    return Action(label, reverse("admin:initiatives_initiative_change", args=[case.pk]))


def _take_over(case: Initiative, user: User) -> Action:
    return Action(_("Neem over"), _step(case, Step.ASSIGN), posts=True, version=case.version, to=user.pk)


def _step(case: Initiative, step: Step) -> str:
    address = reverse("admin:initiatives_initiative_step", args=[case.pk, PAGES[step].slug])
    return f"{address}?{BACK}={TODAY}"


def _failed(user: User) -> list[OutboxMessage]:
    """Messages that did not leave, with the reason in words."""
    messages = readable_by(user).failed().defer("text", "html", "blocks")
    return list(messages.order_by("-created_at", "-pk")[:MOST_ROWS])
