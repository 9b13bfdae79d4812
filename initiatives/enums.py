"""What an initiative can be: statuses with two labels, the allowed steps, and the other choices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where an initiative stands; the label is for staff, `public_label` for everybody else."""

    UNCONFIRMED = "unconfirmed", _("Wacht op bevestiging e-mailadres")
    SCREENING = "screening", _("Eerst bekijken")
    RECEIVED = "received", _("Nieuw")
    IN_REVIEW = "in_review", _("Opgepakt")
    QUESTION = "question", _("Wacht op de indiener")
    ACCEPTED = "accepted", _("Gemeente helpt mee")
    IN_PROGRESS = "in_progress", _("In uitvoering")
    DONE = "done", _("Afgerond")
    PASSED_ON = "passed_on", _("Doorverwezen")
    DECLINED = "declined", _("Afgewezen")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    MERGED = "merged", _("Samengevoegd")
    SPAM = "spam", _("Ongewenst bericht")

    @property
    def public_label(self) -> str:
        """The words for residents: what it means for them, not how the office calls it."""
        return str(PUBLIC_LABELS[self])


PUBLIC_LABELS = {
    Status.UNCONFIRMED: _("Bevestig uw e-mailadres"),
    Status.SCREENING: _("Ontvangen"),
    Status.RECEIVED: _("Ontvangen"),
    Status.IN_REVIEW: _("In behandeling"),
    Status.QUESTION: _("Wij wachten op een antwoord"),
    Status.ACCEPTED: _("Gemeente helpt mee"),
    Status.IN_PROGRESS: _("In uitvoering"),
    Status.DONE: _("Klaar"),
    Status.PASSED_ON: _("Doorverwezen"),
    Status.DECLINED: _("Gaat niet door"),
    Status.WITHDRAWN: _("Ingetrokken"),
    Status.MERGED: _("Samengevoegd"),
    Status.SPAM: _("Verwijderd"),
}

TRANSITIONS: dict[str, set[str]] = {
    Status.UNCONFIRMED: {
        Status.RECEIVED,
        Status.SCREENING,
        Status.WITHDRAWN,
        Status.SPAM,
    },
    Status.SCREENING: {Status.RECEIVED, Status.WITHDRAWN, Status.SPAM},
    Status.RECEIVED: {
        Status.IN_REVIEW,
        Status.QUESTION,
        Status.ACCEPTED,
        Status.PASSED_ON,
        Status.DECLINED,
        Status.WITHDRAWN,
        Status.MERGED,
        Status.SPAM,
    },
    Status.IN_REVIEW: {
        Status.QUESTION,
        Status.ACCEPTED,
        Status.PASSED_ON,
        Status.DECLINED,
        Status.WITHDRAWN,
        Status.MERGED,
    },
    Status.QUESTION: {
        Status.IN_REVIEW,
        Status.ACCEPTED,
        Status.PASSED_ON,
        Status.DECLINED,
        Status.WITHDRAWN,
        Status.MERGED,
    },
    Status.ACCEPTED: {Status.IN_PROGRESS, Status.DONE, Status.WITHDRAWN, Status.MERGED},
    Status.IN_PROGRESS: {Status.DONE, Status.WITHDRAWN},
    Status.DONE: set(),
    Status.PASSED_ON: {Status.IN_REVIEW},
    Status.DECLINED: {Status.IN_REVIEW},
    Status.WITHDRAWN: set(),
    Status.MERGED: set(),
    Status.SPAM: {Status.RECEIVED},
}

# The coordinator has to do something.
WAITING_FOR_STAFF = (Status.SCREENING, Status.RECEIVED, Status.IN_REVIEW)
# The first answer has not been given yet.
UNANSWERED = (Status.RECEIVED, Status.IN_REVIEW, Status.QUESTION)
# Nothing more is expected of anybody.
CLOSED = (
    Status.DONE,
    Status.PASSED_ON,
    Status.DECLINED,
    Status.WITHDRAWN,
    Status.MERGED,
    Status.SPAM,
)
# The plan is alive: people can join, support and follow.
OPEN_TO_NEIGHBOURS = (
    Status.RECEIVED,
    Status.IN_REVIEW,
    Status.QUESTION,
    Status.ACCEPTED,
    Status.IN_PROGRESS,
)
# Statuses that visitors may filter on, in the order of a plan's life.
PUBLIC_STATUSES = (
    Status.RECEIVED,
    Status.IN_REVIEW,
    Status.QUESTION,
    Status.ACCEPTED,
    Status.IN_PROGRESS,
    Status.DONE,
    Status.PASSED_ON,
    Status.DECLINED,
    Status.WITHDRAWN,
)


