"""Signals: what somebody notices in the neighbourhood. A theme and a place, never a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignalStatus(TextChoices):
    """What became of a signal."""

    NEW = "new", _("Nieuw")
    SEEN = "seen", _("Bekeken")
    ACTION = "action", _("Wordt een actie")
    HANDLED = "handled", _("Afgehandeld")
    LAPSED = "lapsed", _("Vervallen")


class SignalSource(TextChoices):
    """Who noticed it."""

    PARTNER = "partner", _("wijkpartner")
    COORDINATOR = "coordinator", _("wijkcoördinator")
    AMBASSADOR = "ambassador", _("ambassadeur")
    WALK = "walk", _("wijkschouw")


TRANSITIONS: dict[str, set[str]] = {
    SignalStatus.NEW: {SignalStatus.SEEN, SignalStatus.ACTION, SignalStatus.HANDLED, SignalStatus.LAPSED},
    SignalStatus.SEEN: {SignalStatus.ACTION, SignalStatus.HANDLED, SignalStatus.LAPSED},
    SignalStatus.ACTION: {SignalStatus.HANDLED, SignalStatus.SEEN},
    SignalStatus.HANDLED: {SignalStatus.SEEN},
    SignalStatus.LAPSED: {SignalStatus.SEEN},
}

OPEN = (SignalStatus.NEW, SignalStatus.SEEN, SignalStatus.ACTION)

ACTION_LABELS = {
    "partners.signal_noted": _("Signaal gemeld"),
    "partners.signal_seen": _("Signaal bekeken"),
    "partners.signal_became_action": _("Signaal wordt een actie"),
    "partners.signal_handled": _("Signaal afgehandeld"),
    "partners.signal_lapsed": _("Signaal vervallen"),
    "partners.signal_reopened": _("Signaal opnieuw bekeken"),
    "partners.signal_published": _("Signaal op de website gezet"),
    "partners.signal_withdrawn": _("Signaal van de website gehaald"),
    "partners.words_taken_out": _("Persoonsgegevens weggehaald"),
}
