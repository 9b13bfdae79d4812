"""What the rules of the scheme say about this application: time, money, who, support and place."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from shared.ui.notations import euro_text
from shared.ui.templatetags.ui import day
from shared.wijken.lookup import propose
from subsidies import budget, dates
from subsidies.completeness import asks_proof, place_unknown
from subsidies.enums import UNDECIDED, ApplicantKind, FilePurpose, OwnContributionKind, SupportMode
from subsidies.findings.finding import Finding, Level
from subsidies.models import Application
from subsidies.rules import people_named, rounded_up


def time(application: Application) -> Iterator[Finding]:
    """Applied before the activity, and soon enough before it."""
    rules, starts_on = application.scheme_version, application.starts_on
    subject = _("Op tijd aangevraagd")
    if starts_on is None:
        if rules.lead_time_weeks or rules.not_after_the_fact:
            yield Finding(subject, _("De dag van de activiteit is niet ingevuld."), Level.QUESTION)
        return
    if rules.not_after_the_fact and starts_on <= application.received_on:
        text = _("De activiteit was op %(start)s, de aanvraag kwam op %(received)s: dat is achteraf.")
        yield Finding(
            subject, text % {"start": day(starts_on), "received": day(application.received_on)}, Level.AGAINST
        )
    elif last := dates.last_day_to_apply(starts_on, rules):
        values = {"last": day(last), "received": day(application.received_on)}
        if application.received_on > last:
            yield Finding(
                subject, _("Aanvragen kon tot en met %(last)s; ontvangen op %(received)s.") % values, Level.AGAINST
            )
        else:
            yield Finding(subject, _("Ontvangen op %(received)s; het kon tot en met %(last)s.") % values, Level.FINE)


def money(application: Application, on: date) -> Iterator[Finding]:
    """The amount against every limit, the own share, and what is left of the ceiling."""
    subject, rules, asked = _("Bedrag"), application.scheme_version, application.asked_amount
    if asked is None:
        yield Finding(subject, _("Het gevraagde bedrag is niet ingevuld."), Level.QUESTION)
        return
    too_much = False
    for most, why in _maxima(application):
        if asked > most:
            too_much = True
            values = {"asked": euro_text(asked), "most": euro_text(most), "why": why}
            yield Finding(subject, _("Gevraagd is %(asked)s; %(why)s is %(most)s.") % values, Level.AGAINST)
    if asked < rules.minimum_amount:
        values = {"asked": euro_text(asked), "least": euro_text(rules.minimum_amount)}
        yield Finding(subject, _("Gevraagd is %(asked)s; het minimum is %(least)s.") % values, Level.AGAINST)
    elif not too_much:
        yield Finding(subject, _("%(asked)s past binnen de regeling.") % {"asked": euro_text(asked)}, Level.FINE)
    yield from _own_share(application)
    yield from _room(application, asked, on)


def _maxima(application: Application) -> Iterator[tuple[Decimal, str]]:
    rules = application.scheme_version
    yield rules.maximum_amount, _("het maximum")
    cap = next((each for each in rules.category_caps.all() if each.name == application.category), None)
    if cap:
        yield cap.maximum_amount, _("het maximum voor “%(kind)s”") % {"kind": cap.name}
    costs = eligible_costs(application)
    if rules.percent_of_costs < 100:
        share = rounded_up(costs * rules.percent_of_costs / 100, rules.rounded_up_to)
        yield share, _("%(percent)d%% van de kosten die meetellen") % {"percent": rules.percent_of_costs}
    else:
        yield costs, _("de som van de kosten die meetellen")


def eligible_costs(application: Application) -> Decimal:
    """The sum of the cost lines that count."""
    return sum((line.amount for line in application.cost_lines.all() if line.eligible), Decimal(0))


def _own_share(application: Application) -> Iterator[Finding]:
    rules = application.scheme_version
    if not rules.own_share_percent:
        return
    subject = _("Eigen bijdrage")
    wanted = (eligible_costs(application) * rules.own_share_percent / 100).quantize(Decimal("0.01"))
    values = {"wanted": euro_text(wanted), "money": euro_text(application.own_money)}
    in_kind = set(rules.own_share_kinds) & {OwnContributionKind.HOURS, OwnContributionKind.GOODS}
    if application.own_money >= wanted:
        yield Finding(subject, _("%(money)s eigen geld; nodig is %(wanted)s.") % values, Level.FINE)
    elif in_kind and (application.own_hours or application.own_goods):
        text = _("%(money)s eigen geld; nodig is %(wanted)s. Bepaal wat de uren en spullen waard zijn.")
        yield Finding(subject, text % values, Level.QUESTION)
    else:
        yield Finding(subject, _("%(money)s eigen geld; nodig is %(wanted)s.") % values, Level.AGAINST)


def _room(application: Application, asked: Decimal, on: date) -> Iterator[Finding]:
    if application.status not in UNDECIDED or budget.ceiling_for(application, on) is None:
        return
    subject = _("Plafond")
    if not_final := budget.why_not_final(application, on):
        yield Finding(subject, not_final, Level.QUESTION)
        return
    room = budget.room_for(application, on)
    if budget.draw_decides(application, asked, on):
        text = _("Zeker beschikbaar: %(room)s. Voor de rest beslist een loting.")
        yield Finding(subject, text % {"room": euro_text(room)}, Level.QUESTION)
        return
    text = _("Beschikbaar, na wie eerder volledig was: %(room)s.")
    if budget.is_ranked(application):
        text = _("Beschikbaar, na wie in deze ronde hoger staat: %(room)s.")
    yield Finding(subject, text % {"room": euro_text(room)}, Level.FINE if room >= asked else Level.AGAINST)


def applicant(application: Application) -> Iterator[Finding]:
    """Who may apply, and whether they live here by the postcode table."""
    rules = application.scheme_version
    if application.applicant_kind not in rules.applicant_kinds:
        kind = ApplicantKind(application.applicant_kind).label
        text = _("De regeling is niet voor een %(kind)s.") % {"kind": kind}
        yield Finding(_("Wie vraagt aan"), text, Level.AGAINST)
    if not rules.must_live_here:
        return
    subject = _("Woont in de gemeente")
    found = propose(application.postcode)
    if found.outside:
        text = _("Postcode %(postcode)s ligt niet in de gemeente.") % {"postcode": application.postcode}
        yield Finding(subject, text, Level.AGAINST)
    elif found.buurt is None:
        yield Finding(subject, _("De postcode staat niet in de lijst. Kijk het adres na."), Level.QUESTION)
    elif not application.lives_here:
        yield Finding(subject, _("De aanvrager heeft niet aangevinkt hier te wonen."), Level.QUESTION)
    else:
        text = _("Postcode %(postcode)s ligt in %(wijk)s.") % {"postcode": application.postcode, "wijk": found.wijk}
        yield Finding(subject, text, Level.FINE)


def together(application: Application) -> Iterator[Finding]:
    """As many people who apply together as the scheme wants."""
    least = application.scheme_version.co_signers
    if not least:
        return
    named = people_named(application.co_applicants)
    text = _("%(n)d mede-aanvragers genoemd; nodig zijn er %(least)d.") % {"n": named, "least": least}
    yield Finding(_("Mede-aanvragers"), text, Level.FINE if named >= least else Level.AGAINST)


def plan(application: Application) -> Iterator[Finding]:
    """What the scheme wants of the plan, and only a person can see."""
    rules = application.scheme_version
    if rules.must_be_new:
        yield Finding(_("Nieuw"), _("De regeling is voor nieuwe plannen. Ga na of dit er al was."), Level.QUESTION)
    if rules.no_profit:
        text = _("Kosten: %(costs)s. Ander geld: %(other)s. Ga na of niemand eraan verdient.")
        values = {
            "costs": euro_text(eligible_costs(application)),
            "other": application.other_funds.rstrip(" .") or _("niets ingevuld"),
        }
        yield Finding(_("Geen winst"), text % values, Level.QUESTION)


def _list_or_letters(application: Application) -> Iterator[Finding]:
    rules, subject = application.scheme_version, _("Draagvlak")
    least = {"least": rules.support_minimum}
    if rules.support_mode == SupportMode.LIST:
        yield from _counted(application, rules.support_minimum)
    elif rules.support_mode == SupportMode.LETTERS:
        text = _("De regeling vraagt berichten van buren; nodig zijn er %(least)d. Kijk of ze erbij zitten.")
        there = application.support or application.files.exists()
        yield Finding(subject, text % least, Level.QUESTION if there else Level.AGAINST)


def _counted(application: Application, least: int) -> Iterator[Finding]:
    """What the applicant counted on the list, and whether the list is there."""
    subject, in_favour = _("Draagvlak"), application.supporters_pro
    if in_favour is None:
        text = _("De regeling vraagt een lijst van minstens %(least)d buren. De aantallen ontbreken.")
        yield Finding(subject, text % {"least": least}, Level.AGAINST)
        return
    against, neutral = application.supporters_con or 0, application.supporters_neutral or 0
    values = {"pro": in_favour, "con": against, "neutral": neutral, "least": least}
    text = _("Vóór: %(pro)d, tegen: %(con)d, neutraal: %(neutral)d. Vóór moeten er minstens %(least)d zijn.")
    enough = Level.QUESTION if against else Level.FINE
    yield Finding(subject, text % values, enough if in_favour >= least else Level.AGAINST)
    if application.support_list_gone_on:
        gone = _("De lijst is na het besluit vernietigd, op %(day)s.")
        yield Finding(_("Draagvlaklijst"), gone % {"day": day(application.support_list_gone_on)}, Level.FINE)
    elif _has_file(application, FilePurpose.SUPPORT_LIST):
        yield Finding(_("Draagvlaklijst"), _("De lijst zit erbij. Tel haar na."), Level.QUESTION)
    else:
        yield Finding(_("Draagvlaklijst"), _("De lijst zelf zit er niet bij."), Level.AGAINST)


def _proof(application: Application) -> Iterator[Finding]:
    """Extra proof above an amount; it is gone with the list, soon after the decision."""
    rules = application.scheme_version
    if rules.extra_proof_above is None or not asks_proof(application.asked_amount, rules):
        return
    above = {"above": euro_text(rules.extra_proof_above)}
    if application.support_list_gone_on:
        text, level = _("Boven %(above)s vraagt de regeling bewijs. Dat is na het besluit vernietigd."), Level.FINE
    elif _has_file(application, FilePurpose.PROOF):
        text, level = _("Boven %(above)s vraagt de regeling bewijs. Het zit erbij: bekijk het."), Level.QUESTION
    else:
        text, level = _("Boven %(above)s vraagt de regeling bewijs. Het zit er niet bij."), Level.AGAINST
    yield Finding(_("Bewijs van draagvlak"), text % above, level)


def _has_file(application: Application, purpose: FilePurpose) -> bool:
    return any(kept.purpose == purpose for kept in application.files.all())


def support(application: Application) -> Iterator[Finding]:
    """Neighbours who join, proof of it above an amount, and whether everybody is welcome."""
    rules, subject = application.scheme_version, _("Draagvlak")
    yield from _list_or_letters(application)
    if rules.support_mode == SupportMode.NUMBER and rules.support_minimum:
        joining = application.supporters_count
        values = {"n": joining or 0, "least": rules.support_minimum}
        if joining is None:
            yield Finding(subject, _("Het aantal buren dat meedoet is niet ingevuld."), Level.QUESTION)
        else:
            text = _("%(n)d buren doen mee; nodig zijn er %(least)d.") % values
            yield Finding(subject, text, Level.FINE if joining >= rules.support_minimum else Level.AGAINST)
    yield from _proof(application)
    if rules.open_to_all and application.everybody_welcome is not True:
        text = _("De aanvrager zegt dat niet iedereen welkom is.")
        if application.everybody_welcome is None:
            text = _("De aanvrager zei niet of iedereen welkom is.")
        level = Level.QUESTION if application.everybody_welcome is None else Level.AGAINST
        yield Finding(_("Voor iedereen"), text, level)


def place(application: Application) -> Iterator[Finding]:
    """Where it is, permits, public space and enclosures: what only a person can look up."""
    rules = application.scheme_version
    if place_unknown(application):
        text = _("De buurt is niet ingevuld, en de postcode van de aanvrager ligt buiten de gemeente. Kies de buurt.")
        yield Finding(_("Buurt"), text, Level.AGAINST)
    if rules.permit_check:
        said = application.permits.rstrip(" .") or _("niets ingevuld")
        text = _("De aanvrager schreef over vergunningen: %(said)s. Ga na of er een nodig is.") % {"said": said}
        yield Finding(_("Vergunning"), text, Level.QUESTION)
    if rules.public_space_check:
        where = application.place or str(application.buurt or application.wijk)
        text = _("Plek: %(where)s. Is dit openbare ruimte, vraag dan groen of wegen om advies.") % {"where": where}
        yield Finding(_("Openbare ruimte"), text, Level.QUESTION)
    if rules.attachments_required and not application.files.exists():
        yield Finding(_("Bijlagen"), _("De regeling vraagt een bijlage; er is er geen."), Level.AGAINST)
