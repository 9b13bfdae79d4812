"""What follows from the Awb itself: the grounds that every scheme has, whatever its regulation says, and the duties.

The texts are in Dutch because they stand in letters (Awb article 2:6); the municipality can put them in its own words.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from subsidies.enums import GroundKind, GroundRule

REFUSAL, LOWER, REVOKE = GroundKind.REFUSAL, GroundKind.LOWER, GroundKind.REVOKE
GRANTED, FUTURE = GroundRule.GRANTED, GroundRule.FUTURE
SETTLED, BREACH = GroundRule.SETTLED, GroundRule.BREACH


class ObligationKind(TextChoices):
    """Where a duty of the recipient rests on."""

    ACTIVITY = "4:37a", _("Awb 4:37, onder a: aard en omvang van de activiteit")
    BOOKS = "4:37b", _("Awb 4:37, onder b: administratie van uitgaven en inkomsten")
    INFORMATION = "4:37c", _("Awb 4:37, onder c: gegevens geven vóór de vaststelling")
    INSURANCE = "4:37d", _("Awb 4:37, onder d: risico's verzekeren")
    SECURITY = "4:37e", _("Awb 4:37, onder e: zekerheid voor voorschotten")
    ACCOUNT = "4:37f", _("Awb 4:37, onder f: rekening en verantwoording")
    OTHERS = "4:37g", _("Awb 4:37, onder g: nadeel voor anderen beperken")
    AUDIT = "4:37h", _("Awb 4:37, onder h: controle door een accountant")
    PURPOSE = "4:38", _("Awb 4:38: doelgebonden, staat in de regeling")
    OTHER = "4:39", _("Awb 4:39: niet doelgebonden, staat in de regeling")


@dataclass(frozen=True)
class StatutoryGround:
    """An article with its plain words, whether the applicant is heard first, and what the portal checks."""

    kind: GroundKind
    article: str
    text: str
    needs_hearing: bool = True
    rule: GroundRule = GroundRule.NONE


STATUTORY_GROUNDS = (
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:25, tweede lid",
        "Het geld voor deze periode is op: het subsidieplafond is bereikt.",
        needs_hearing=False,
        rule=GroundRule.CEILING,
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, eerste lid, onder a",
        "Wij hebben goede redenen om te denken dat de activiteit niet of niet helemaal doorgaat.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, eerste lid, onder b",
        "Wij hebben goede redenen om te denken dat u zich niet aan de verplichtingen houdt.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, eerste lid, onder c",
        "Wij hebben goede redenen om te denken dat u de uitgaven niet goed verantwoordt.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, tweede lid, onder a",
        "U gaf gegevens die niet kloppen of niet volledig zijn, en dat zou tot een ander besluit hebben geleid.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, tweede lid, onder b",
        "U bent failliet, heeft uitstel van betaling of zit in de wettelijke schuldsanering, of dat is aangevraagd.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:35, derde lid",
        "De subsidie past niet bij de Europese regels voor staatssteun.",
    ),
    StatutoryGround(
        REFUSAL,
        "Awb artikel 4:51, eerste lid",
        "U kreeg deze subsidie al drie jaar of langer. Door andere omstandigheden of inzichten gaan wij er niet op "
        "dezelfde manier mee door.",
        rule=GroundRule.YEARS,
    ),
    StatutoryGround(
        GroundKind.NOT_PROCESSED,
        "Awb artikel 4:5, eerste lid, onder c",
        "Wij kregen niet alle gegevens die wij nodig hebben, ook niet nadat wij erom vroegen.",
        needs_hearing=False,
    ),
    StatutoryGround(
        LOWER, "Awb artikel 4:46, tweede lid, onder a", "De activiteit is niet of niet helemaal doorgegaan."
    ),
    StatutoryGround(
        LOWER, "Awb artikel 4:46, tweede lid, onder b", "U heeft zich niet aan de verplichtingen gehouden."
    ),
    StatutoryGround(
        LOWER,
        "Awb artikel 4:46, tweede lid, onder c",
        "U gaf gegevens die niet klopten; anders was het besluit anders geweest.",
    ),
    StatutoryGround(
        LOWER,
        "Awb artikel 4:46, tweede lid, onder d",
        "Het besluit was onjuist, en dat wist u of had u kunnen weten.",
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:48, eerste lid, onder a",
        "De activiteit gaat niet of niet helemaal door.",
        rule=GRANTED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:48, eerste lid, onder b",
        "U heeft zich niet aan de verplichtingen gehouden.",
        rule=GRANTED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:48, eerste lid, onder c",
        "U gaf gegevens die niet klopten; anders was het besluit anders geweest.",
        rule=GRANTED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:48, eerste lid, onder d",
        "Het besluit was onjuist, en dat wist u of had u kunnen weten.",
        rule=GRANTED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:50, eerste lid, onder a",
        "Het besluit was onjuist. Daarom verandert het voor de tijd die komt.",
        rule=FUTURE,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:50, eerste lid, onder b",
        "Door andere omstandigheden of inzichten kunnen wij niet op dezelfde manier doorgaan.",
        rule=FUTURE,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:49, eerste lid, onder a",
        "Er zijn feiten bekend geworden die wij bij het vaststellen niet konden weten.",
        rule=SETTLED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:49, eerste lid, onder b",
        "Het bedrag was verkeerd vastgesteld, en dat wist u of had u kunnen weten.",
        rule=SETTLED,
    ),
    StatutoryGround(
        REVOKE,
        "Awb artikel 4:49, eerste lid, onder c",
        "U heeft zich na het vaststellen niet aan de verplichtingen gehouden.",
        rule=BREACH,
    ),
)
# Less than was granted is set on these four only.
LOWER_ARTICLES = tuple(ground.article for ground in STATUTORY_GROUNDS if ground.kind == LOWER)
