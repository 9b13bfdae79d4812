"""An application comes in: sent by a resident, entered by a colleague, its address known, or taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from shared import municipality
from shared.accounts import workflow as accounts
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.themes.models import Theme
from shared.ui import page_cache
from shared.wijken.lookup import propose
from shared.wijken.models import Buurt, Wijk
from subsidies import budget, dates
from subsidies.completeness import missing
from subsidies.enums import ApplicantKind, Channel, FilePurpose, Status
from subsidies.letters import applicant as letters
from subsidies.models import Application, ApplicationCounter, ApplicationDraft, CostLine, Round, SchemeVersion
from subsidies.workflow.case import attach, lock, tell_applicant, tell_reviewers

# Plain attachments, or files by what the scheme asked them for (`FilePurpose`).
Files = Iterable[StoredFile] | Mapping[str, Iterable[StoredFile]]


@dataclass(frozen=True)
class Answers:
    """What an applicant answered; each name is a column of the application, except `costs`."""

    # The four things that the law asks for (Awb article 4:2): these two, the address, and the day by itself.
    name: str
    what: str
    title: str = ""
    benefit: str = ""
    theme: Theme | None = None
    category: str = ""
    everybody_welcome: bool | None = None
    buurt: Buurt | None = None
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    supporters_count: int | None = None
    supporters_pro: int | None = None
    supporters_con: int | None = None
    supporters_neutral: int | None = None
    support: str = ""
    permits: str = ""
    public_space: bool | None = None
    upkeep: str = ""
    withheld: str = ""
    costs: tuple[tuple[str, Decimal], ...] = ()
    asked_amount: Decimal | None = None
    own_money: Decimal = Decimal(0)
    own_hours: int = 0
    own_goods: str = ""
    other_funds: str = ""
    applicant_kind: str = ApplicantKind.RESIDENT
    organisation: str = ""
    email: str = ""
    by_email: bool = True
    phone: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    co_applicants: str = ""
    shows_result: bool = False

    @property
    def total(self) -> Decimal:
        """What the plan costs in all."""
        return sum((amount for _what, amount in self.costs), Decimal(0))


@transaction.atomic
def submit(
    answers: Answers,
    *,
    version: SchemeVersion,
    files: Files = (),
    draft: ApplicationDraft | None = None,
    initiative: Initiative | None = None,
    language: str = "nl",
    now: datetime | None = None,
) -> Application:
    """Take in an application from the website. Sending it is signing it.

    It counts as received today, also when something is missing and while the address is not confirmed.
    """
    application = _receive(
        answers,
        version=version,
        files=_by_purpose(files),
        initiative=initiative,
        language=language,
        now=now or timezone.now(),
    )
    if draft is not None:
        draft.application, draft.answers = application, {}
        draft.save(update_fields=["application", "answers"])
    return application


@transaction.atomic
def enter(
    answers: Answers,
    *,
    version: SchemeVersion,
    channel: Channel,
    received_on: date,
    by: User,
    files: Files = (),
    initiative: Initiative | None = None,
    now: datetime | None = None,
) -> Application:
    """Take in an application that a colleague writes down at the phone or desk, or copies from paper."""
    return _receive(
        answers,
        version=version,
        files=_by_purpose(files),
        initiative=initiative,
        language="nl",
        now=now or timezone.now(),
        channel=channel,
        received_on=received_on,
        by=by,
    )


@transaction.atomic
def confirm_address(application: Application, *, email: str) -> Application:
    """The applicant opened a link that went to this address: it is theirs. A second time changes nothing."""
    application = lock(application)
    if application.applicant_id or application.email.lower() != email.lower():
        return application
    application.applicant = accounts.resident_for(email, name=application.name)
    application.save(update_fields=["applicant"])

    trail.record("subsidies.address_confirmed", subject=application, visibility=Visibility.RESIDENT)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: User | None, on: date, version: int | None = None) -> Application:
    """The applicant takes the application back: no decision follows, and what was set aside for it is free again.

    Raises:
        WorkflowError: it was decided on, also when a later decision waits for a second pair of eyes.
    """
    application = lock(application, version)
    if application.decided_at is not None:
        raise WorkflowError(_("Over deze aanvraag is al besloten."))
    application.move_to(Status.WITHDRAWN)
    application.save()
    budget.release(application, by=by, on=on)

    trail.record("subsidies.withdrawn", subject=application, by=by, visibility=Visibility.RESIDENT)
    tell_applicant(application, letters.withdrawn(application), "withdrawn")
    page_cache.touch()
    return application


def next_reference(year: int) -> str:
    """The next number of the year, as 2026-S-00042; holds the year's row until the transaction ends."""
    return f"{year}-S-{ApplicationCounter.take(year):05d}"


