"""What an application and a scheme can be: statuses with two labels, the allowed steps, and the other choices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where an application stands; the label is for staff, `public_label` for the applicant."""

    RECEIVED = "received", _("Nieuw")
    IN_REVIEW = "in_review", _("In behandeling")
    INCOMPLETE = "incomplete", _("Wacht op aanvulling")
    HEARING = "hearing", _("Wacht op zienswijze")
    PROPOSED = "proposed", _("Wacht op tweede paar ogen")
    GRANTED = "granted", _("Toegekend")
    SETTLED = "settled", _("Vastgesteld")
    REFUSED = "refused", _("Geweigerd")
    NOT_PROCESSED = "not_processed", _("Buiten behandeling")
    WITHDRAWN = "withdrawn", _("Ingetrokken door de aanvrager")
    REVOKED = "revoked", _("Besluit ingetrokken")
    CLOSED = "closed", _("Afgesloten")

    @property
    def public_label(self) -> str:
        """The words for residents."""
        return str(PUBLIC_LABELS[self])


PUBLIC_LABELS = {
    Status.RECEIVED: _("Ontvangen"),
    Status.IN_REVIEW: _("In behandeling"),
    Status.INCOMPLETE: _("Wij wachten op uw aanvulling"),
    Status.HEARING: _("Wij wachten op uw reactie"),
    Status.PROPOSED: _("In behandeling"),
    Status.GRANTED: _("Toegekend"),
    Status.SETTLED: _("Toegekend, bedrag staat vast"),
    Status.REFUSED: _("Niet toegekend"),
    Status.NOT_PROCESSED: _("Niet behandeld"),
    Status.WITHDRAWN: _("Ingetrokken"),
    Status.REVOKED: _("Besluit ingetrokken"),
    Status.CLOSED: _("Afgerond"),
}

_DECISIONS = {Status.GRANTED, Status.SETTLED, Status.REFUSED, Status.NOT_PROCESSED}

TRANSITIONS: dict[str, set[str]] = {
    Status.RECEIVED: {Status.IN_REVIEW, Status.INCOMPLETE, Status.WITHDRAWN},
    Status.IN_REVIEW: {Status.INCOMPLETE, Status.HEARING, Status.PROPOSED, Status.WITHDRAWN, *_DECISIONS},
    Status.INCOMPLETE: {Status.IN_REVIEW, Status.WITHDRAWN},
    Status.HEARING: {Status.IN_REVIEW, Status.WITHDRAWN},
    # The second pair of eyes decides, or gives the proposal back.
    Status.PROPOSED: {Status.IN_REVIEW, Status.WITHDRAWN, *_DECISIONS, Status.REVOKED},
    Status.GRANTED: {Status.GRANTED, Status.PROPOSED, Status.SETTLED, Status.REVOKED},
    Status.SETTLED: {Status.SETTLED, Status.PROPOSED, Status.REVOKED, Status.CLOSED},
    # An objection can turn a no into a yes (Awb article 7:11).
    Status.REFUSED: {Status.GRANTED, Status.SETTLED, Status.CLOSED},
    Status.NOT_PROCESSED: {Status.IN_REVIEW, Status.GRANTED, Status.SETTLED, Status.REFUSED, Status.CLOSED},
    Status.WITHDRAWN: {Status.CLOSED},
    Status.REVOKED: {Status.PROPOSED, Status.GRANTED, Status.SETTLED, Status.CLOSED},
    Status.CLOSED: set(),
}

# No decision has been taken yet: the legal clock runs, or waits.
UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW, Status.INCOMPLETE, Status.HEARING, Status.PROPOSED)
# The applicant has to do something.
WAITING_FOR_APPLICANT = (Status.INCOMPLETE, Status.HEARING)
# Money has been promised.
AWARDED = (Status.GRANTED, Status.SETTLED)


class Channel(TextChoices):
    """How an application or message reached the municipality."""

    WEB = "web", _("Website")
    PHONE = "phone", _("Telefoon")
    DESK = "desk", _("Balie")
    PAPER = "paper", _("Papier")
    EMAIL = "email", _("E-mail")
    # The only place where an objection can be taken back without writing (Awb article 6:21(2)).
    HEARING = "hearing", _("Hoorzitting")


class ApplicantKind(TextChoices):
    """Who can apply; a scheme says which of these it is for."""

    RESIDENT = "resident", _("inwoner")
    GROUP = "group", _("groep inwoners zonder rechtsvorm")
    LEGAL_PERSON = "legal_person", _("vereniging, stichting of andere rechtspersoon")


class Distribution(TextChoices):
    """How a ceiling is shared (Awb article 4:26)."""

    FIRST_COMPLETE = "first_complete", _("op volgorde van volledige aanvragen")
    RANKING = "ranking", _("per ronde, op volgorde van de beste score")
    VOTE = "vote", _("per ronde, op volgorde van de meeste stemmen")


