"""What happens to an application, as its timeline calls it; each part of the work adds its own rows."""

from django.utils.translation import gettext_lazy as _

REVIEW = {
    "subsidies.taken_up": _("Wij behandelen de aanvraag"),
    "subsidies.assigned": _("Toegewezen aan een collega"),
    "subsidies.completion_requested": _("Aanvulling gevraagd"),
    "subsidies.completion_reminded": _("Herinnering: wij wachten op uw aanvulling"),
    "subsidies.completed": _("De aanvraag is volledig"),
    "subsidies.still_lacking": _("De aanvulling is niet genoeg"),
    "subsidies.completion_lapsed": _("De termijn om aan te vullen is voorbij"),
    "subsidies.hearing_asked": _("Zienswijze gevraagd"),
    "subsidies.hearing_reminded": _("Herinnering: u kunt nog reageren"),
    "subsidies.hearing_ended": _("Zienswijze afgerond"),
    "subsidies.extended": _("Besluit later: de termijn is verlengd"),
    "subsidies.later_announced": _("Besluit later: de wettelijke datum blijft staan"),
    "subsidies.paused": _("De klok staat stil"),
    "subsidies.replied": _("Bericht van de gemeente"),
    "subsidies.message_read": _("Bericht gelezen"),
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

APPLY = {
    "subsidies.submitted": _("Aanvraag ontvangen"),
    "subsidies.entered": _("Aanvraag ontvangen en ingevoerd door de gemeente"),
    "subsidies.address_confirmed": _("E-mailadres bevestigd"),
    "subsidies.withdrawn": _("Aanvraag ingetrokken"),
    "subsidies.message_received": _("Bericht van u ontvangen"),
}

DECIDE = {
    "subsidies.proposed": _("Voorstel voor een besluit"),
    "subsidies.proposal_returned": _("Voorstel teruggegeven"),
    "subsidies.decided_grant": _("Besluit: toegekend"),
    "subsidies.decided_grant_partly": _("Besluit: deels toegekend"),
    "subsidies.decided_refuse": _("Besluit: geweigerd"),
    "subsidies.decided_not_processed": _("Besluit: niet verder behandeld"),
    "subsidies.decided_settle": _("Besluit: bedrag vastgesteld"),
    "subsidies.decided_settle_lower": _("Besluit: bedrag lager vastgesteld"),
    "subsidies.decided_change": _("Besluit: subsidie gewijzigd"),
    "subsidies.decided_revoke": _("Besluit: subsidie ingetrokken"),
    "subsidies.decided_recover": _("Besluit: bedrag teruggevraagd"),
    "subsidies.decided_objection": _("Beslissing op het bezwaar"),
    "subsidies.decided_penalty": _("Besluit: dwangsom"),
    "subsidies.objection_received": _("Bezwaar ontvangen"),
    "subsidies.objection_taken_up": _("Bezwaar in behandeling"),
    "subsidies.objection_excused": _("Te laat bezwaar toegelaten"),
    "subsidies.objection_repair_asked": _("Gevraagd om het bezwaar aan te vullen"),
    "subsidies.objection_repaired": _("Bezwaar aangevuld"),
    "subsidies.objection_extended": _("Beslissing op het bezwaar komt later"),
    "subsidies.objection_hearing_planned": _("Hoorzitting gepland"),
    "subsidies.objection_withdrawn": _("Bezwaar ingetrokken"),
    "subsidies.default_notice_received": _("Ingebrekestelling ontvangen"),
    "subsidies.default_notice_judged": _("Ingebrekestelling beoordeeld"),
}

PAY = {
    "subsidies.account_given": _("Rekeningnummer doorgegeven"),
    "subsidies.account_checked": _("Rekeningnummer nagekeken"),
    "subsidies.payment_blocked": _("Betaling tegengehouden"),
    "subsidies.payment_unblocked": _("Betaling gaat door"),
    "subsidies.payment_stopped": _("Betaling stilgelegd"),
    "subsidies.payment_resumed": _("Betaling niet meer stilgelegd"),
    "subsidies.payment_paid": _("Betaald"),
    "subsidies.payment_returned": _("Betaling teruggekomen van de bank"),
    "subsidies.batch_made": _("Betaalbestand gemaakt"),
    "subsidies.batch_released": _("Betaalbestand vrijgegeven"),
    "subsidies.batch_cancelled": _("Betaalbestand vervallen"),
    "subsidies.batch_downloaded": _("Betaalbestand opgehaald"),
    "subsidies.ceiling_set": _("Subsidieplafond vastgesteld of gewijzigd"),
    "subsidies.ceiling_moved": _("Geld van de ene naar de andere wijk gezet"),
    "subsidies.lots_drawn": _("Geloot tussen aanvragen van dezelfde dag"),
    "subsidies.version_made": _("Nieuwe versie van de regeling gemaakt"),
    "subsidies.version_published": _("Versie van de regeling vastgesteld"),
    "subsidies.scheme_opened": _("Regeling opengesteld"),
    "subsidies.scheme_closed": _("Regeling gesloten"),
}

ACTION_LABELS = {**PAY, **DECIDE, **REVIEW, **APPLY}
