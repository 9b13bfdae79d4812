"""What the rules of the scheme say about this application: time, money, who and place."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from shared.ui.notations import euro_text
from shared.ui.templatetags.ui import day
from shared.wijken.lookup import propose
from subsidies import budget, dates
from subsidies.completeness import place_unknown
from subsidies.enums import ApplicantKind, OwnContributionKind
from subsidies.findings.finding import Finding, Level
from subsidies.models import Application
from subsidies.rules import most_of_costs, own_share, people_named


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
        share = most_of_costs(costs, rules.percent_of_costs, rules.rounded_up_to)
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
    wanted = own_share(eligible_costs(application), rules.own_share_percent)
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
    if not application.is_undecided or budget.ceiling_for(application, on) is None:
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


def place(application: Application) -> Iterator[Finding]:
    """Where it is, permits, upkeep and enclosures: what only a person can look up."""
    rules = application.scheme_version
    if place_unknown(application):
        text = _("De buurt is niet ingevuld, en de postcode van de aanvrager ligt buiten de gemeente. Kies de buurt.")
        yield Finding(_("Buurt"), text, Level.AGAINST)
    if rules.permit_check:
        said = application.permits.rstrip(" .") or _("niets ingevuld")
        text = _("De aanvrager schreef over vergunningen: %(said)s. Ga na of er een nodig is.") % {"said": said}
        yield Finding(_("Vergunning"), text, Level.QUESTION)
    if rules.upkeep_check:
        said = application.upkeep.rstrip(" .")
        text = _("De aanvrager schreef over onderhoud: %(said)s.") % {"said": said}
        nothing = _("De aanvrager schreef niets over onderhoud. Blijft er iets staan? Vraag dan wie ervoor zorgt.")
        yield Finding(_("Onderhoud"), text if said else nothing, Level.FINE if said else Level.QUESTION)
    if rules.attachments_required and not application.files.exists():
        yield Finding(_("Bijlagen"), _("De regeling vraagt een bijlage; er is er geen."), Level.AGAINST)


def privacy(application: Application) -> Iterator[Finding]:
    """What the applicant keeps private: whether it is needed has to be weighed (Awb article 4:3)."""
    if application.withheld:
        text = _("De aanvrager vertelt iets niet: %(what)s. Weeg of u het nodig heeft, ook tegen de privacy (Awb 4:3).")
        yield Finding(_("Niet verteld"), text % {"what": application.withheld.rstrip(" .")}, Level.QUESTION)