# Everybody in a round is compared before anybody gets money; the score is the sum of points, or the number of votes.
IN_ROUNDS = (Distribution.RANKING, Distribution.VOTE)


class SupportMode(TextChoices):
    """The proof of support in the neighbourhood that a scheme asks."""

    NONE = "none", _("niet nodig")
    NUMBER = "number", _("aantal buren dat meedoet")
    NAMES = "names", _("lijst met namen van buren die het steunen")
    LIST = "list", _("lijst met voor, tegen en neutraal")
    POLL = "poll", _("uitslag van een peiling in de buurt")
    LETTERS = "letters", _("brieven of berichten van buren")


# How many neighbours join or agree is one number; or it is counted who is for, against and neutral.
COUNTED_IN_ONE = (SupportMode.NUMBER, SupportMode.NAMES)
COUNTED_APART = (SupportMode.LIST, SupportMode.POLL)
# The list itself comes along, and goes soon after the decision.
WITH_A_LIST = (SupportMode.NAMES, SupportMode.LIST)


class AreaKind(TextChoices):
    """The area in which a scheme counts grants."""

    BUURT = "buurt", _("buurt")
    WIJK = "wijk", _("wijk")


class AdviserKind(TextChoices):
    """Whose advice a scheme asks before money is granted."""

    NONE = "none", _("niemand")
    AMBASSADOR = "ambassador", _("een ambassadeur van een afdeling")
    PANEL = "panel", _("een bewonerspanel")
    PARTNER = "partner", _("een wijkpartner")


class FilePurpose(TextChoices):
    """What a file in the case is for, when the scheme or finance asks for it by name."""

    OTHER = "", _("bijlage")
    SUPPORT_LIST = "support_list", _("draagvlaklijst")
    PROOF = "proof", _("bewijs van draagvlak")
    INVOICE = "invoice", _("factuur van de leverancier")


# Names, addresses and signatures of neighbours: gone soon after the decision.
ABOUT_NEIGHBOURS = (FilePurpose.SUPPORT_LIST, FilePurpose.PROOF)


class AccountabilityMode(TextChoices):
    """What the recipient shows afterwards, from light to heavy."""

    NONE = "none", _("niets")
    PHOTO = "photo", _("foto en drie vragen")
    RECEIPTS = "receipts", _("foto, drie vragen en bonnen")
    ACCOUNT = "account", _("verslag met overzicht van kosten en bonnen")


class OwnContributionKind(TextChoices):
    """What applicants put in themselves."""

    MONEY = "money", _("geld")
    HOURS = "hours", _("uren")
    GOODS = "goods", _("spullen of een plek")


class MessageKind(TextChoices):
    """The official messages of a case (Awb article 2:13); each has a form on the applicant's page."""

    ADDITION = "addition", _("aanvulling")
    WITHDRAWAL = "withdrawal", _("intrekking van de aanvraag")
    QUESTION = "question", _("vraag over de aanvraag")
    PRIOR_VIEW = "prior_view", _("zienswijze")
    DEFAULT_NOTICE = "default_notice", _("ingebrekestelling")
    OBJECTION = "objection", _("bezwaar")
    NO_OBJECTION = "no_objection", _("intrekking van het bezwaar")
    COMPLAINT = "complaint", _("klacht over hoe wij met u omgaan")
    REPORT = "report", _("verslag na de activiteit")
    BANK_ACCOUNT = "bank_account", _("rekeningnummer")


class SuspensionGround(TextChoices):
    """Why the clock stands still (Awb article 4:15)."""

    CONSENT = "consent", _("de aanvrager stemde schriftelijk in met uitstel")
    APPLICANT = "applicant", _("het uitstel komt door de aanvrager")
    FORCE_MAJEURE = "force_majeure", _("overmacht")


class ExtensionKind(TextChoices):
    """A message about a later decision."""

    EXTENSION = "extension", _("verdaging: de termijn wordt langer (Awb 4:14, derde lid, of de regeling)")
    NOTICE = "notice", _("mededeling: het besluit komt later, de termijn blijft staan (Awb 4:14, eerste lid)")


class CheckAnswer(TextChoices):
    """What a reviewer finds of one criterion."""

    YES = "yes", _("ja")
    NO = "no", _("nee")
    NOT_APPLICABLE = "not_applicable", _("niet van toepassing")


