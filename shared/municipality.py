"""The municipality that runs this portal: who signs the letters and what it promises (one TOML file)."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language


@dataclass(frozen=True)
class Periods:
    """Promised periods; the unit is in each name."""

    answer_working_days: int
    escalate_working_days: int
    question_reminder_days: int
    confirmation_reminder_hours: int
    confirmation_link_days: int
    draft_days: int
    draft_warning_days: int
    completion_reminder_days: int
    advice_days: int
    advice_reminder_days: int
    advice_escalation_days: int
    advice_link_days: int
    ambassador_warning_days: int
    ambassador_open_requests: int
    report_reminder_days: int
    report_patience_days: int
    report_second_term_days: int
    account_reminder_days: int
    account_second_reminder_days: int
    payment_warning_working_days: int
    opinion_after_days: int
    # Percent of a legal term at which reviewers are warned; from the last one on the functional manager is too.
    term_warning_percents: tuple[int, ...]
    # The sample is drawn from the reports that are due within so many days.
    sample_ahead_days: int
    step_reminder_days: int
    step_late_days: int
    finding_days: int
    finding_reminder_days: int
    finding_late_days: int
    notice_keep_days: int
    notice_link_days: int
    partner_invitation_days: int
    match_link_days: int
    match_contact_days: int
    match_later_days: int
    match_reminder_days: int
    match_lapse_days: int
    match_result_days: int


@dataclass(frozen=True)
class Moments:
    """What people who take part in a project may count on; the unit is in each name."""

    reminder_days: int
    confirm_hours: int
    keep_people_days: int
    smallest_group: int


@dataclass(frozen=True)
class Challenges:
    """What a group that wants to take over a task may count on; the unit is in each name."""

    talk_working_days: int
    decision_weeks: int
    reminder_days: int


@dataclass(frozen=True)
class Bank:
    """The account that subsidies are paid from."""

    holder: str
    iban: str
    bic: str

    @property
    def shown(self) -> str:
        """The account number as people read it, in groups of four."""
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))


@dataclass(frozen=True)
class Participation:
    """How the municipality calls its approach, on which rules it rests, and what it promises about checks and feedback.

    Reminders go out so many days before and after the last day, and then every `remind_every_days` days: first to
    ambassador and coordinator, when it is too late to the lead as well, then to the ambassador and the management.
    """

    approach: str
    own_rules: str
    check_working_days: int
    feedback_working_days: int
    evaluation_days: int
    remind_days_before: tuple[int, ...]
    remind_days_after: tuple[int, ...]
    remind_every_days: int
    management_after_days: int
    management_name: str
    management_email: str


@dataclass(frozen=True)
class Municipality:
    """What is configured about the municipality; `logo` is a path below static/ or empty.

    `court` is where residents go who do not agree with a decision on their objection.
    """

    name: str
    full_name: str
    portal_name: str
    code: str
    website: str
    phone: str
    email: str
    sender: str
    opening_hours: str
    opening_hours_en: str
    postal_address: tuple[str, ...]
    court: str
    court_address: tuple[str, ...]
    logo: str
    colours: dict[str, str]
    # How many people agree before files are destroyed: one or two.
    destruction_approvals: int
    periods: Periods
    moments: Moments
    challenges: Challenges
    bank: Bank
    participation: Participation

    @property
    def hours(self) -> str:
        """When somebody answers the phone, in the language of the page or letter."""
        return self.opening_hours_en if get_language() == "en" else self.opening_hours

    @property
    def phone_link(self) -> str:
        """The phone number as it stands in a tel: address."""
        return "tel:" + "".join(self.phone.split())


# The tables of the file.
PARTS: dict[str, type] = {
    "periods": Periods,
    "bank": Bank,
    "participation": Participation,
    "moments": Moments,
    "challenges": Challenges,
}


def parse(values: dict[str, Any]) -> Municipality:
    """Check the configuration file.

    Raises:
        ImproperlyConfigured: a key is missing or unknown, named.
    """
    _check_keys(Municipality, values, "")
    for name, shape in PARTS.items():
        _check_keys(shape, values[name], f"{name}.")
    if values["destruction_approvals"] not in (1, 2):
        raise ImproperlyConfigured("destruction_approvals must be 1 or 2.")
    lines = {name: tuple(values[name]) for name in ("postal_address", "court_address")}
    promised = values["participation"]
    days = {name: tuple(promised[name]) for name in ("remind_days_before", "remind_days_after")}
    parts = {name: shape(**values[name]) for name, shape in PARTS.items()} | {
        "periods": Periods(**values["periods"] | {"term_warning_percents": _shares(values["periods"])}),
        "participation": Participation(**promised | days),
    }
    return Municipality(**values | lines | parts)


@cache
def current() -> Municipality:
    """The municipality of this installation."""
    return parse(settings.MUNICIPALITY)


def _shares(periods: dict[str, Any]) -> tuple[int, ...]:
    shares = tuple(periods["term_warning_percents"])
    if not shares or list(shares) != sorted(set(shares)) or not all(0 < share < 100 for share in shares):
        raise ImproperlyConfigured(
            "periods.term_warning_percents must be rising numbers between 0 and 100, such as [50, 75, 90]."
        )
    return shares


def _check_keys(shape: type, values: dict[str, Any], prefix: str) -> None:
    expected = {field.name for field in fields(shape)}
    for name in sorted(expected ^ values.keys()):
        problem = "is missing from" if name in expected else "is not a setting of"
        raise ImproperlyConfigured(f"{prefix}{name} {problem} the municipality file (PORTAL_MUNICIPALITY).")
