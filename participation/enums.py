"""What a project and its participation check can be: statuses with two labels, the allowed steps, other choices."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectKind(TextChoices):
    """What sort of plan of the municipality it is."""

    PROJECT = "project", _("Project")
    POLICY = "policy", _("Beleid")
    ENVIRONMENT_PLAN = "environment", _("Omgevingsplan")
    EXECUTION = "execution", _("Uitvoering")


class ProjectStatus(TextChoices):
    """Whether there is still work on it; how far it is, is its phase."""

    ACTIVE = "active", _("Loopt")
    DONE = "done", _("Afgerond")
    STOPPED = "stopped", _("Gestopt")


PROJECT_TRANSITIONS: dict[str, set[str]] = {
    ProjectStatus.ACTIVE: {ProjectStatus.DONE, ProjectStatus.STOPPED},
    ProjectStatus.DONE: set(),
    ProjectStatus.STOPPED: {ProjectStatus.ACTIVE},
}


class PhaseKind(TextChoices):
    """The phases of a project, in their order; a project may leave some out."""

    IDEA = "idea", _("Idee")
    START_NOTE = "start_note", _("Startnotitie")
    DESIGN = "design", _("Ontwerp")
    DECISION = "decision", _("Besluit")
    EXECUTION = "execution", _("Uitvoering")
    EVALUATION = "evaluation", _("Evaluatie")


PHASE_ORDER = list(PhaseKind)
# One check serves the idea and the start note; each later phase asks for a look of its own.
FIRST_PHASES = (PhaseKind.IDEA, PhaseKind.START_NOTE)


class DecidingBody(TextChoices):
    """Who takes the decision that the project prepares."""

    LEAD = "lead", _("Projectleider of opdrachtgever")
    MANAGEMENT = "management", _("Managementteam")
    EXECUTIVE = "executive", _("College van burgemeester en wethouders")
    COUNCIL = "council", _("Gemeenteraad")


class BudgetBand(TextChoices):
    """About how much money is involved; the exact sum is not for this register."""

    UNKNOWN = "unknown", _("Nog niet bekend")
    SMALL = "small", _("Minder dan € 25.000")
    MIDDLE = "middle", _("€ 25.000 tot € 100.000")
    LARGE = "large", _("€ 100.000 tot € 1 miljoen")
    HUGE = "huge", _("Meer dan € 1 miljoen")


class CheckStatus(TextChoices):
    """Where a check stands; the label is for staff, `public_label` for everybody else."""

    DRAFT = "draft", _("Concept")
    AMBASSADOR = "ambassador", _("Bij de ambassadeur")
    RETURNED = "returned", _("Teruggestuurd")
    ADVICE = "advice", _("Advies wijkcoördinator")
    ADVISED = "advised", _("Klaar om vast te stellen")
    CONFIRMED = "confirmed", _("Vastgesteld")
    PUBLISHED = "published", _("Gepubliceerd")
    RUNNING = "running", _("Participatie loopt")
    FED_BACK = "fed_back", _("Teruggekoppeld")
    EVALUATED = "evaluated", _("Geëvalueerd")
    CLOSED = "closed", _("Gesloten")
    REVISED = "revised", _("Herzien")
    LAPSED = "lapsed", _("Vervallen")

    @property
    def public_label(self) -> str:
        """The words for residents: what it means for them, not how the office calls it."""
        return str(PUBLIC_LABELS[self])


_IN_PREPARATION = _("Wij bereiden dit voor")
PUBLIC_LABELS = {
    CheckStatus.DRAFT: _IN_PREPARATION,
    CheckStatus.AMBASSADOR: _IN_PREPARATION,
    CheckStatus.RETURNED: _IN_PREPARATION,
    CheckStatus.ADVICE: _IN_PREPARATION,
    CheckStatus.ADVISED: _IN_PREPARATION,
    CheckStatus.CONFIRMED: _IN_PREPARATION,
    CheckStatus.PUBLISHED: _("U kunt lezen wat wij gaan doen"),
    CheckStatus.RUNNING: _("U kunt meedoen"),
    CheckStatus.FED_BACK: _("U kunt lezen wat wij met uw inbreng doen"),
    CheckStatus.EVALUATED: _("Wij keken samen terug"),
    CheckStatus.CLOSED: _("Klaar"),
    CheckStatus.REVISED: _("Er is een nieuwere versie"),
    CheckStatus.LAPSED: _("Gaat niet door"),
}

CHECK_TRANSITIONS: dict[str, set[str]] = {
    CheckStatus.DRAFT: {CheckStatus.AMBASSADOR, CheckStatus.LAPSED},
    CheckStatus.AMBASSADOR: {CheckStatus.RETURNED, CheckStatus.ADVICE, CheckStatus.LAPSED},
    CheckStatus.RETURNED: {CheckStatus.AMBASSADOR, CheckStatus.LAPSED},
    CheckStatus.ADVICE: {CheckStatus.RETURNED, CheckStatus.ADVISED, CheckStatus.LAPSED},
    CheckStatus.ADVISED: {CheckStatus.RETURNED, CheckStatus.CONFIRMED, CheckStatus.LAPSED},
    CheckStatus.CONFIRMED: {CheckStatus.PUBLISHED, CheckStatus.REVISED, CheckStatus.LAPSED},
    CheckStatus.PUBLISHED: {CheckStatus.RUNNING, CheckStatus.CLOSED, CheckStatus.REVISED, CheckStatus.LAPSED},
    CheckStatus.RUNNING: {CheckStatus.FED_BACK, CheckStatus.REVISED, CheckStatus.LAPSED},
    CheckStatus.FED_BACK: {CheckStatus.RUNNING, CheckStatus.EVALUATED, CheckStatus.REVISED},
    CheckStatus.EVALUATED: {CheckStatus.CLOSED},
    CheckStatus.CLOSED: set(),
    CheckStatus.REVISED: set(),
    CheckStatus.LAPSED: set(),
}

# Somebody still has to write, look, advise or sign.
CHECK_IN_PREPARATION = (
    CheckStatus.DRAFT,
    CheckStatus.AMBASSADOR,
    CheckStatus.RETURNED,
    CheckStatus.ADVICE,
    CheckStatus.ADVISED,
)
# The lead can write in it.
CHECK_EDITABLE = (CheckStatus.DRAFT, CheckStatus.RETURNED)
# Signed and still in force.
CHECK_IN_FORCE = (
    CheckStatus.CONFIRMED,
    CheckStatus.PUBLISHED,
    CheckStatus.RUNNING,
    CheckStatus.FED_BACK,
    CheckStatus.EVALUATED,
    CheckStatus.CLOSED,
)
# Everybody may read it; an older version stays readable as such.
CHECK_PUBLIC = (
    CheckStatus.PUBLISHED,
    CheckStatus.RUNNING,
    CheckStatus.FED_BACK,
    CheckStatus.EVALUATED,
    CheckStatus.CLOSED,
    CheckStatus.REVISED,
)


class LegalDuty(TextChoices):
    """Whether the law itself asks for participation."""

    NONE = "none", _("Geen wettelijke plicht")
    ENVIRONMENT_ACT = "omgevingswet", _("Omgevingswet")
    REGULATION = "regulation", _("Participatieverordening")
    OTHER = "other", _("Andere wet of regeling")


class ChoiceLeft(TextChoices):
    """How much can still be influenced."""

    NONE = "none", _("Niets: alles ligt vast")
    LITTLE = "little", _("Weinig: alleen onderdelen")
    MUCH = "much", _("Veel: het plan is nog open")


class Outcome(TextChoices):
    """What the check ends in."""

    PARTICIPATION = "participation", _("Participatie")
    INFORM_ONLY = "inform", _("Alleen informeren")
    NONE = "none", _("Geen participatie")


class Impact(IntegerChoices):
    """How much people notice of a project; the number counts in the advice."""

    NOBODY = 0, _("0: niemand merkt er iets van")
    A_LITTLE = 1, _("1: een beetje, en het gaat voorbij")
    STREETS = 2, _("2: enkele straten, een tijdje")
    BUURT = 3, _("3: een buurt, en het blijft")
    WIJK = 4, _("4: een wijk of meer, en het verandert veel")


class NoneReason(TextChoices):
    """Why there is no participation; the published text says it in full."""

    NO_ROOM = "no_room", _("Er valt niets te kiezen")
    LAW_EXCLUDES = "law", _("De wet sluit het uit")
    URGENT = "urgent", _("Er is spoed")
    MINOR = "minor", _("Kleine of technische wijziging")
    DONE_BEFORE = "done", _("Dit is al gedaan")
    CONFIDENTIAL = "confidential", _("Het is vertrouwelijk")


class Level(TextChoices):
    """The five-step ladder, with a step below and one outside it; it may differ per phase and per group."""

    NONE = "none", _("Geen")
    INFORM = "inform", _("Informeren")
    CONSULT = "consult", _("Raadplegen")
    ADVISE = "advise", _("Adviseren")
    COPRODUCE = "coproduce", _("Coproduceren")
    CODECIDE = "codecide", _("Meebeslissen")
    RESIDENTS = "residents", _("Initiatief van bewoners")

    @property
    def promise(self) -> str:
        """What the municipality promises to do with what people say."""
        return str(PROMISES[self])


PROMISES = {
    Level.NONE: _("Wij vragen niet om uw mening."),
    Level.INFORM: _("Wij vertellen u wat er gebeurt. U hoeft niets te doen."),
    Level.CONSULT: _("Wij vragen wat u vindt. Wij laten weten wat wij ermee doen."),
    Level.ADVISE: _("Wij volgen uw advies, of leggen uit waarom niet."),
    Level.COPRODUCE: _("Wij maken het plan samen. Wat wij samen afspreken, voeren wij uit."),
    Level.CODECIDE: _("U beslist mee, binnen de grenzen die vooraf zijn afgesproken."),
    Level.RESIDENTS: _("Bewoners hebben de leiding. De gemeente helpt."),
}


class Signer(TextChoices):
    """Who confirms a check."""

    LEAD = "lead", _("Projectleider of opdrachtgever")
    MANAGEMENT = "management", _("Managementteam")
    EXECUTIVE = "executive", _("College van burgemeester en wethouders")
    COUNCIL = "council", _("Gemeenteraad")


class MomentForm(TextChoices):
    """In which way people take part."""

    NEIGHBOURHOOD_TABLE = "table", _("Wijktafel")
    EVENING = "evening", _("Bewonersavond")
    WALK = "walk", _("Wandeling door de wijk")
    WORKSHOP = "workshop", _("Ontwerpatelier")
    DOORSTEP = "doorstep", _("Gesprek aan de deur")
    MARKET = "market", _("Inloop of informatiemarkt")
    ONLINE = "online", _("Online vragenlijst")
    PANEL = "panel", _("Vaste groep van bewoners")
    LETTER = "letter", _("Brief of krant")
    OTHER = "other", _("Anders")


# What the steps are called on a timeline; details stand in the text of the event.
ACTION_LABELS = {
    "participation.registered": _("Project aangemeld"),
    "participation.imported": _("Project overgenomen uit een lijst"),
    "participation.project_changed": _("Gegevens van het project gewijzigd"),
    "participation.phase_started": _("Nieuwe fase"),
    "participation.phase_planned": _("Planning gewijzigd"),
    "participation.project_published": _("Project op de website gezet"),
    "participation.project_unpublished": _("Project van de website gehaald"),
    "participation.project_done": _("Project afgerond"),
    "participation.project_stopped": _("Project gestopt"),
    "participation.project_resumed": _("Project gaat weer verder"),
    "participation.decided": _("Besluit genomen"),
    "participation.check_started": _("Check begonnen"),
    "participation.check_saved": _("Check bijgewerkt"),
    "participation.check_handed_in": _("Check bij de ambassadeur"),
    "participation.check_returned": _("Check teruggestuurd"),
    "participation.check_passed": _("Check compleet: advies van de wijkcoördinator gevraagd"),
    "participation.check_advised": _("Advies van de wijkcoördinator gegeven"),
    "participation.check_confirmed": _("Check vastgesteld"),
    "participation.check_published": _("Check op de website gezet"),
    "participation.check_running": _("Participatie begonnen"),
    "participation.check_fed_back": _("Teruggekoppeld wat wij met de inbreng doen"),
    "participation.check_evaluated": _("Participatie geëvalueerd"),
    "participation.check_closed": _("Check gesloten"),
    "participation.check_revised": _("Check herzien: er is een nieuwe versie"),
    "participation.check_lapsed": _("Check vervallen"),
    "participation.reminded": _("Herinnering verstuurd"),
    "participation.paper_taken": _("Tekst voor een voorstel gedownload"),
}
