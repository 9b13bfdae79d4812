"""What an application still lacks under the rules of its scheme; the four legally needed things are never here.

The law asks for name, address, date and the decision that is wanted (Awb article 4:2). All else can follow (4:5).
"""

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shared.wijken.lookup import propose
from subsidies.enums import COUNTED_APART, COUNTED_IN_ONE, WITH_A_LIST, ApplicantKind, FilePurpose, SupportMode
from subsidies.models import SchemeVersion
from subsidies.rules import people_named


def missing(asked: Any, rules: SchemeVersion, *, has_costs: bool, files: Container[str]) -> list[str]:
    """What is still needed before the application can be judged, in words for the applicant.

    `asked` is an application, or its answers before it was sent: they have the same names. `files` are the purposes
    for which there is a file.
    """
    lacks = {
        _("een naam voor uw plan"): not asked.title,
        _("voor wie het is en wat er beter wordt"): not asked.benefit,
        _("in welke buurt u het doet"): place_unknown(asked),
        _("wanneer u het doet"): asked.starts_on is None,
        _("wat het kost"): not has_costs,
        _("welk bedrag u vraagt"): asked.asked_amount is None,
        _("wie er meedoet"): _lacks_support(asked, rules),
        _("wat u zelf bijdraagt"): bool(rules.own_share_percent) and not _contributes(asked),
        _("wie er met u samen aanvraagt"): people_named(asked.co_applicants) < rules.co_signers,
        _("de naam van uw organisatie"): asked.applicant_kind == ApplicantKind.LEGAL_PERSON and not asked.organisation,
        _("de lijst met buren"): asks_list(rules) and FilePurpose.SUPPORT_LIST not in files,
        _("bewijs dat uw buren het willen"): asks_proof(asked.asked_amount, rules) and FilePurpose.PROOF not in files,
        _("een offerte of andere bijlage"): rules.attachments_required and FilePurpose.OTHER not in files,
    }
    return [words for words, is_lacking in lacks.items() if is_lacking]


def place_unknown(asked: Any) -> bool:
    """No buurt was chosen, and the applicant's own postcode does not lie in one of ours."""
    return asked.buurt is None and bool(asked.postcode) and propose(asked.postcode).outside


def asks_list(rules: SchemeVersion) -> bool:
    """The scheme wants a list of neighbours: their names, or what each of them thinks."""
    return rules.support_mode in WITH_A_LIST and bool(rules.support_minimum)


def asks_proof(amount: Decimal | None, rules: SchemeVersion) -> bool:
    """So much is asked that the scheme wants to see that the neighbours want it."""
    return rules.extra_proof_above is not None and amount is not None and amount > rules.extra_proof_above


def _lacks_support(asked: Any, rules: SchemeVersion) -> bool:
    if rules.support_mode == SupportMode.NONE or not rules.support_minimum:
        return False
    if rules.support_mode in COUNTED_IN_ONE:
        return asked.supporters_count is None
    if rules.support_mode in COUNTED_APART:
        return asked.supporters_pro is None
    return not asked.support


def _contributes(asked: Any) -> bool:
    return bool(asked.own_money or asked.own_hours or asked.own_goods)
