"""What somebody offers or asks, and how that goes."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Which side of the table: both sides are written down in the same way."""

    OFFER = "offer", _("aanbod")
    NEED = "need", pgettext_lazy("what somebody needs", "vraag")

    @property
    def other(self) -> "Direction":
        """What an offer is matched with is a need, and the other way round."""
        return Direction.NEED if self is Direction.OFFER else Direction.OFFER


class Resource(TextChoices):
    """What changes hands, or is lent."""

    PLACE = "place", _("ruimte")
    MATERIALS = "materials", _("spullen")
    HOURS = "hours", _("uren en handen")
    MONEY = "money", _("geld")
    EXPERTISE = "expertise", _("kennis")
    PERMIT = "permit", _("hulp bij een vergunning")
    PUBLICITY = "publicity", _("bekendheid")


class ListingStatus(TextChoices):
    """Where an offer or a need stands."""

    OPEN = "open", _("Open")
    AGREED = "agreed", _("Afgesproken")
    DONE = "done", _("Gelukt")
    ENDED = "ended", _("Gestopt")
    LAPSED = "lapsed", _("Voorbij")


LISTING_TRANSITIONS: dict[str, set[str]] = {
    ListingStatus.OPEN: {ListingStatus.AGREED, ListingStatus.ENDED, ListingStatus.LAPSED, ListingStatus.DONE},
    # An agreement that came to nothing opens it again.
    ListingStatus.AGREED: {ListingStatus.DONE, ListingStatus.OPEN, ListingStatus.ENDED},
    ListingStatus.DONE: set(),
    # A resident who wants help after all: a plan asks for each kind once.
    ListingStatus.ENDED: {ListingStatus.OPEN},
    ListingStatus.LAPSED: set(),
}


class Weekday(IntegerChoices):
    """The days as ISO numbers them."""

    MONDAY = 1, _("maandag")
    TUESDAY = 2, _("dinsdag")
    WEDNESDAY = 3, _("woensdag")
    THURSDAY = 4, _("donderdag")
    FRIDAY = 5, _("vrijdag")
    SATURDAY = 6, _("zaterdag")
    SUNDAY = 7, _("zondag")


class DayPart(TextChoices):
    """Parts of a day."""

    MORNING = "morning", _("ochtend")
    AFTERNOON = "afternoon", _("middag")
    EVENING = "evening", _("avond")


class MatchStatus(TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("Voorgesteld")
    LATER = "later", _("Later")
    WILLING = "willing", _("Aanbieder wil helpen")
    CONTACT = "contact", _("In contact")
    DECLINED = "declined", _("Aanbieder kan niet")
    REFUSED = "refused", _("Vrager wil niet")
    SUCCEEDED = "succeeded", _("Gelukt")
    FAILED = "failed", _("Niet gelukt")
    LAPSED = "lapsed", _("Vervallen")


MATCH_TRANSITIONS: dict[str, set[str]] = {
    MatchStatus.PROPOSED: {
        MatchStatus.LATER,
        MatchStatus.WILLING,
        # Who asks had agreed already.
        MatchStatus.CONTACT,
        MatchStatus.DECLINED,
        MatchStatus.REFUSED,
        MatchStatus.LAPSED,
    },
    MatchStatus.LATER: {
        MatchStatus.PROPOSED,
        MatchStatus.WILLING,
        MatchStatus.CONTACT,
        MatchStatus.DECLINED,
        MatchStatus.REFUSED,
        MatchStatus.LAPSED,
    },
    MatchStatus.WILLING: {MatchStatus.CONTACT, MatchStatus.REFUSED, MatchStatus.LAPSED},
    MatchStatus.CONTACT: {MatchStatus.SUCCEEDED, MatchStatus.FAILED},
    MatchStatus.DECLINED: set(),
    MatchStatus.REFUSED: set(),
    MatchStatus.SUCCEEDED: set(),
    MatchStatus.FAILED: set(),
    MatchStatus.LAPSED: set(),
}

# Somebody still has to answer.
UNDECIDED = (MatchStatus.PROPOSED, MatchStatus.LATER, MatchStatus.WILLING)
# Somebody was asked and is to answer now; who said “later” is left alone until then.
ASKED = (MatchStatus.PROPOSED, MatchStatus.WILLING)


class Side(TextChoices):
    """The two sides of a match."""

    OFFER = "offer", _("aanbieder")
    NEED = "need", _("vrager")


class Answer(TextChoices):
    """What somebody says to a proposal."""

    YES = "yes", _("Ja, dit wil ik")
    LATER = "later", _("Later, vraag het mij nog eens")
    NO = "no", _("Nee, dit past niet")


# What the steps are called on a timeline.
ACTION_LABELS = {
    "partners.listing_opened": _("Op de lijst gezet"),
    "partners.listing_changed": _("Gewijzigd"),
    "partners.listing_published": _("Op de website gezet"),
    "partners.listing_unpublished": _("Van de website gehaald"),
    "partners.listing_agreed": _("Er is een afspraak"),
    "partners.listing_reopened": _("Weer open"),
    "partners.listing_done": _("Gelukt"),
    "partners.listing_ended": _("Gestopt"),
    "partners.listing_lapsed": _("Voorbij: de datum is geweest"),
    "partners.listing_handed_over": _("Overgedragen aan een collega"),
    "partners.match_proposed": _("Voorgesteld aan beide kanten"),
    "partners.match_willing": _("Aanbieder wil helpen"),
    "partners.match_welcome": _("Vrager vindt contact goed"),
    "partners.match_later": _("Aanbieder antwoordt later"),
    "partners.match_declined": _("Aanbieder kan niet"),
    "partners.match_refused": _("Vrager wil niet"),
    "partners.match_contact": _("In contact gebracht"),
    "partners.match_result": _("Resultaat verteld"),
    "partners.match_reminded": _("Herinnerd aan het voorstel"),
    "partners.match_lapsed": _("Voorstel vervallen"),
    "partners.match_silent": _("Voorstel vervallen: geen antwoord"),
    "partners.match_changed": _("Past anders na een wijziging"),
    "partners.help_asked": _("Gevraagd of wijkpartners mogen meehelpen"),
    "partners.help_agreed": _("Wijkpartners mogen de gevraagde hulp zien"),
    "partners.help_declined": _("Wijkpartners zien de gevraagde hulp niet"),
    "partners.saved": _("Gegevens gewijzigd"),
    "partners.invited": _("Contactpersoon uitgenodigd"),
    "partners.joined": _("Uitnodiging aangenomen"),
    "partners.left": _("Contactpersoon gestopt"),
    "partners.ended": _("Doet niet meer mee"),
}
