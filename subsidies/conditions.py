"""The settings of a scheme as residents read them: one sentence each, on the public page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.ui.notations import euro_text
from subsidies.enums import AdviserKind, AreaKind, Distribution, OwnContributionKind, SupportMode
from subsidies.models import SchemeVersion
from subsidies.questions import old_enough


def sentences(version: SchemeVersion) -> list[str]:
    """What an applicant has to know of the rules, in the order of the file; a rule that does not hold is left out."""
    parts = (_who, _rules, _support, _place, _time, _sharing)
    return [sentence for part in parts for sentence in part(version)]


def own_share(version: SchemeVersion) -> str:
    """What applicants put in, and in what it may be; empty when the scheme asks nothing."""
    if not version.own_share_percent:
        return ""
    words = _("U draagt zelf minstens %(percent)s%% bij.") % {"percent": version.own_share_percent}
    kinds = ", ".join(str(OwnContributionKind(kind).label) for kind in version.own_share_kinds)
    in_what = _("Dat kan met: %(kinds)s.") % {"kinds": kinds}
    return f"{words} {in_what}" if kinds else words


def afterwards(version: SchemeVersion) -> list[str]:
    """What holds for who gets money."""
    months = ngettext(
        "U voert uw plan uit binnen %(n)d maand na ons besluit, tenzij het besluit een andere dag noemt.",
        "U voert uw plan uit binnen %(n)d maanden na ons besluit, tenzij het besluit een andere dag noemt.",
        version.execute_months,
    )
    paid = (
        _("Wij betalen aan u, of aan de leverancier als u ons een factuur stuurt.")
        if version.pays_supplier
        else _("Wij betalen aan u. Wij betalen geen leveranciers.")
    )
    found = [months % {"n": version.execute_months}, paid]
    if version.unspent_return_above:
        text = _("Houdt u meer dan %(amount)s over? Dan betaalt u dat terug.")
        found.append(text % {"amount": euro_text(version.unspent_return_above)})
    return found


def _who(version: SchemeVersion) -> Iterator[str]:
    if version.must_live_here:
        yield _("Wie aanvraagt, woont in onze gemeente.")
    if words := old_enough(version):
        yield words
    if people := version.co_signers:
        words = ngettext(
            "U vraagt aan met minstens %(people)s ander.", "U vraagt aan met minstens %(people)s anderen.", people
        )
        yield words % {"people": people}


def _rules(version: SchemeVersion) -> Iterator[str]:
    if version.must_be_new:
        yield _("Uw plan is nieuw: het was er nog niet.")
    if version.no_profit:
        yield _("Niemand verdient geld aan uw plan.")
    if version.open_to_all:
        yield _("Iedereen in de buurt is welkom.")
    if version.once_per_initiative:
        yield _("Voor één plan geven wij één keer geld.")
    if most := version.per_year_per_applicant:
        yield _("U kunt %(n)d keer per jaar aanvragen.") % {"n": most}
    if most := version.per_year_per_area:
        values = {"n": most, "area": AreaKind(version.area).label}
        yield _("Per %(area)s geven wij %(n)d keer per jaar geld.") % values
    if most := version.maximum_years:
        words = ngettext(
            "Voor hetzelfde plan geven wij hooguit %(n)d jaar geld.",
            "Voor hetzelfde plan geven wij hooguit %(n)d jaren achter elkaar geld.",
            most,
        )
        yield words % {"n": most}


def _support(version: SchemeVersion) -> Iterator[str]:
    if people := version.support_minimum:
        by_mode = {
            SupportMode.NUMBER: _("Aantal buren dat meedoet: minstens %(people)s."),
            SupportMode.NAMES: _("U stuurt een lijst mee met de namen van minstens %(people)s buren die het steunen."),
            SupportMode.LIST: _(
                "U stuurt een lijst mee van minstens %(people)s buren: wie is vóór, tegen of neutraal?"
            ),
            SupportMode.POLL: _(
                "U vraagt de buurt wat zij ervan vindt. Minstens %(people)s buren zijn vóór, en meer vóór dan tegen."
            ),
            SupportMode.LETTERS: _("U stuurt berichten mee van minstens %(people)s buren."),
        }
        if words := by_mode.get(SupportMode(version.support_mode)):
            yield words % {"people": people}
    if version.addresses_by_staff and version.support_mode in (SupportMode.NAMES, SupportMode.LIST, SupportMode.POLL):
        yield _("Bel ons voordat u begint: wij zeggen bij welke adressen u langsgaat.")
    if version.extra_proof_above is not None:
        words = _("Vraagt u meer dan %(amount)s? Dan laat u ook zien dat uw buren het willen.")
        yield words % {"amount": euro_text(version.extra_proof_above)}
    if version.attachments_required:
        yield _("U stuurt een offerte of andere bijlage mee.")
    elif not version.attachments_allowed:
        yield _("U hoeft geen offerte of andere bijlage te sturen.")


def _place(version: SchemeVersion) -> Iterator[str]:
    if version.permit_check:
        yield _("Is er een vergunning nodig? Dan regelt u die.")
    if version.public_space_check and version.public_space_department:
        words = _(
            "Is het op straat, op een plein of in het groen? Dan vragen wij de afdeling %(department)s of het kan."
        )
        yield words % {"department": version.public_space_department}
    elif version.public_space_check:
        yield _("Is het op straat, op een plein of in het groen? Dan kijken wij of dat kan.")
    if version.upkeep_check:
        yield _("Blijft er iets staan? Dan zegt u wie ervoor zorgt.")
    if version.adviser != AdviserKind.NONE:
        who = version.adviser_name or AdviserKind(version.adviser).label
        words = (
            _("Wij vragen eerst advies aan %(who)s. Wij volgen dat advies.")
            if version.advice_binding
            else _("Wij vragen eerst advies aan %(who)s.")
        )
        yield words % {"who": who}


def _sharing(version: SchemeVersion) -> Iterator[str]:
    if version.distribution == Distribution.VOTE:
        yield _("Na de laatste dag van de ronde stemt de buurt over de plannen.")


def _time(version: SchemeVersion) -> Iterator[str]:
    if version.not_after_the_fact:
        yield _("U vraagt aan voordat u begint. Voor wat al geweest is, geven wij geen geld.")
    if weeks := version.lead_time_weeks:
        words = ngettext(
            "U vraagt minstens %(weeks)s week vóór de activiteit aan.",
            "U vraagt minstens %(weeks)s weken vóór de activiteit aan.",
            weeks,
        )
        yield words % {"weeks": weeks}
