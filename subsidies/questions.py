"""The questions of an application and their order: the form, the check page, the copy and the paper form share them."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from subsidies.enums import (
    COUNTED_APART,
    COUNTED_IN_ONE,
    WITH_A_LIST,
    ApplicantKind,
    FilePurpose,
    OwnContributionKind,
    SupportMode,
)
from subsidies.models import SchemeVersion

SECTIONS: list[tuple[Promise, tuple[str, ...]]] = [
    (_("Uw plan"), ("title", "what", "benefit", "category", "everybody_welcome", "theme")),
    (_("Waar en wanneer"), ("buurt", "place", "starts_on", "ends_on")),
    (
        _("Samen"),
        (
            "supporters_count",
            "supporters_pro",
            "supporters_con",
            "supporters_neutral",
            "support_list",
            "support",
            "proof",
        ),
    ),
    (_("Geld"), ("costs", "asked_amount", "own_money", "own_hours", "own_goods", "other_funds")),
    (_("Wat wij verder willen weten"), ("public_space", "permits", "upkeep", "files", "withheld")),
    (
        _("Over u"),
        (
            "applicant_kind",
            "organisation",
            "name",
            "postcode",
            "house_number",
            "street",
            "town",
            "email",
            "phone",
            "by_email",
            "co_applicants",
            "shows_result",
        ),
    ),
]

LABELS: dict[str, Promise] = {
    "title": _("Hoe heet uw plan?"),
    "what": _("Wat gaat u doen?"),
    "benefit": _("Voor wie is het en wat wordt er beter?"),
    "category": _("Wat voor activiteit is het?"),
    "everybody_welcome": _("Is iedereen in de buurt welkom?"),
    "theme": _("Waar gaat uw plan vooral over?"),
    "buurt": _("In welke buurt is het?"),
    "place": _("Straat of plek"),
    "starts_on": _("Wanneer doet u het?"),
    "ends_on": _("Duurt het langer? Tot en met welke dag?"),
    "supporters_count": _("Hoeveel buren doen mee?"),
    "supporters_pro": _("Hoeveel buren zijn vóór uw plan?"),
    "supporters_con": _("Hoeveel buren zijn tegen?"),
    "supporters_neutral": _("Hoeveel buren maakt het niet uit?"),
    "support_list": _("Lijst met buren: vóór, tegen of neutraal"),
    "support": _("Wie doet er mee, en hoe weet u dat?"),
    "proof": _("Bewijs dat uw buren het willen"),
    "costs": _("Wat kost het?"),
    "asked_amount": _("Welk bedrag vraagt u van ons?"),
    "own_money": _("Hoeveel geld legt u zelf bij?"),
    "own_hours": _("Hoeveel uur werkt u er samen aan?"),
    "own_goods": _("Welke spullen of plek brengt u in?"),
    "other_funds": _("Krijgt of vraagt u ergens anders ook geld?"),
    "public_space": _("Is het op straat, op een plein of in het groen?"),
    "permits": _("Is er een vergunning nodig, en heeft u die?"),
    "upkeep": _("Wie zorgt er daarna voor?"),
    "withheld": _("Wilt u iets liever niet vertellen?"),
    "files": _("Offerte, foto of andere bijlage"),
    "applicant_kind": _("Voor wie vraagt u aan?"),
    "organisation": _("Naam van de groep of organisatie"),
    "name": _("Uw naam"),
    "postcode": _("Postcode"),
    "house_number": _("Huisnummer"),
    "street": _("Straat"),
    "town": _("Woonplaats"),
    "email": _("Uw e-mailadres"),
    "phone": _("Uw telefoonnummer"),
    "by_email": _("Hoe wilt u onze berichten en het besluit krijgen?"),
    "co_applicants": _("Wie vraagt er met u samen aan?"),
    "shows_result": _("Het resultaat en een foto mogen straks op de website"),
}
# How they are asked when the scheme wants another proof of support.
LABELS_BY_MODE: dict[str, dict[SupportMode, Promise]] = {
    "supporters_count": {SupportMode.NAMES: _("Hoeveel buren steunen uw plan?")},
    "support_list": {SupportMode.NAMES: _("Lijst met namen van buren die uw plan steunen")},
    "support": {SupportMode.POLL: _("Wie heeft u gevraagd, en hoe?")},
}
# How messages reach the applicant (Awb article 2:8).
BY_EMAIL, BY_POST = "e-mail", "post"
WAYS = [(BY_EMAIL, _("Per e-mail")), (BY_POST, _("Op papier, met de post"))]
# The questions that are answered with files, and what those files are for.
FILES = {
    "support_list": FilePurpose.SUPPORT_LIST,
    "proof": FilePurpose.PROOF,
    "files": FilePurpose.OTHER,
}
# What the law needs before there is an application at all (Awb article 4:2); day and signature come by sending.
LEGALLY_NEEDED = ("name", "postcode", "house_number", "what")


def asked_by(version: SchemeVersion, *, has_caps: bool) -> list[tuple[Promise, list[str]]]:
    """The questions that this scheme needs, in order; a heading without questions is left out."""
    unneeded = _unneeded(version, has_caps=has_caps)
    kept = [(heading, [name for name in names if name not in unneeded]) for heading, names in SECTIONS]
    return [(heading, names) for heading, names in kept if names]


def label(name: str, version: SchemeVersion) -> str:
    """The question as this scheme asks it."""
    return str(LABELS_BY_MODE.get(name, {}).get(SupportMode(version.support_mode), LABELS[name]))


def old_enough(version: SchemeVersion) -> str:
    """What who signs says about their age; empty when the scheme asks no age."""
    if not version.minimum_age:
        return ""
    return gettext("U bent %(age)d jaar of ouder.") % {"age": version.minimum_age}


def _unneeded(version: SchemeVersion, *, has_caps: bool) -> set[str]:
    shares = version.own_share_kinds or [kind.value for kind in OwnContributionKind]
    groups = set(version.applicant_kinds) - {ApplicantKind.RESIDENT}
    rules = {
        "category": has_caps,
        "everybody_welcome": version.open_to_all,
        "supporters_count": version.support_mode in COUNTED_IN_ONE,
        "supporters_pro": version.support_mode in COUNTED_APART,
        "supporters_con": version.support_mode in COUNTED_APART,
        "supporters_neutral": version.support_mode in COUNTED_APART,
        "support_list": version.support_mode in WITH_A_LIST,
        "support": version.support_mode != SupportMode.NONE,
        "proof": version.extra_proof_above is not None,
        "own_money": OwnContributionKind.MONEY in shares,
        "own_hours": OwnContributionKind.HOURS in shares,
        "own_goods": OwnContributionKind.GOODS in shares,
        "permits": version.permit_check,
        "public_space": version.public_space_check,
        "upkeep": version.upkeep_check,
        "files": version.attachments_allowed,
        "applicant_kind": len(version.applicant_kinds) > 1,
        "organisation": bool(groups),
        "co_applicants": bool(version.co_signers),
        "shows_result": version.publish_result,
    }
    return {name for name, is_needed in rules.items() if not is_needed}
