"""What a moment, a sign-up and a contribution can be, and the criteria that participation is looked back on with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a moment stands; the label is for staff, `public_label` for everybody else."""

    DRAFT = "draft", _("Concept")
    ANNOUNCED = "announced", _("Aangekondigd")
    HELD = "held", _("Geweest: terugkoppelen")
    CLOSED = "closed", _("Afgesloten")
    CANCELLED = "cancelled", _("Gaat niet door")

    @property
    def public_label(self) -> str:
        """The words for residents: what it means for them, not how the office calls it."""
        return str(PUBLIC_LABELS[self])


PUBLIC_LABELS = {
    Status.DRAFT: _("Wordt voorbereid"),
    Status.ANNOUNCED: _("U kunt meedoen"),
    Status.HELD: _("Wij kijken naar de inbreng"),
    Status.CLOSED: _("Lees wat wij ermee doen"),
    Status.CANCELLED: _("Gaat niet door"),
}

TRANSITIONS: dict[str, set[str]] = {
    Status.DRAFT: {Status.ANNOUNCED, Status.CANCELLED},
    Status.ANNOUNCED: {Status.HELD, Status.CANCELLED},
    # The database refuses this step as well, as long as nobody heard what was done with the contributions.
    Status.HELD: {Status.CLOSED},
    Status.CLOSED: set(),
    Status.CANCELLED: set(),
}

# Everybody may read it.
PUBLIC = (Status.ANNOUNCED, Status.HELD, Status.CLOSED, Status.CANCELLED)


class Way(TextChoices):
    """How people take part: somewhere, through the internet, or with pen and paper."""

    LIVE = "live", _("op een plek")
    ONLINE = "online", _("online")
    PAPER = "paper", _("op papier")


class SignUpStatus(TextChoices):
    """Where somebody's sign-up stands."""

    ASKED = "asked", _("wacht op bevestiging")
    PLACED = "placed", _("heeft een plek")
    WAITING = "waiting", _("op de wachtlijst")
    CANCELLED = "cancelled", _("afgemeld")


class ContributionStatus(TextChoices):
    """Whether everybody may read it."""

    PENDING = "pending", _("nog niet bekeken")
    VISIBLE = "visible", _("zichtbaar")
    HIDDEN = "hidden", _("verborgen")


class Source(TextChoices):
    """How a contribution reached us."""

    WEB = "web", _("website")
    PAPER = "paper", _("papier")
    SPOKEN = "spoken", _("gesprek")


class Criterion(TextChoices):
    """What the participation of a project is looked back on with (handbook, section 5)."""

    PLAN = "plan", _("Er was vooraf een plan")
    OWNER = "owner", _("Duidelijk was wie verantwoordelijk was")
    INCLUSION = "inclusion", _("Alle groepen konden meedoen")
    PURPOSE = "purpose", _("Het doel is bereikt")
    INFLUENCE = "influence", _("De invloed was zo groot als kon")
    LIMITS = "limits", _("De grenzen waren vooraf duidelijk")
    OPENNESS = "openness", _("Het verliep open en eerlijk")
    EARLY = "early", _("Het begon op tijd")
    INFORMATION = "information", _("Iedereen kon bij de informatie")
    FEEDBACK = "feedback", _("Iedereen hoorde wat ermee gebeurde")


class Verdict(TextChoices):
    """How it went on one criterion."""

    GOOD = "good", _("goed")
    ENOUGH = "enough", _("voldoende")
    POOR = "poor", _("onvoldoende")


# At most three, so that they are answered: 1 (not at all) to 5 (very much).
QUESTIONS = {
    "could_speak": _("Ik kon zeggen wat ik wilde zeggen."),
    "was_clear": _("Het was duidelijk waar ik over mee kon praten."),
    "sees_result": _("Ik zie wat de gemeente met de inbreng doet."),
}

# What the steps are called on a timeline; details stand in the text of the event.
ACTION_LABELS = {
    "moments.planned": _("Moment gepland"),
    "moments.changed": _("Moment gewijzigd"),
    "moments.announced": _("Moment aangekondigd"),
    "moments.cancelled": _("Moment gaat niet door"),
    "moments.held": _("Moment is geweest"),
    "moments.attendance_recorded": _("Opgeschreven wie er was"),
    "moments.fed_back": _("Wat wij hoorden en wat wij ermee doen"),
    "moments.closed": _("Moment afgesloten"),
    "moments.signed_up": _("Aanmelding"),
    "moments.signed_up_by_staff": _("Iemand aangemeld"),
    "moments.placed": _("Aanmelding heeft een plek"),
    "moments.waiting": _("Aanmelding op de wachtlijst"),
    "moments.moved_up": _("Van de wachtlijst naar een plek"),
    "moments.signed_off": _("Afgemeld"),
    "moments.contributed": _("Inbreng ontvangen"),
    "moments.contribution_entered": _("Inbreng van papier opgeschreven"),
    "moments.counts_entered": _("Aantallen van papier opgeschreven"),
    "moments.contribution_shown": _("Inbreng zichtbaar gemaakt"),
    "moments.contribution_hidden": _("Inbreng verborgen"),
    "moments.people_forgotten": _("Namen en adressen gewist"),
    "moments.evaluated": _("Participatie geëvalueerd"),
    "moments.scored": _("Oordeel van een deelnemer"),
}