class Channel(TextChoices):
    """How the initiative reached the municipality."""

    WEB = "web", _("Website")
    PHONE = "phone", _("Telefoon")
    DESK = "desk", _("Balie")
    PAPER = "paper", _("Papier")
    IMPORT = "import", _("Overgenomen uit een lijst")


class HelpKind(TextChoices):
    """What the initiator asks of the municipality and the neighbours."""

    MONEY = "money", _("geld")
    PLACE = "place", _("een plek")
    MATERIALS = "materials", _("spullen")
    PERMISSION = "permission", _("toestemming of een vergunning")
    PEOPLE = "people", _("mensen die meedoen")
    ADVICE = "advice", _("advies")
    PUBLICITY = "publicity", _("bekendheid in de buurt")


class InvolvementKind(TextChoices):
    """How a neighbour is involved in somebody's plan."""

    JOIN = "join", _("doet mee")
    SUPPORT = "support", _("steunt dit")
    FOLLOW = "follow", _("volgt dit")


class Sender(TextChoices):
    """Who wrote a message in the conversation."""

    RESIDENT = "resident", _("Indiener")
    STAFF = "staff", _("Gemeente")


class ContactKind(TextChoices):
    """How staff and initiator spoke outside the portal."""

    PHONE = "phone", _("Telefoon")
    VISIT = "visit", _("Huisbezoek of wijkbezoek")
    DESK = "desk", _("Balie")
    MEETING = "meeting", _("Overleg")


class AnswerKind(TextChoices):
    """The occasions for which there are standard texts."""

    ACCEPT = "accept", _("Gemeente helpt mee")
    DECLINE = "decline", _("Afwijzen")
    PASS_ON = "pass_on", _("Doorverwijzen")
    QUESTION = "question", _("Vraag stellen")
    FINISH = "finish", _("Afronden")


# What the steps are called on a timeline; details stand in the text of the event.
ACTION_LABELS = {
    "initiatives.submitted": _("Idee verstuurd"),
    "initiatives.entered": _("Idee opgeschreven door een medewerker"),
    "initiatives.received": _("Idee ontvangen"),
    "initiatives.confirmed_by_phone": _("Indiener gesproken: idee bevestigd"),
    "initiatives.confirmation_reminded": _("Herinnering: bevestig uw e-mailadres"),
    "initiatives.cleared": _("Bekeken: dit is een echt idee"),
    "initiatives.marked_spam": _("Weggelegd als ongewenst bericht"),
    "initiatives.taken_up": _("Wij bekijken het idee"),
    "initiatives.assigned": _("Toegewezen aan een collega"),
    "initiatives.asked": _("Vraag gesteld aan de indiener"),
    "initiatives.question_reminded": _("Herinnering: wij wachten op uw antwoord"),
    "initiatives.answered": _("Indiener heeft de vraag beantwoord"),
    "initiatives.message_sent": _("Bericht van de gemeente"),
    "initiatives.message_received": _("Bericht van de indiener"),
    "initiatives.contact_recorded": _("Contact met de indiener"),
    "initiatives.answer_reminded": _("Herinnering aan de coördinator"),
    "initiatives.escalated": _("Gemeld aan de functioneel beheerder"),
    "initiatives.accepted": _("Gemeente helpt mee"),
    "initiatives.passed_on": _("Doorverwezen"),
    "initiatives.declined": _("Gaat niet door"),
    "initiatives.reopened": _("Wordt opnieuw bekeken"),
    "initiatives.started": _("Uitvoering begonnen"),
    "initiatives.finished": _("Klaar"),
    "initiatives.withdrawn": _("Ingetrokken door de indiener"),
    "initiatives.merged": _("Gaat verder met een ander initiatief"),
    "initiatives.received_merge": _("Samengevoegd met een ander initiatief"),
    "initiatives.published": _("Op de website gezet"),
    "initiatives.public_text_changed": _("Tekst op de website gewijzigd"),
    "initiatives.unpublished": _("Van de website gehaald"),
    "initiatives.funded": _("Geld van de gemeente"),
    "initiatives.update_posted": _("Nieuws van de indiener"),
    "initiatives.update_removed": _("Nieuws verwijderd"),
    "initiatives.contact_changed": _("Contactgegevens gewijzigd"),
    "initiatives.involvement_confirmed": _("Een buur meldde zich aan"),
    "initiatives.involvement_ended": _("Een buur stopte"),
}
