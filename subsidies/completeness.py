"""What an application still lacks under the rules of its scheme; the four legally needed things are never here.

The law asks for name, address, date and the decision that is wanted (Awb article 4:2). All else can follow (4:5).
"""

from typing import Any

from django.utils.translation import gettext as _

from subsidies.enums import ApplicantKind, SupportMode
from subsidies.models import SchemeVersion
from subsidies.rules import people_named


def missing(asked: Any, rules: SchemeVersion, *, has_costs: bool, has_files: bool) -> list[str]:
    """What is still needed before the application can be judged, in words for the applicant.

    `asked` is an application, or its answers before it was sent: they have the same names.
    """
    lacks = {
        _("een naam voor uw plan"): not asked.title,
        _("voor wie het is en wat er beter wordt"): not asked.benefit,
        _("wanneer u het doet"): asked.starts_on is None,
        _("wat het kost"): not has_costs,
        _("welk bedrag u vraagt"): asked.asked_amount is None,
        _("wie er meedoet"): _lacks_support(asked, rules),
        _("wat u zelf bijdraagt"): bool(rules.own_share_percent) and not _contributes(asked),
        _("wie er met u samen aanvraagt"): people_named(asked.co_applicants) < rules.co_signers,
        _("de naam van uw organisatie"): asked.applicant_kind == ApplicantKind.LEGAL_PERSON and not asked.organisation,
        _("een offerte of andere bijlage"): rules.attachments_required and not has_files,
    }
    return [words for words, is_lacking in lacks.items() if is_lacking]


def _lacks_support(asked: Any, rules: SchemeVersion) -> bool:
    if rules.support_mode == SupportMode.NONE or not rules.support_minimum:
        return False
    if rules.support_mode == SupportMode.NUMBER:
        return asked.supporters_count is None
    return not asked.support


def _contributes(asked: Any) -> bool:
    return bool(asked.own_money or asked.own_hours or asked.own_goods)
