"""What the rules of a scheme say about an application, in words for the applicant: each with the question to change."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.terms.calendar import today
from shared.terms.lengths import weeks
from shared.ui.notations import euro_text
from subsidies import dates
from subsidies.enums import OwnContributionKind
from subsidies.models import SchemeVersion
from subsidies.rules import most_of_costs, own_share, people_named

Problem = tuple[str, str]


def problems(answers: Mapping[str, Any], rules: SchemeVersion, caps: Mapping[str, Decimal]) -> Iterator[Problem]:
    """Every rule that these answers break: the name of the question, and what to do."""
    asked = answers.get("asked_amount")
    if asked is not None:
        yield from _amount(asked, rules, caps.get(answers.get("category") or ""))
        if costs := answers.get("costs"):
            yield from _share(asked, sum((amount for _what, amount in costs), Decimal(0)), answers, rules)
    if answers.get("starts_on"):
        yield from _day(answers["starts_on"], rules)
    supporters = answers.get("supporters_count")
    if supporters is not None and supporters < rules.support_minimum:
        words = ngettext(
            "Er moet minstens %(n)d buur meedoen", "Er moeten minstens %(n)d buren meedoen", rules.support_minimum
        )
        yield "supporters_count", words % {"n": rules.support_minimum}
    in_favour = answers.get("supporters_pro")
    if in_favour is not None and in_favour < rules.support_minimum:
        words = ngettext(
            "Er moet minstens %(n)d buur vóór zijn", "Er moeten minstens %(n)d buren vóór zijn", rules.support_minimum
        )
        yield "supporters_pro", words % {"n": rules.support_minimum}
    if people_named(answers.get("co_applicants") or "") < rules.co_signers:
        words = ngettext(
            "Schrijf minstens %(n)d mede-aanvrager op, ieder op een eigen regel",
            "Schrijf minstens %(n)d mede-aanvragers op, ieder op een eigen regel",
            rules.co_signers,
        )
        yield "co_applicants", words % {"n": rules.co_signers}


def _amount(asked: Decimal, rules: SchemeVersion, cap: Decimal | None) -> Iterator[Problem]:
    if cap is not None and asked > cap:
        yield (
            "asked_amount",
            _("Voor deze activiteit kunt u %(limit)s of minder vragen") % {"limit": euro_text(cap)},
        )
    elif asked > rules.maximum_amount:
        yield "asked_amount", _("Het bedrag moet %(limit)s of minder zijn") % {"limit": euro_text(rules.maximum_amount)}
    elif asked < rules.minimum_amount or asked == 0:
        yield "asked_amount", _("Het bedrag moet %(limit)s of meer zijn") % {"limit": euro_text(rules.minimum_amount)}


def _share(asked: Decimal, total: Decimal, answers: Mapping[str, Any], rules: SchemeVersion) -> Iterator[Problem]:
    own = answers.get("own_money") or Decimal(0)
    most = most_of_costs(total, rules.percent_of_costs, rules.rounded_up_to)
    need = own_share(total, rules.own_share_percent)
    if asked > total:
        values = {"asked": euro_text(asked), "total": euro_text(total)}
        yield (
            "asked_amount",
            _("U vraagt %(asked)s, maar het kost %(total)s. Vraag minder, of vul de kosten aan") % values,
        )
    elif asked > most:
        values = {"limit": euro_text(most), "percent": str(rules.percent_of_costs)}
        yield "asked_amount", _("U kunt %(limit)s of minder vragen: %(percent)s%% van de kosten") % values
    elif asked + own > total:
        yield "own_money", _("Samen met uw eigen geld is het meer dan het kost. Vraag minder, of vul de kosten aan")
    elif _only_money(rules) and own < need:
        yield "own_money", _("Leg zelf %(amount)s of meer bij") % {"amount": euro_text(need)}
    elif rules.own_share_percent and not _contributes(answers):
        yield "own_hours", _("Vul in wat u zelf bijdraagt: geld, uren, spullen of een plek")


def _day(starts_on: date, rules: SchemeVersion) -> Iterator[Problem]:
    now = today()
    if starts_on < now and rules.not_after_the_fact:
        yield "starts_on", _("Kies een dag vanaf vandaag. Voor wat al geweest is, geven wij geen geld")
        return
    last_day = dates.last_day_to_apply(starts_on, rules)
    if last_day is not None and now > last_day:
        first = weeks(rules.lead_time_weeks).after(now)
        words = ngettext(
            "Vraag minstens %(n)d week van tevoren aan: kies %(day)s of later, of bel ons",
            "Vraag minstens %(n)d weken van tevoren aan: kies %(day)s of later, of bel ons",
            rules.lead_time_weeks,
        )
        yield "starts_on", words % {"n": rules.lead_time_weeks, "day": format_date(first, "l j F Y")}


def _contributes(answers: Mapping[str, Any]) -> bool:
    return any(answers.get(name) for name in ("own_money", "own_hours", "own_goods"))


def _only_money(rules: SchemeVersion) -> bool:
    return list(rules.own_share_kinds) == [OwnContributionKind.MONEY]