class Outcome(TextChoices):
    """What a decision decides."""

    GRANT = "grant", _("toekennen")
    GRANT_PARTLY = "grant_partly", _("deels toekennen")
    REFUSE = "refuse", _("weigeren")
    NOT_PROCESSED = "not_processed", _("buiten behandeling stellen")
    SETTLE = "settle", _("vaststellen")
    SETTLE_LOWER = "settle_lower", _("lager vaststellen")
    CHANGE = "change", _("wijzigen")
    REVOKE = "revoke", _("intrekken")
    RECOVER = "recover", _("terugvorderen")
    WAIVE = "waive", _("afzien van terugvordering")
    DEFER = "defer", _("betalingsregeling")
    OBJECTION = "objection", _("beslissen op bezwaar")
    PENALTY = "penalty", _("dwangsom vaststellen")
    INTEREST = "interest", _("wettelijke rente vaststellen")


class GroundKind(TextChoices):
    """What a ground in the catalogue is for."""

    REFUSAL = "refusal", _("weigeren")
    NOT_PROCESSED = "not_processed", _("buiten behandeling stellen")
    LOWER = "lower", _("lager vaststellen")
    REVOKE = "revoke", _("intrekken of wijzigen")


class GroundRule(TextChoices):
    """Grounds that the portal itself can check before it offers them."""

    NONE = "", _("geen controle")
    CEILING = "ceiling", _("het plafond is bereikt")
    LEAD_TIME = "lead_time", _("te laat aangevraagd")
    MAXIMUM = "maximum", _("meer dan het maximum")
    YEARS = "years", _("drie jaar of langer dezelfde subsidie (Awb 4:51)")
    GRANTED = "granted", _("alleen vóór de vaststelling (Awb 4:48)")
    FUTURE = "future", _("alleen vóór de vaststelling, met een redelijke termijn (Awb 4:50)")
    SETTLED = "settled", _("alleen na de vaststelling (Awb 4:49)")
    BREACH = "breach", _("overtreding na de vaststelling: vijf jaar vanaf die dag (Awb 4:49, eerste lid, onder c)")


class EntryKind(TextChoices):
    """What happened to a ceiling; the sign of the amount is in `EFFECT`."""

    CEILING = "ceiling", _("plafond vastgesteld")
    RESERVED = "reserved", _("gereserveerd")
    RELEASED = "released", _("reservering vrijgegeven")
    GRANTED = "granted", _("toegekend")
    LOWERED = "lowered", _("lager vastgesteld of ingetrokken")
    PAID = "paid", _("betaald")
    RETURNED = "returned", _("betaling teruggekomen")
    RECLAIMED = "reclaimed", _("terugontvangen")
    WAIVED = "waived", _("niet teruggevorderd")


# What an entry does to what is still available: amounts are positive, except that a ceiling can be lowered.
EFFECT = {
    EntryKind.CEILING: 1,
    EntryKind.RESERVED: -1,
    EntryKind.RELEASED: 1,
    EntryKind.GRANTED: -1,
    EntryKind.LOWERED: 1,
    EntryKind.PAID: 0,
    EntryKind.RETURNED: 0,
    EntryKind.RECLAIMED: 0,
    # What is not claimed back is lost to the municipality, but was no grant: the ceiling (Awb 4:22) stays as it is.
    EntryKind.WAIVED: 0,
}

# What payments can be for besides the grant itself: they are no part of it, nor of its ledger.
OUTSIDE_THE_GRANT = ("penalty", "interest")


class PaymentStatus(TextChoices):
    """Where a payment stands."""

    WAITING_FOR_IBAN = "waiting_for_iban", _("wacht op rekeningnummer")
    READY = "ready", _("klaar om te betalen")
    BLOCKED = "blocked", _("geblokkeerd")
    IN_BATCH = "in_batch", _("in een betaalbestand")
    RELEASED = "released", _("vrijgegeven aan de bank")
    PAID = "paid", _("betaald")
    RETURNED = "returned", _("teruggekomen")
    CANCELLED = "cancelled", _("vervallen")


PAYMENT_TRANSITIONS: dict[str, set[str]] = {
    PaymentStatus.WAITING_FOR_IBAN: {PaymentStatus.READY, PaymentStatus.BLOCKED, PaymentStatus.CANCELLED},
    PaymentStatus.READY: {PaymentStatus.BLOCKED, PaymentStatus.IN_BATCH, PaymentStatus.CANCELLED},
    PaymentStatus.BLOCKED: {PaymentStatus.READY, PaymentStatus.WAITING_FOR_IBAN, PaymentStatus.CANCELLED},
    PaymentStatus.IN_BATCH: {PaymentStatus.READY, PaymentStatus.BLOCKED, PaymentStatus.RELEASED},
    PaymentStatus.RELEASED: {PaymentStatus.PAID, PaymentStatus.RETURNED},
    PaymentStatus.PAID: {PaymentStatus.RETURNED},
    PaymentStatus.RETURNED: {PaymentStatus.WAITING_FOR_IBAN, PaymentStatus.CANCELLED},
    PaymentStatus.CANCELLED: set(),
}


