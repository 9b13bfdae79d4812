"""What a request for advice can be: its statuses with the allowed steps, and the answers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AdviceStatus(TextChoices):
    """Where a request stands. Of `UNANSWERED` the last day passed in silence, which stays on record."""

    ASKED = "asked", _("gevraagd")
    UNANSWERED = "unanswered", _("geen antwoord op tijd")
    ANSWERED = "answered", _("beantwoord")
    REVOKED = "revoked", _("ingetrokken")
    OVERTAKEN = "overtaken", _("niet meer nodig")
    HANDED_BACK = "handed_back", _("teruggegeven")


class AdviceVerdict(TextChoices):
    """What an adviser says."""

    NO_OBJECTION = "no_objection", _("geen bezwaar")
    CONCERN = "concern", _("aandachtspunt")
    RATHER_NOT = "rather_not", _("liever niet")


# Somebody still has to answer; late is better than never, until the case is decided.
OPEN = (AdviceStatus.ASKED, AdviceStatus.UNANSWERED)

TRANSITIONS: dict[str, set[str]] = {
    AdviceStatus.ASKED: {
        AdviceStatus.UNANSWERED,
        AdviceStatus.ANSWERED,
        AdviceStatus.REVOKED,
        AdviceStatus.OVERTAKEN,
        AdviceStatus.HANDED_BACK,
    },
    AdviceStatus.UNANSWERED: {
        AdviceStatus.ANSWERED,
        AdviceStatus.REVOKED,
        AdviceStatus.OVERTAKEN,
        AdviceStatus.HANDED_BACK,
    },
    AdviceStatus.ANSWERED: set(),
    AdviceStatus.REVOKED: set(),
    AdviceStatus.OVERTAKEN: set(),
    AdviceStatus.HANDED_BACK: set(),
}

ACTION_LABELS = {
    "ambassadors.advice_asked": _("Advies gevraagd"),
    "ambassadors.advice_reminded": _("Herinnering aan de adviseur"),
    "ambassadors.advice_given": _("Advies gekregen"),
    "ambassadors.advice_revoked": _("Adviesvraag ingetrokken"),
    "ambassadors.advice_lapsed": _("Geen advies gekregen"),
    "ambassadors.advice_handed_over": _("Adviesvraag overgedragen"),
    "ambassadors.advice_handed_back": _("Adviesvraag teruggegeven"),
    "ambassadors.advice_escalated": _("Te laat advies gemeld"),
    "ambassadors.advice_overtaken": _("Advies niet meer nodig"),
    "ambassadors.appointed": _("Ambassadeur benoemd"),
    "ambassadors.ended": _("Ambassadeur gestopt"),
    "ambassadors.theme_assigned": _("Thema toegewezen"),
    "ambassadors.theme_ended": _("Thema beëindigd"),
    "ambassadors.contact_noted": _("Contact vastgelegd"),
    "ambassadors.follow_up_done": _("Vervolg gedaan"),
}
