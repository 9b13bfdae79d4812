"""The answers of an application as people read them back: on the check page, in the copy, and in the own file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.documents.models import StoredFile
from shared.ui import notations
from subsidies.enums import ApplicantKind
from subsidies.models import Application, SchemeVersion
from subsidies.questions import BY_EMAIL, BY_POST, FILES, WAYS, asked_by, label

COUNTS = ("supporters_count", "supporters_pro", "supporters_con", "supporters_neutral")


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

    @property
    def lead(self) -> str:
        """The question as it stands before its answer on one line."""
        return self.label if self.label.endswith("?") else f"{self.label}:"


@dataclass(frozen=True)
class Group:
    """Answers below one heading."""

    heading: str
    answers: list[Answer]


def read_back(
    asked: Any,
    version: SchemeVersion,
    *,
    costs: Iterable[tuple[str, Decimal]],
    files: Mapping[str, Iterable[Named]],
    has_caps: bool,
) -> list[Group]:
    """Every question of this scheme with its answer, in the order of the form."""
    given = {
        "costs": _costs(list(costs)),
        **{name: "\n".join(file.original_name for file in files.get(purpose, ())) for name, purpose in FILES.items()},
        "buurt": _where(asked),
        "by_email": way(asked.by_email),
    }
    return [
        Group(
            str(heading),
            [
                Answer(label(name, version), given[name] if name in given else _words(name, getattr(asked, name)), name)
                for name in names
            ],
        )
        for heading, names in asked_by(version, has_caps=has_caps)
    ]


def of_application(application: Application) -> list[Group]:
    """The same for an application that was sent, without what came in later."""
    version = application.scheme_version
    return read_back(
        application,
        version,
        costs=[(line.what, line.amount) for line in application.cost_lines.all()],
        files=_files(application),
        has_caps=bool(application.category) or version.category_caps.exists(),
    )


def _files(application: Application) -> dict[str, list[StoredFile]]:
    """What came with the application, by what it is for."""
    found: dict[str, list[StoredFile]] = {}
    for kept in application.files.filter(message=None, report=None).select_related("file"):
        found.setdefault(kept.purpose, []).append(kept.file)
    return found


def given(groups: Iterable[Group]) -> list[Group]:
    """Only what was answered, for who reads it back later."""
    kept = [Group(group.heading, [one for one in group.answers if one.value]) for group in groups]
    return [group for group in kept if group.answers]


def with_links(groups: Iterable[Group], form_url: str) -> list[Group]:
    """The same answers, each with the place in the form where it is changed."""
    return [
        Group(group.heading, [replace(one, url=f"{form_url}#{_place(one.field)}") for one in group.answers])
        for group in groups
    ]


def _place(field: str) -> str:
    return f"id_{field}_0" if field in ("starts_on", "ends_on", "costs") else f"id_{field}"


def _costs(costs: list[tuple[str, Decimal]]) -> str:
    if not costs:
        return ""
    total = sum((amount for _what, amount in costs), Decimal(0))
    lines = [f"{what}: {notations.euro_text(amount)}" for what, amount in costs]
    return "\n".join([*lines, _("Samen: %(total)s") % {"total": notations.euro_text(total)}])


def _where(asked: Any) -> str:
    if asked.buurt:
        return f"{asked.buurt}, {asked.buurt.wijk}"
    # An application that was sent has a wijk in any case: that of the address.
    return str(getattr(asked, "wijk", None) or _("In uw eigen buurt"))


def way(by_email: bool) -> str:
    """How messages reach the applicant, in words."""
    return str(dict(WAYS)[BY_EMAIL if by_email else BY_POST])


def _words(name: str, value: Any) -> str:
    if name == "applicant_kind":
        return str(ApplicantKind(value).label) if value else ""
    if name == "phone":
        return notations.phone_text(value) if value else ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    if isinstance(value, date):
        return format_date(value, "l j F Y")
    if isinstance(value, Decimal):
        return notations.euro_text(value) if value or name == "asked_amount" else ""
    if name == "theme":
        return value.label if value else ""
    if isinstance(value, int):
        # Nobody is against is an answer too.
        return str(value) if value or name in COUNTS else ""
    return str(value or "")
