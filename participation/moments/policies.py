"""Who may do what with a moment, and what is possible now: the same answers for views, admin and templates.

Each `why_not` says in one sentence why a step is not possible now, or nothing.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from participation.enums import CheckStatus
from participation.models import ParticipationCheck, Project
from participation.moments.enums import ContributionStatus, SignUpStatus, Status
from participation.moments.models import Moment, SignUp
from participation.policies import may_work_on
from shared.accounts.policies import Visitor


def may_organise(user: Visitor, project: Project) -> bool:
    """Plan and run moments: whoever may work on the project."""
    return may_work_on(user, project)


def why_not_move(moment: Moment, status: str) -> str:
    """Why it cannot get this status now."""
    if moment.can_move_to(status):
        return ""
    return _("Kan niet vanuit de status “%(status)s”.") % {"status": moment.get_status_display()}


def why_not_change(moment: Moment, now: datetime | None = None) -> str:
    """Why its day, place and questions cannot be changed now: what is over does not move to another day.

    An evening in progress stays as it is; what takes days can still be lengthened, or its question made clearer.
    """
    now = now or timezone.now()
    if moment.status == Status.DRAFT:
        return ""
    if moment.status != Status.ANNOUNCED or moment.ends_at <= now:
        return _("Het moment is al geweest, of gaat niet door.")
    if moment.starts_at <= now and moment.is_one_day:
        return _("Het moment is nu bezig. Leg daarna vast hoe het ging.")
    return ""


def why_not_begin_at(moment: Moment, starts_at: datetime, now: datetime | None = None) -> str:
    """Why it cannot begin at another time: people are taking part already."""
    same = starts_at == moment.starts_at.replace(second=0, microsecond=0) or starts_at == moment.starts_at
    if moment.status == Status.DRAFT or moment.starts_at > (now or timezone.now()) or same:
        return ""
    return _("Het moment is al begonnen. Het begin kan niet meer veranderen, het einde wel.")


def why_not_announce(moment: Moment, now: datetime | None = None) -> str:
    """Why people cannot be invited now."""
    if refusal := why_not_move(moment, Status.ANNOUNCED):
        return refusal
    if not moment.project.is_active:
        return _("Het project is %(status)s.") % {"status": moment.project.get_status_display().lower()}
    if not moment.project.is_published:
        return _("Zet eerst het project op de website.")
    if moment.ends_at <= (now or timezone.now()):
        return _("Het moment ligt in het verleden. Wijzig eerst de dag.")
    return ""


def why_not_hold(moment: Moment, now: datetime | None = None) -> str:
    """Why it has not taken place yet."""
    if refusal := why_not_move(moment, Status.HELD):
        return refusal
    if moment.starts_at > (now or timezone.now()):
        return _("Het moment moet nog beginnen.")
    return ""


def why_not_call_off(moment: Moment, now: datetime | None = None) -> str:
    """Why nobody can say now that it does not take place: people who took part hear what is done with it."""
    if (refusal := why_not_move(moment, Status.CANCELLED)) or moment.status == Status.DRAFT:
        return refusal
    if moment.starts_at <= (now or timezone.now()):
        return _("Het moment is al begonnen. Leg vast dat het is geweest, en vertel de deelnemers wat u hoorde.")
    # When the whole project stops, its end is the answer to what people said.
    if moment.project.is_active and moment.contributions.exclude(status=ContributionStatus.HIDDEN).exists():
        return _("Mensen dachten al mee, en horen van u wat u ermee doet. Kies bij “Wijzigen” een andere dag of plek.")
    return ""


def why_not_feed_back(moment: Moment, now: datetime | None = None) -> str:
    """Why people cannot be told now what is done with what they said: never while more can come in."""
    if moment.status != Status.HELD:
        return _("Dit kan als het moment is geweest.")
    if hasattr(moment, "feedback"):
        return _("De terugkoppeling is al verstuurd.")
    if why_not_contribute(moment, now):
        return ""
    last = format_date(timezone.localtime(moment.last_contribution), "j F Y, H:i")
    return _("Mensen kunnen nog online meedenken tot %(last)s uur. Koppel daarna terug.") % {"last": last}


def why_not_close(moment: Moment) -> str:
    """Why it cannot be closed now: never before everybody heard what is done with what they said."""
    if refusal := why_not_move(moment, Status.CLOSED):
        return refusal
    if not hasattr(moment, "feedback"):
        return _("Vertel eerst aan de deelnemers wat u hoorde, wat u ermee doet, en wat niet en waarom.")
    return ""


def why_not_sign_up(moment: Moment, now: datetime | None = None) -> str:
    """Why nobody can sign up now; a full moment has a waiting list."""
    if moment.status == Status.CANCELLED:
        return _("Dit moment gaat niet door.")
    if moment.status != Status.ANNOUNCED or not moment.project.is_published:
        return _("U kunt zich voor dit moment niet aanmelden.")
    if not moment.takes_sign_ups:
        return _("Aanmelden is niet nodig. U kunt zo meedoen.")
    last = moment.sign_up_until or moment.starts_at
    return (
        _("U kunt zich niet meer aanmelden. Bel ons als u toch wilt komen.") if last <= (now or timezone.now()) else ""
    )


def why_not_enter(moment: Moment) -> str:
    """Why staff cannot sign somebody up now; by phone it is possible until it begins."""
    if moment.status != Status.ANNOUNCED or not moment.takes_sign_ups:
        return _("Voor dit moment kan niemand zich aanmelden.")
    return ""


def why_not_contribute(moment: Moment, now: datetime | None = None) -> str:
    """Why nobody can say online what they think now: what comes after the feedback would never be answered."""
    is_open = moment.status in (Status.ANNOUNCED, Status.HELD) and moment.project.is_active
    if not is_open or not moment.takes_contributions or hasattr(moment, "feedback"):
        return _("U kunt hier niet (meer) online meedenken.")
    if moment.last_contribution <= (now or timezone.now()):
        return _("Online meedenken is voorbij. Wij kijken nu naar alle inbreng.")
    return ""


def why_not_cancel(sign_up: SignUp) -> str:
    """Why this person cannot sign off any more."""
    if sign_up.status == SignUpStatus.CANCELLED:
        return _("U was al afgemeld.")
    return _("Dit moment is al geweest.") if sign_up.moment.status != Status.ANNOUNCED else ""


def why_not_evaluate(check: ParticipationCheck) -> str:
    """Why the participation cannot be looked back on now."""
    if hasattr(check, "evaluation"):
        return _("De participatie is al geëvalueerd.")
    if check.status != CheckStatus.FED_BACK:
        return _("Dit kan als alle deelnemers hebben gehoord wat er met hun inbreng gebeurt.")
    return ""
