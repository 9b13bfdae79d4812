"""The answers as people read them back: on the check page, in the PDF and in the own file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from initiatives.enums import HelpKind
from initiatives.models import Initiative
from initiatives.workflow import Initiator, Plan
from shared.ui import notations


class Named(Protocol):
    """A kept file."""

    original_name: str


@dataclass(frozen=True)
class Answer:
    """A question with its answer; empty when it was skipped. `url` is where it can be changed, if it can."""

    label: str
    value: str
    field: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Answers below one heading."""

    heading: str
    answers: list[Answer]


def about_plan(plan: Plan | Initiative, files: Iterable[Named] | None = None) -> list[Group]:
    """The answers about the plan, in the order of the form; without `files` these are shown elsewhere."""
    where = f"{plan.buurt}, {plan.wijk}" if plan.buurt else str(plan.wijk)
    return [
        Group(
            _("Uw idee"),
            [
                Answer(_("Hoe heet uw idee?"), plan.title, "title"),
                Answer(_("Wat wilt u doen?"), plan.what, "what"),
                Answer(_("Voor wie is het en wat wordt er beter?"), plan.benefit, "benefit"),
                Answer(_("Waar gaat uw idee vooral over?"), plan.theme.label, "theme"),
            ],
        ),
        Group(
            _("Waar en wanneer"),
            [
                Answer(_("In welke buurt is het?"), where, "buurt"),
                Answer(_("Straat of plek"), plan.place, "place"),
                Answer(
                    _("Wanneer wilt u het doen?"),
                    format_date(plan.planned_on, "l j F Y") if plan.planned_on else "",
                    "planned_on_0",
                ),
            ],
        ),
        Group(
            _("Samen"),
            [
                Answer(_("Wie doet er mee?"), plan.who_joins, "who_joins"),
                Answer(
                    _("Waarmee kunnen wij of uw buren helpen?"),
                    ", ".join(str(HelpKind(kind).label) for kind in plan.help_wanted),
                    "help_wanted",
                ),
                Answer(
                    _("Hoeveel kost het ongeveer?"),
                    notations.euro_text(plan.amount) if plan.amount is not None else "",
                    "amount",
                ),
                *_files(files),
            ],
        ),
    ]


def about_initiator(person: Initiator | Initiative) -> Group:
    """The answers about the person."""
    address = " ".join(filter(None, [person.postcode, person.house_number]))
    return Group(
        _("Over u"),
        [
            Answer(_("Uw naam"), person.name, "name"),
            Answer(_("Uw e-mailadres"), person.email, "email"),
            Answer(_("Uw telefoonnummer"), notations.phone_text(person.phone) if person.phone else "", "phone"),
            Answer(_("Postcode en huisnummer"), address, "postcode"),
            Answer(
                _("Mijn voornaam mag bij het idee staan"),
                _("Ja") if person.shows_first_name else _("Nee"),
                "shows_first_name",
            ),
        ],
    )


def with_links(groups: Iterable[Group], form_url: str) -> list[Group]:
    """The same answers, each with the place in the form where it is changed."""
    return [
        Group(group.heading, [replace(one, url=f"{form_url}#id_{one.field}") for one in group.answers])
        for group in groups
    ]


def masked(email: str) -> str:
    """Enough of an address to recognise one's own: `an…@voorbeeld.nl`."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:2]}…@{domain}" if domain else ""


def _files(files: Iterable[Named] | None) -> list[Answer]:
    if files is None:
        return []
    return [Answer(_("Foto’s of bestanden"), "\n".join(file.original_name for file in files), "files")]
