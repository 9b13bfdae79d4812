"""What happens to an application, as its timeline calls it; each part of the work adds its own rows."""

from django.utils.translation import gettext_lazy as _

REVIEW = {
    "subsidies.taken_up": _("Wij behandelen de aanvraag"),
    "subsidies.assigned": _("Toegewezen aan een collega"),
    "subsidies.completion_requested": _("Aanvulling gevraagd"),
    "subsidies.completion_reminded": _("Herinnering: wij wachten op uw aanvulling"),
    "subsidies.completed": _("De aanvraag is volledig"),
    "subsidies.completion_lapsed": _("De termijn om aan te vullen is voorbij"),
    "subsidies.hearing_asked": _("Zienswijze gevraagd"),
    "subsidies.hearing_reminded": _("Herinnering: u kunt nog reageren"),
    "subsidies.hearing_ended": _("Zienswijze afgerond"),
    "subsidies.extended": _("Besluit later: de termijn is verlengd"),
    "subsidies.later_announced": _("Besluit later: de wettelijke datum blijft staan"),
    "subsidies.paused": _("De klok staat stil"),
    "subsidies.replied": _("Bericht van de gemeente"),
    "subsidies.contact_recorded": _("Contact met de aanvrager"),
    "subsidies.judged": _("Toetsing bijgewerkt"),
    "subsidies.scored": _("Score gegeven"),
    "subsidies.advice_asked": _("Advies gevraagd"),
    "subsidies.advice_reminded": _("Herinnering aan de adviseur"),
    "subsidies.advice_given": _("Advies gekregen"),
    "subsidies.advice_revoked": _("Adviesvraag ingetrokken"),
    "subsidies.advice_lapsed": _("Geen advies gekregen"),
    "subsidies.term_warned": _("Waarschuwing: de beslistermijn loopt"),
    "subsidies.term_passed": _("De beslistermijn is voorbij"),
}

ACTION_LABELS = {**REVIEW}
