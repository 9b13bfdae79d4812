"""What every step does: lock the moment, write to the people around it, and refresh what the public sees."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from participation.moments import letters
from participation.moments.calendar import calendar_event
from participation.moments.models import Moment, SignUp
from participation.moments.policies import may_organise
from participation.workflow.case import lead_of, refuse_if
from shared.accounts.models import User
from shared.calendar_file import CONTENT_TYPE, calendar_file
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Attachment, Recipient
from shared.ui import page_cache

CATEGORY = "moments"


def lock(moment: Moment, version: int | None = None) -> Moment:
    """Lock the row and give its newest state: people who sign up at the same time wait for each other here.

    Raises:
        StaleVersion: someone else changed the moment first.
    """
    locked: Moment = Moment.objects.locked().select_related("project", "feedback").get(pk=moment.pk)
    locked.check_version(version)
    return locked


def lock_to_organise(moment: Moment, by: User, version: int | None = None) -> Moment:
    """Lock the row for somebody who works on the project.

    Raises:
        StaleVersion: someone else changed the moment first.
        WorkflowError: this person does not work on the project.
    """
    locked = lock(moment, version)
    refuse_if("" if may_organise(by, locked.project) else _("U werkt niet aan dit project."))
    return locked


def tell(sign_up: SignUp, letter: Letter, name: str, *, about_call: str = "", with_date: bool = False) -> None:
    """Write to somebody who signed up; who has only a phone number is called by the project, when there is news."""
    if sign_up.email:
        outbox.enqueue(
            letter,
            to=letters.person(sign_up),
            key=f"moments.{name}:{sign_up.pk}:{sign_up.moment.version}",
            category=CATEGORY,
            about=sign_up.moment,
            attachments=[date_of(sign_up.moment)] if with_date else (),
        )
    elif about_call:
        have_called(sign_up, about_call, name)


def have_called(sign_up: SignUp, news: str, name: str) -> None:
    """Ask who works on the project to call somebody without an e-mail address, with this news."""
    for user in lead_of(sign_up.moment.project):
        outbox.enqueue(
            letters.call(sign_up, moment_moved=news),
            to=Recipient(name=user.name, email=user.email),
            key=f"moments.call.{name}:{sign_up.pk}:{sign_up.moment.version}:{user.pk}",
            category=CATEGORY,
            about=sign_up.moment,
        )


def tell_all(
    sign_ups: Iterable[SignUp], moment: Moment, write: Callable[[SignUp], Letter], name: str, *, about_call: str
) -> None:
    """Write the same kind of letter to each of these people, with the date for their calendar."""
    for sign_up in sign_ups:
        sign_up.moment = moment
        tell(sign_up, write(sign_up), name, about_call=about_call, with_date=True)


def date_of(moment: Moment) -> Attachment:
    """The moment as a file for a calendar."""
    return Attachment("agenda.ics", CONTENT_TYPE, calendar_file([calendar_event(moment)]))


def refresh_public_pages(moment: Moment) -> None:
    """Let go of the kept public pages when this moment is on them."""
    if moment.is_public:
        page_cache.touch()
