"""What the scheme wants to see of the neighbours: how many, who, what they think, and whether they are welcome."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shared.ui.notations import euro_text
from shared.ui.templatetags.ui import day
from subsidies.completeness import asks_proof
from subsidies.enums import COUNTED_APART, COUNTED_IN_ONE, WITH_A_LIST, FilePurpose, SupportMode
from subsidies.findings.finding import Finding, Level
from subsidies.models import Application


def _list_or_letters(application: Application) -> Iterator[Finding]:
    rules, subject = application.scheme_version, _("Draagvlak")
    least = {"least": rules.support_minimum}
    if rules.support_mode in COUNTED_APART:
        yield from _counted_apart(application, rules.support_minimum)
    elif rules.support_mode == SupportMode.LETTERS:
        text = _("De regeling vraagt berichten van buren; nodig zijn er %(least)d. Kijk of ze erbij zitten.")
        there = application.support or application.files.exists()
        yield Finding(subject, text % least, Level.QUESTION if there else Level.AGAINST)


def _counted_apart(application: Application, least: int) -> Iterator[Finding]:
    """What the applicant counted on a list or in a poll: for, against and neutral."""
    subject, in_favour = _("Draagvlak"), application.supporters_pro
    if in_favour is None:
        text = _("De regeling vraagt hoe minstens %(least)d buren erover denken. De aantallen ontbreken.")
        yield Finding(subject, text % {"least": least}, Level.AGAINST)
        return
    against, neutral = application.supporters_con or 0, application.supporters_neutral or 0
    values = {"pro": in_favour, "con": against, "neutral": neutral, "least": least}
    text = _("Vóór: %(pro)d, tegen: %(con)d, neutraal: %(neutral)d. Vóór moeten er minstens %(least)d zijn.")
    enough = Level.QUESTION if against else Level.FINE
    lost = application.scheme_version.support_mode == SupportMode.POLL and against >= in_favour
    yield Finding(subject, text % values, enough if in_favour >= least and not lost else Level.AGAINST)


def _counted_in_one(application: Application, least: int) -> Iterator[Finding]:
    """How many join, or agree."""
    subject, number = _("Draagvlak"), application.supporters_count
    if number is None:
        yield Finding(subject, _("Het aantal buren dat meedoet is niet ingevuld."), Level.QUESTION)
        return
    text = _("%(n)d buren doen mee; nodig zijn er %(least)d.")
    if application.scheme_version.support_mode == SupportMode.NAMES:
        text = _("%(n)d buren steunen het plan; nodig zijn er %(least)d.")
    level = Level.FINE if number >= least else Level.AGAINST
    yield Finding(subject, text % {"n": number, "least": least}, level)


def _list(application: Application) -> Iterator[Finding]:
    """Whether the list is there; it is gone soon after the decision."""
    subject = _("Draagvlaklijst")
    if application.support_list_gone_on:
        gone = _("De lijst is na het besluit vernietigd, op %(day)s.")
        yield Finding(subject, gone % {"day": day(application.support_list_gone_on)}, Level.FINE)
    elif _has_file(application, FilePurpose.SUPPORT_LIST):
        yield Finding(subject, _("De lijst zit erbij. Tel haar na."), Level.QUESTION)
    else:
        yield Finding(subject, _("De lijst zelf zit er niet bij."), Level.AGAINST)


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
    rules = application.scheme_version
    yield from _list_or_letters(application)
    if rules.support_mode in COUNTED_IN_ONE and rules.support_minimum:
        yield from _counted_in_one(application, rules.support_minimum)
    if rules.support_mode in WITH_A_LIST and (rules.support_minimum or rules.support_mode == SupportMode.LIST):
        yield from _list(application)
    if rules.addresses_by_staff and rules.support_mode in (*COUNTED_APART, SupportMode.NAMES):
        text = _("De gemeente noemt de adressen. Ga na of de aanvrager bij al die adressen is geweest.")
        yield Finding(_("Adressen"), text, Level.QUESTION)
    yield from _proof(application)
    if rules.open_to_all and application.everybody_welcome is not True:
        text = _("De aanvrager zegt dat niet iedereen welkom is.")
        if application.everybody_welcome is None:
            text = _("De aanvrager zei niet of iedereen welkom is.")
        level = Level.QUESTION if application.everybody_welcome is None else Level.AGAINST
        yield Finding(_("Voor iedereen"), text, level)