class AccountFinding(TextChoices):
    """What finance looks at before money goes to an account; none of these is a verdict."""

    NAME_DIFFERS = "name_differs", _("De naam lijkt niet op die van de aanvrager.")
    USED_ELSEWHERE = "used_elsewhere", _("Dit rekeningnummer staat ook bij een andere aanvrager.")
    FOREIGN = "foreign", _("Dit is een buitenlandse rekening.")
    SUPPLIER = "supplier", _("Dit is de rekening van een leverancier: vergelijk die met de factuur.")
    NO_INVOICE = "no_invoice", _("De factuur van de leverancier is er nog niet.")
    CHANGED = "changed", _("Er was al een ander rekeningnummer doorgegeven.")


class BatchStatus(TextChoices):
    """Where a payment batch stands."""

    OPEN = "open", _("gemaakt, wacht op vrijgave")
    RELEASED = "released", _("vrijgegeven")
    CANCELLED = "cancelled", _("vervallen")


class ObjectionStatus(TextChoices):
    """Where an objection stands."""

    RECEIVED = "received", _("ontvangen")
    REPAIR = "repair", _("wacht op herstel van een gebrek")
    HEARING = "hearing", _("hoorzitting gepland")
    PROPOSED = "proposed", _("wacht op tweede paar ogen")
    DECIDED = "decided", _("beslist")
    WITHDRAWN = "withdrawn", _("ingetrokken")


_OBJECTION_OVER: set[str] = {ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN}
_OBJECTION_ENDS: set[str] = {ObjectionStatus.PROPOSED, *_OBJECTION_OVER}

OBJECTION_TRANSITIONS: dict[str, set[str]] = {
    ObjectionStatus.RECEIVED: {ObjectionStatus.REPAIR, ObjectionStatus.HEARING, *_OBJECTION_ENDS},
    ObjectionStatus.REPAIR: {ObjectionStatus.RECEIVED, *_OBJECTION_ENDS},
    ObjectionStatus.HEARING: {*_OBJECTION_ENDS},
    # The second pair of eyes decides, or gives the proposal back.
    ObjectionStatus.PROPOSED: _OBJECTION_OVER
    | {ObjectionStatus.RECEIVED, ObjectionStatus.REPAIR, ObjectionStatus.HEARING},
    ObjectionStatus.DECIDED: set(),
    ObjectionStatus.WITHDRAWN: set(),
}


class ObjectorRole(TextChoices):
    """Who made an objection (Awb articles 1:2, 2:1 and 7:1)."""

    APPLICANT = "applicant", _("de aanvrager zelf")
    REPRESENTATIVE = "representative", _("iemand namens de aanvrager (gemachtigde)")
    OTHER = "other", _("een andere belanghebbende")


class ComplaintOutcome(TextChoices):
    """How a complaint ended (Awb articles 9:5, 9:8 and 9:12)."""

    FOUNDED = "founded", _("terecht")
    PARTLY = "partly", _("voor een deel terecht")
    UNFOUNDED = "unfounded", _("niet terecht")
    SETTLED = "settled", _("samen opgelost: de indiener is tevreden (Awb 9:5)")
    NOT_TAKEN_UP = "not_taken_up", _("niet behandeld (Awb 9:8)")


class PostponementGround(TextChoices):
    """What a further postponement of the decision on an objection rests on (Awb article 7:10(4))."""

    EVERYBODY = "everybody", _("alle belanghebbenden stemmen ermee in (onder a)")
    OBJECTOR = "objector", _("de indiener stemt ermee in en niemand anders wordt benadeeld (onder b)")
    PROCEDURE = "procedure", _("het is nodig voor wettelijke procedurevoorschriften (onder c)")


class ObjectionOutcome(TextChoices):
    """What is decided on an objection (Awb article 7:11)."""

    FOUNDED = "founded", _("gegrond")
    UNFOUNDED = "unfounded", _("ongegrond")
    INADMISSIBLE = "inadmissible", _("niet-ontvankelijk")


class RetentionClass(TextChoices):
    """How long a file is kept after it is closed (Selectielijst 2020); the value starts with the number of years."""

    GRANTED = "7-8.1.7", _("verstrekt: 7 jaar")
    GRANTED_WITHOUT_ACCOUNT = "7-8.1.8", _("verstrekt zonder verantwoording: 7 jaar")
    REFUSED = "5-8.2", _("geweigerd: 5 jaar")
    ENDED = "10-8.3", _("beëindigd: 10 jaar")
    BROKEN_OFF = "1-8.4", _("afgebroken: 1 jaar")

    @property
    def years(self) -> int:
        """For how many years after closing."""
        return int(self.value.split("-")[0])
