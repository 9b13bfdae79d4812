"""What a challenge can be: statuses with two labels, the allowed steps, and the criteria that it is judged by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a challenge stands; the label is for staff, `public_label` for everybody else."""

    UNCONFIRMED = "unconfirmed", _("Wacht op bevestiging e-mailadres")
    RECEIVED = "received", _("Nieuw")
    TALK = "talk", _("In gesprek")
    ASSESSED = "assessed", _("Beoordeeld")
    PROPOSAL = "proposal", _("Voorstel gedaan")
    ACCEPTED = "accepted", _("Toegewezen")
    PARTLY = "partly", _("Deels toegewezen")
    DECLINED = "declined", _("Afgewezen")
    RUNNING = "running", _("In uitvoering")
    EVALUATED = "evaluated", _("Geëvalueerd")
    ENDED = "ended", _("Beëindigd")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    SPAM = "spam", _("Ongewenst bericht")

    @property
    def public_label(self) -> str:
        """The words for residents: what it means for them, not how the office calls it."""
        return str(PUBLIC_LABELS[self])


PUBLIC_LABELS = {
    Status.UNCONFIRMED: _("Bevestig uw e-mailadres"),
    Status.RECEIVED: _("Ontvangen"),
    Status.TALK: _("Wij praten met de groep"),
    Status.ASSESSED: _("Wij hebben het plan beoordeeld"),
    Status.PROPOSAL: _("Er ligt een voorstel"),
    Status.ACCEPTED: _("De groep neemt de taak over"),
    Status.PARTLY: _("De groep neemt een deel over"),
    Status.DECLINED: _("Gaat niet door"),
    Status.RUNNING: _("De groep voert de taak uit"),
    Status.EVALUATED: _("Wij keken samen terug"),
    Status.ENDED: _("Afgelopen"),
    Status.WITHDRAWN: _("Ingetrokken"),
    Status.SPAM: _("Verwijderd"),
}

TRANSITIONS: dict[str, set[str]] = {
    Status.UNCONFIRMED: {Status.RECEIVED, Status.WITHDRAWN, Status.SPAM},
    # Nobody hears no before somebody talked to them.
    Status.RECEIVED: {Status.TALK, Status.WITHDRAWN, Status.SPAM},
    Status.TALK: {Status.ASSESSED, Status.WITHDRAWN},
    Status.ASSESSED: {Status.PROPOSAL, Status.DECLINED, Status.WITHDRAWN},
    Status.PROPOSAL: {Status.ACCEPTED, Status.PARTLY, Status.DECLINED, Status.WITHDRAWN},
    Status.ACCEPTED: {Status.RUNNING, Status.WITHDRAWN},
    Status.PARTLY: {Status.RUNNING, Status.WITHDRAWN},
    Status.DECLINED: set(),
    Status.RUNNING: {Status.EVALUATED, Status.ENDED},
    Status.EVALUATED: {Status.RUNNING, Status.ENDED},
    Status.ENDED: set(),
    Status.WITHDRAWN: set(),
    Status.SPAM: {Status.RECEIVED},
}

# A decision has still to come.
UNDECIDED = (Status.RECEIVED, Status.TALK, Status.ASSESSED, Status.PROPOSAL)
# Nothing more is expected of anybody.
CLOSED = (Status.DECLINED, Status.ENDED, Status.WITHDRAWN, Status.SPAM)
# What can come out of a decision.
OUTCOMES = (Status.ACCEPTED, Status.PARTLY, Status.DECLINED)
# What everybody may follow once the group agreed; not what is still a conversation.
PUBLIC_STATUSES = (
    Status.PROPOSAL,
    Status.ACCEPTED,
    Status.PARTLY,
    Status.DECLINED,
    Status.RUNNING,
    Status.EVALUATED,
    Status.ENDED,
)


class Criterion(TextChoices):
    """What the request is judged by; the explanation page tells the same to who thinks about asking."""

    GROUP = "group", _("Er is een groep, en zij kan de taak aan")
    TASK = "task", _("Het is een taak van de gemeente die anderen mogen doen")
    SUPPORT = "support", _("De buurt staat erachter, en iedereen kan meedoen of er gebruik van maken")
    VALUE = "value", _("Het wordt beter, of even goed voor minder geld")
    MEANS = "means", _("Het past binnen het geld dat de gemeente er nu aan uitgeeft")
    LASTING = "lasting", _("Het kan doorgaan, ook als mensen stoppen")
    RULES = "rules", _("Het mag: veiligheid, aanbesteding, staatssteun en privacy zijn geregeld")


class Verdict(TextChoices):
    """How a request does on one criterion."""

    GOOD = "good", _("goed")
    ENOUGH = "enough", _("voldoende")
    NOT_YET = "not_yet", _("nog niet")


# What the steps are called on a timeline; details stand in the text of the event.
ACTION_LABELS = {
    "challenges.submitted": _("Verzoek verstuurd"),
    "challenges.entered": _("Verzoek opgeschreven door een medewerker"),
    "challenges.received": _("Verzoek ontvangen"),
    "challenges.assigned": _("Toegewezen aan een collega"),
    "challenges.linked": _("Gekoppeld aan een initiatief of project"),
    "challenges.became_request": _("Behandeld als aanvraag van een besluit"),
    "challenges.talk_planned": _("Gesprek afgesproken"),
    "challenges.assessed": _("Plan beoordeeld"),
    "challenges.proposed": _("Voorstel gedaan"),
    "challenges.decided": _("Besluit genomen"),
    "challenges.started": _("De groep is begonnen"),
    "challenges.evaluated": _("Samen teruggekeken"),
    "challenges.resumed": _("De groep gaat door"),
    "challenges.ended": _("Beëindigd"),
    "challenges.withdrawn": _("Ingetrokken door de groep"),
    "challenges.marked_spam": _("Weggelegd als ongewenst bericht"),
    "challenges.restored": _("Teruggehaald: dit is een echt verzoek"),
    "challenges.message_sent": _("Bericht van de gemeente"),
    "challenges.message_received": _("Bericht van de groep"),
    "challenges.published": _("Op de website gezet"),
    "challenges.unpublished": _("Van de website gehaald"),
    "challenges.reminded": _("Herinnering aan de behandelaar"),
}
