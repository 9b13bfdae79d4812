"""Working together on the start page: what waits for me, what is new on the board, what goes on."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.blocks import Block
from partners.cards.together import action_row, finding_row, walk_row
from partners.enums.walks import WalkStatus
from partners.models import ActionStep, Finding, JointAction, Notice, Walk
from partners.policies.organisations import organisations_of
from partners.policies.people import affiliations
from partners.policies.together import departments_of, readable_wijken_of
from shared.accounts.models import User
from shared.terms.calendar import days_left_in_words
from shared.wijken.models import Wijk
from shared.wijken.querysets import AreaQuerySet

MOST = 5


def waiting(user: User, wijken: list[Wijk]) -> Block | None:
    """Steps that I have to take, and findings that were given to me."""
    today = timezone.localdate()
    steps = ActionStep.objects.to_do().of(user).select_related("action__wijk").order_by("due_on", "pk")[:MOST]
    mine = Finding.objects.open().assigned_to(partners=organisations_of(user), departments=departments_of(user))
    findings = [finding_row(finding) for finding in mine.for_list()[:MOST]]
    rows = [(step, days_left_in_words(step.due_on, today) if step.due_on else "") for step in steps]
    if not rows and not findings:
        return None
    return Block(_("Dit wacht op u"), "partners/blocks/waiting.html", {"steps": rows, "findings": findings}, 12)


def board(user: User, wijken: list[Wijk]) -> Block | None:
    """What is new on the noticeboard."""
    here = _here(user, wijken)
    unread = Notice.objects.within(here).unread_by(user).select_related("author", "wijk").order_by("-posted_at", "-pk")
    newest = list(unread[:MOST])
    works_for = affiliations([notice.author for notice in newest])
    notices = [(notice, works_for.get(notice.author_id, "")) for notice in newest]
    return Block(_("Prikbord"), "partners/blocks/board.html", {"notices": notices, "unread": unread.count()}, 20)


def going_on(user: User, wijken: list[Wijk]) -> Block | None:
    """Actions that I take part in, and the walks that come."""
    here = _here(user, wijken)
    own = Q(owner=user) | Q(partners__in=organisations_of(user))
    actions = JointAction.objects.open().within(here).filter(own).distinct().for_list().by_urgency()[:MOST]
    coming = (WalkStatus.PLANNED, WalkStatus.UNDERWAY)
    walks = Walk.objects.within(here).filter(status__in=coming).for_list().order_by("starts_at", "pk")[:MOST]
    rows = [*map(walk_row, walks), *map(action_row, actions)]
    return Block(_("Samen bezig"), "partners/blocks/going_on.html", {"rows": rows}, 40)


def _here(user: User, wijken: list[Wijk]) -> AreaQuerySet:
    """The wijken that the page is about; for who acts in none of their own, such as an ambassador, all they read of."""
    readable = readable_wijken_of(user)
    return readable.filter(pk__in=[wijk.pk for wijk in wijken]) if wijken else readable
