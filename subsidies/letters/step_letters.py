"""The letters around a decision that the municipality can begin and end with words of its own.

What the law wants in them (dates, what is missing, what follows) is written by the portal and stands below those words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEP_CLOSING = "step.closing"
# The name of the template, and what the letter is for.
STEP_LETTERS: dict[str, str | Promise] = {
    "receipt": _("Ontvangstbevestiging van de aanvraag"),
    "message_receipt": _("Ontvangstbevestiging van een bericht"),
    "taken_up": _("Wie de aanvraag behandelt"),
    "completion_request": _("Aanvulling vragen"),
    "completion_reminder": _("Herinnering aan de aanvulling"),
    "completed": _("De aanvraag is volledig"),
    "hearing_asked": _("Zienswijze vragen"),
    "hearing_reminder": _("Herinnering aan de zienswijze"),
    "extended": _("Verdaging"),
    "later_notice": _("Het besluit komt later"),
    "paused": _("De termijn staat stil"),
    "reply": _("Bericht aan de aanvrager"),
    "withdrawn": _("Aanvraag ingetrokken"),
    "proviso_lapsed": _("Het begrotingsvoorbehoud vervalt"),
    "ask_account": _("Rekeningnummer vragen"),
    "account_received": _("Rekeningnummer ontvangen"),
    "payment_sent": _("Betaling onderweg"),
    "payment_returned": _("Betaling teruggekomen"),
    "payment_stopped": _("Betaling staat stil"),
    "payment_resumed": _("Betaling gaat door"),
    "recovery_reminder": _("Herinnering aan terugbetalen"),
    "recovery_received": _("Terugbetaling ontvangen"),
    "report_reminder": _("Herinnering aan het verslag"),
    "report_late": _("Het verslag is te laat"),
    "report_returned": _("Het verslag komt terug"),
    "report_approved": _("Het verslag is goed"),
    "sampled": _("Steekproef"),
    "evaluation": _("Hoe ging het met de aanvraag?"),
    "contact_changed": _("Gegevens gewijzigd"),
    "confirm_email": _("E-mailadres bevestigen"),
    "email_changed": _("Ander e-mailadres"),
    "email_confirmed": _("E-mailadres bevestigd"),
    "address_dropped": _("Voortaan op papier"),
    "default_notice": _("Ingebrekestelling ontvangen"),
    "appeal": _("Beroep tegen te laat beslissen ontvangen"),
    "appeal_forwarded": _("Beroep doorgestuurd aan de rechtbank"),
    "objection_taken_up": _("Bezwaar: wie het behandelt"),
    "objection_repair": _("Bezwaar: om aanvulling vragen"),
    "objection_hearing": _("Bezwaar: uitnodiging voor de hoorzitting"),
    "objection_hearing_applicant": _("Bezwaar van een ander: uitnodiging voor de aanvrager"),
    "objection_extended": _("Bezwaar: zes weken later"),
    "objection_postponed": _("Bezwaar: verder uitstel"),
    "objection_withdrawn": _("Bezwaar ingetrokken"),
    "complaint_received": _("Klacht ontvangen"),
    "complaint_taken_up": _("Klacht: wie haar behandelt"),
    "complaint_extended": _("Klacht: vier weken later"),
    "complaint_postponed": _("Klacht: verder uitstel"),
    "complaint_answered": _("Klacht: ons antwoord"),
}
