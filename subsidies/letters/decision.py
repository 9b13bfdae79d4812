"""The letter of each decision: one source for the PDF on the municipality's paper, the HTML and the plain text."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from shared import links
from shared.accounts.models import User
from shared.notifications import layout, printing
from shared.notifications.compose import Letter, compose
from shared.notifications.markup import Block
from shared.ui.notations import euro_text
from subsidies.enums import AccountabilityMode, GroundRule, Outcome
from subsidies.findings import consecutive_years
from subsidies.late import Late
from subsidies.letters.own_words import letter_values
from subsidies.letters.texts import NO_PENALTY, text_for
from subsidies.models import Application, BudgetProviso, Decision, DefaultNotice, Ground, Objection, Proposal
from subsidies.rules import accountability_mode

NOTHING = Decimal(0)
# What each decision rests on besides the scheme itself and the grounds that were chosen.
AWB = {
    Outcome.GRANT: "Algemene wet bestuursrecht, artikelen 4:29, 4:30 en 4:31",
    # Which article makes it less, or refuses it, the grounds say: the ceiling (4:25) is one of them. What a scheme does
    # not allow cannot be granted.
    Outcome.GRANT_PARTLY: "Algemene wet bestuursrecht, artikelen 4:29, 4:30 en 4:31",
    Outcome.REFUSE: "Algemene wet bestuursrecht, artikel 4:23, eerste lid",
    Outcome.NOT_PROCESSED: "Algemene wet bestuursrecht, artikel 4:5",
    Outcome.SETTLE: "Algemene wet bestuursrecht, artikelen 4:42 en 4:46, eerste lid",
    Outcome.SETTLE_LOWER: "Algemene wet bestuursrecht, artikel 4:46, tweede lid",
    # Of a change that is not to anybody's disadvantage; one that is rests on its grounds.
    Outcome.CHANGE: "Algemene wet bestuursrecht, artikelen 4:29 en 4:31",
    Outcome.RECOVER: "Algemene wet bestuursrecht, artikel 4:57",
    Outcome.WAIVE: "Algemene wet bestuursrecht, artikelen 4:57, eerste lid, en 4:94a",
    Outcome.DEFER: "Algemene wet bestuursrecht, artikelen 4:94 en 4:101",
    Outcome.OBJECTION: "Algemene wet bestuursrecht, artikelen 7:11 en 7:12",
    Outcome.PENALTY: "Algemene wet bestuursrecht, artikelen 4:17 en 4:18",
    Outcome.INTEREST: "Algemene wet bestuursrecht, artikelen 4:97 tot en met 4:102",
}
GRANTS = (Outcome.GRANT, Outcome.GRANT_PARTLY)
UNDER_PROVISO = "Algemene wet bestuursrecht, artikelen 4:29, 4:30, 4:31 en 4:34"
INVOKED = "Algemene wet bestuursrecht, artikelen 4:34, vijfde lid, en 4:48, eerste lid"
INVOKED_LATER = "Algemene wet bestuursrecht, artikelen 4:34, vierde lid, en 4:50"
CHANGED_AFTER_SETTLING = "Algemene wet bestuursrecht, artikelen 4:42 en 4:46, eerste lid"
# To take back a grant, or a part of it (Awb articles 4:48 to 4:50).
TAKEN_BACK = {
    GroundRule.GRANTED: "Algemene wet bestuursrecht, artikel 4:48, eerste lid",
    GroundRule.FUTURE: "Algemene wet bestuursrecht, artikel 4:50, eerste lid",
    GroundRule.SETTLED: "Algemene wet bestuursrecht, artikel 4:49, eerste lid",
    GroundRule.BREACH: "Algemene wet bestuursrecht, artikel 4:49, eerste lid",
}
AT_ONCE = "Algemene wet bestuursrecht, artikelen 4:42 en 4:43"


@dataclass(frozen=True)
class Money:
    """What a decision means in euros: what was promised before, what is now, what we pay and what was paid too much."""

    before: Decimal = NOTHING
    amount: Decimal | None = None
    pays: Decimal = NOTHING
    overpaid: Decimal = NOTHING
    purpose: str = ""


@dataclass(frozen=True)
class Enclosed:
    """What a letter tells besides the decision on the application itself.

    `kind` is what is decided on the application, `record_as` what the decision is called when that is something else:
    one on an objection, or a penalty.
    """

    kind: str = ""
    direct: bool = False
    record_as: str = ""
    objection: Objection | None = None
    notice: DefaultNotice | None = None
    late: Late | None = None
    instalment: Decimal | None = None
    first_part_on: date | None = None
    proviso: BudgetProviso | None = None
    # The budget that the money still waits for (Awb article 4:34).
    waits_for: int | None = None
    # The decision that a change changes.
    was: Decision | None = None


def decision(decision: Decision, grounds: Sequence[Ground], money: Money, enclosed: Enclosed) -> Letter:
    """The whole letter, as it will be frozen and sent."""
    return _compose(str(decision.outcome), decision, grounds, money, enclosed)


def for_applicant(decision: Decision, grounds: Sequence[Ground], money: Money, enclosed: Enclosed) -> Letter:
    """The decision on the objection of somebody else, told to the applicant (Awb articles 3:41 and 7:12)."""
    return _compose("objection_copy", decision, grounds, money, enclosed)


def _compose(name: str, decision: Decision, grounds: Sequence[Ground], money: Money, enclosed: Enclosed) -> Letter:
    application = decision.application
    values = letter_values(application, decision.amount)
    account = application.bank_accounts.order_by("given_at", "pk").last()
    return compose(
        f"subsidies/letters/decision/{name}.txt",
        {
            "a": application,
            "d": decision,
            "kind": enclosed.kind,
            "money": money,
            "direct": enclosed.direct,
            "grounds": grounds,
            "articles": articles(decision, enclosed, grounds),
            "opening": text_for(_opening(decision), application.scheme, values),
            "closing": text_for("decision.closing", application.scheme, values),
            "report": _report(decision),
            "settles": enclosed.kind in GRANTS and not enclosed.direct,
            "account_ending": account.iban[-4:] if account else "",
            "contact_name": _contact(decision, enclosed) or values["behandelaar"],
            "function": _function(decision.decided_by),
            "url": case_url(application),
            "objection": enclosed.objection,
            "waits_for": enclosed.waits_for,
            "changes": _changes(decision, money, enclosed.was),
            "addressee": enclosed.objection.addressee if enclosed.objection else application.name,
            "notice": enclosed.notice,
            "late": enclosed.late,
            "instalment": enclosed.instalment,
            "first_part_on": enclosed.first_part_on,
            "proviso": enclosed.proviso,
            "years": len(consecutive_years(application)) if decision.reasonable_until else 0,
            "recovery_due_on": application.recoveries.open().values_list("due_on", flat=True).first(),
        },
    )


def _changes(decision: Decision, money: Money, was: Decision | None) -> list[str]:
    """What is other than before, in words for the list of a change."""
    found = []
    if money.amount is not None and money.amount != money.before:
        found.append(f"Het bedrag: eerst {euro_text(money.before)}, nu {euro_text(money.amount)}.")
    if was is None:
        return found
    days = (("Klaar op of vóór", "execute_until"), ("Het verslag op of vóór", "report_due_on"))
    for label, name in days:
        before, now = getattr(was, name), getattr(decision, name)
        if before != now:
            first, then = (day_text(day) if day else "geen dag" for day in (before, now))
            found.append(f"{label}: eerst {first}, nu {then}.")
    found += [f"Nieuwe verplichting: {duty}" for duty in decision.obligations if duty not in was.obligations]
    return [
        *found,
        *(f"Verplichting die vervalt: {duty}" for duty in was.obligations if duty not in decision.obligations),
    ]


def _opening(decision: Decision) -> str:
    """Where the first words of this letter stand."""
    return NO_PENALTY if decision.outcome == Outcome.PENALTY and not decision.amount else f"{decision.outcome}.opening"


def _contact(decision: Decision, enclosed: Enclosed) -> str:
    """Who answers about a decision on an objection: not who took the decision objected to (Awb article 10:3(3))."""
    if decision.outcome != Outcome.OBJECTION and enclosed.objection is None:
        return ""
    handler = enclosed.objection.handler if enclosed.objection else None
    return str((handler or decision.decided_by).name)


def freeze(decision: Decision, letter: Letter, objection: Objection | None = None) -> None:
    """Put the letter on the decision in memory, as PDF, HTML and text, with the fingerprint of the PDF."""
    sheet = printing.Sheet(
        address=tuple((objection or decision.application).address_lines),
        day=decision.notified_on,
        subject=letter.subject,
        blocks=letter.blocks,
        reference=decision.application.reference,
    )
    with override("nl"):
        decision.letter = printing.paper([sheet], title=letter.subject)
        decision.letter_html = as_html(sheet)
        decision.letter_text = as_text(sheet)
    decision.letter_sha256 = hashlib.sha256(decision.letter).hexdigest()


def as_html(sheet: printing.Sheet) -> SafeString:
    """The letter as a part of a page: the same words as on paper, in the same order."""
    return format_html(
        '<article class="frozen-letter" lang="nl">\n<p class="frozen-letter__sender">{}</p>\n<p>{}</p>\n<p>{}</p>\n'
        "<h2>{}</h2>\n{}\n<footer><p>{}</p></footer>\n</article>",
        " · ".join(printing.sender()),
        format_html_join(SafeString("<br>"), "{}", ((line,) for line in sheet.address)),
        format_html_join(SafeString("<br>"), "{}", ((line,) for line in _facts(sheet))),
        sheet.subject,
        layout.page_body(sheet.blocks),
        layout.contact(),
    )


def as_text(sheet: printing.Sheet) -> str:
    """The letter in plain text."""
    parts = [" · ".join(printing.sender()), "\n".join(sheet.address), "\n".join(_facts(sheet)), sheet.subject]
    return "\n\n".join([*parts, layout.plain_body(sheet.blocks), layout.contact()]) + "\n"


def by_mail(letter: Letter) -> Letter:
    """The same letter as an e-mail, which says why it came and that the PDF is attached."""
    with override("nl"):
        why = _("U krijgt deze e-mail omdat u een aanvraag deed. De brief zit er ook als pdf bij.")
        blocks = (*letter.blocks, Block("footer", (why,)))
        return Letter(letter.subject, layout.text(blocks), layout.html(letter.subject, blocks), blocks)


def file_name(decision: Decision) -> str:
    """What the PDF is called."""
    return f"besluit-{decision.application.reference}.pdf"


def in_one_line(decision: Decision) -> str:
    """The decision for a timeline, in the language of now."""
    appeal = decision.outcome == Outcome.OBJECTION
    words = _("Beroep kan tot en met %(day)s.") if appeal else _("Bezwaar kan tot en met %(day)s.")
    last = words % {"day": format_date(decision.objection_due, "l j F Y")}
    return f"{euro_text(decision.amount)}. {last}" if decision.amount is not None else last


def articles(decision: Decision, enclosed: Enclosed, grounds: Sequence[Ground]) -> list[str]:
    """What the decision rests on: the scheme, its articles and the Act."""
    application = decision.application
    found = [application.scheme.legal_basis, *(ground.article for ground in grounds)]
    if enclosed.kind in (Outcome.GRANT, Outcome.GRANT_PARTLY):
        found += application.scheme_version.criteria.exclude(article="").values_list("article", flat=True)
    if decision.outcome in (Outcome.PENALTY, Outcome.INTEREST):
        return [AWB[Outcome(decision.outcome)]]
    if decision.outcome == Outcome.OBJECTION:
        found.append(AWB[Outcome.OBJECTION])
    found += _act(decision, enclosed, grounds)
    return [each for each in dict.fromkeys(found) if each]


def _act(decision: Decision, enclosed: Enclosed, grounds: Sequence[Ground]) -> list[str]:
    """The articles of the Act for what is decided on the application."""
    if enclosed.proviso:
        return [INVOKED_LATER if decision.reasonable_until else INVOKED]
    if decision.budget_year:
        return [UNDER_PROVISO]
    if enclosed.direct:
        return [AT_ONCE]
    settled = decision.application.settled_amount is not None
    if enclosed.kind in (Outcome.CHANGE, Outcome.REVOKE) and grounds:
        usual = GroundRule.SETTLED if settled else GroundRule.GRANTED
        return [TAKEN_BACK[GroundRule(ground.rule) if ground.rule in TAKEN_BACK else usual] for ground in grounds]
    if enclosed.kind == Outcome.CHANGE and settled:
        return [CHANGED_AFTER_SETTLING]
    return [AWB[Outcome(enclosed.kind)]]


def proposed(proposal: Proposal) -> Letter:
    """Ask a colleague for a second look."""
    return _to_staff("proposed", proposal.application, proposal=proposal)


def returned(proposal: Proposal, by: User) -> Letter:
    """Tell who proposed that it came back, and why."""
    return _to_staff("proposal_returned", proposal.application, proposal=proposal, by=by)


def case_url(application: Application) -> str:
    """Where the applicant finds the case; on paper too, so it holds no secret."""
    return links.absolute(reverse("subsidies:case", args=[application.reference]))


def _facts(sheet: printing.Sheet) -> list[str]:
    return [
        _("Datum: %(day)s") % {"day": format_date(sheet.day, "j F Y")},
        _("Ons kenmerk: %(reference)s") % {"reference": sheet.reference},
    ]


def _report(decision: Decision) -> dict[str, Any] | None:
    """What the recipient shows afterwards, in words."""
    if decision.report_due_on is None:
        return None
    bands = decision.application.scheme_version.accountability_bands.values_list("from_amount", "mode")
    mode = accountability_mode(bands, decision.amount)
    return {"what": AccountabilityMode(mode).label, "by": decision.report_due_on} if mode else None


def _function(user: User) -> str:
    """What somebody is at the municipality, for below the letter."""
    held = [assignment.get_role_display() for assignment in user.assignments]
    return str(held[0]) if held else ""


def _to_staff(name: str, application: Application, **context: Any) -> Letter:
    url = links.absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return compose(f"subsidies/letters/{name}.txt", {"a": application, "url": url, **context})


def day_text(day: date) -> str:
    """dinsdag 7 april 2026."""
    with override("nl"):
        return format_date(day, "l j F Y")