def what_is_missing(application: Application) -> list[str]:
    """What the application still lacked when it came in, for the receipt and the reviewer."""
    return missing(
        application,
        application.scheme_version,
        has_costs=application.cost_lines.exists(),
        files=set(application.files.values_list("purpose", flat=True)),
    )


def _receive(
    answers: Answers,
    *,
    version: SchemeVersion,
    files: Mapping[str, Iterable[StoredFile]],
    initiative: Initiative | None,
    language: str,
    now: datetime,
    channel: Channel = Channel.WEB,
    received_on: date | None = None,
    by: User | None = None,
) -> Application:
    """The application is in: the clock runs, the applicant gets a receipt, the reviewers hear of it."""
    answers = _with_place(answers)
    received_on = received_on or timezone.localdate(now)
    lacks = missing(
        answers, version, has_costs=bool(answers.costs), files={purpose for purpose, kept in files.items() if kept}
    )
    application = Application(
        reference=next_reference(timezone.localdate(now).year),
        scheme=version.scheme,
        scheme_version=version,
        # After an outage on the last day of a round, the next one can be open already: the first counts.
        round=Round.objects.open(received_on).filter(scheme=version.scheme).order_by("closes_on").first(),
        initiative=initiative,
        previous=_refused_before(initiative, version, answers),
        channel=channel,
        language=language,
        submitted_at=now,
        received_on=received_on,
        complete_on=None if lacks else received_on,
        declared_at=now,
        entered_by=by,
        wijk=_wijk(answers),
        lives_here=lives_here(answers.postcode, answers.town),
        **{field.name: getattr(answers, field.name) for field in fields(answers) if field.name != "costs"},
    )
    # Saved first: the clock asks the case for its waits.
    application.save()
    dates.refresh(application)
    application.save(update_fields=["due_legal", "due_safe", "promised_on"])
    CostLine.objects.bulk_create(
        CostLine(application=application, what=what, amount=amount) for what, amount in answers.costs
    )
    for purpose, kept in files.items():
        attach(application, kept, purpose=purpose)

    trail.record(
        "subsidies.entered" if by else "subsidies.submitted",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        channel=channel,
    )
    tell_applicant(application, letters.receipt(application, lacks), "receipt")
    tell_reviewers(application, letters.new_application(application, lacks), "new")
    # The page of the scheme tells how much has been asked for.
    page_cache.touch()
    return application


def _by_purpose(files: Files) -> dict[str, list[StoredFile]]:
    if isinstance(files, Mapping):
        return {purpose: list(kept) for purpose, kept in files.items()}
    return {FilePurpose.OTHER: list(files)}


def _refused_before(initiative: Initiative | None, version: SchemeVersion, answers: Answers) -> Application | None:
    """An earlier no for the same plan: then we ask what is new, and the reviewer looks for it (Awb article 4:6).

    The same plan is that of the same initiative, or one of the same address under the same title.
    """
    same = Q(initiative=initiative) if initiative else Q(pk__in=())
    if answers.email and answers.title:
        same |= Q(email__iexact=answers.email, title__iexact=answers.title)
    refused = Application.objects.filter(same, scheme=version.scheme, status__in=[Status.REFUSED, Status.NOT_PROCESSED])
    found: Application | None = refused.order_by("-submitted_at").first()
    return found


def _with_place(answers: Answers) -> Answers:
    """Whoever names no buurt means their own, when the postcode says which one that is."""
    if answers.buurt or not answers.postcode:
        return replace(answers, title=answers.title or answers.what[:60].strip())
    found = propose(answers.postcode)
    buurt = found.buurt if found.certain else None
    return replace(answers, buurt=buurt, title=answers.title or answers.what[:60].strip())


def _wijk(answers: Answers) -> Wijk:
    """Where it is: the wijk of the place, else of the address. Else the first one, until a manager chose the buurt."""
    if answers.buurt:
        return answers.buurt.wijk
    nearby = propose(answers.postcode).wijk if answers.postcode else None
    return nearby or Wijk.objects.current().without_geometry().order_by("code")[0]


def lives_here(postcode: str, town: str) -> bool:
    """By the postcode, and by the name of the town where postcodes are not known."""
    found = propose(postcode)
    same_town = town.strip().lower() == municipality.current().name.lower()
    return bool(found.candidates) or (same_town and not found.outside)
