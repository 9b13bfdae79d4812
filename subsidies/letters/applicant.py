"""Letters around sending an application, and the receipts of every official message."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from shared import municipality
from shared.links import absolute, sign
from shared.notifications.compose import Letter, compose
from subsidies import answers, dates
from subsidies.letters.own_words import step_letter
from subsidies.models import Application, ApplicationDraft, CaseMessage

CASE = "subsidies.case"
DRAFT = "subsidies.draft"


def receipt(application: Application, lacks: Sequence[str]) -> Letter:
    """The application came in: when, by when we decide and why, what is missing, and a copy of it."""
    with translation.override(application.language):
        deadline, groups = dates.decision_deadline(application), answers.of_application(application)
    return _letter(
        "receipt", application, lacks=list(lacks), deadline=deadline, groups=groups, url=case_url(application)
    )


def message_receipt(message: CaseMessage, *, sender: str = "") -> Letter:
    """An official message came in: which one, at what time, and a copy of it; to `sender` when not the applicant."""
    application = message.application
    return _letter(
        "message_receipt",
        application,
        message=message,
        to=sender or application.name,
        is_own=not sender,
        files=[kept.file.original_name for kept in message.files.select_related("file")],
        url=case_url(application),
    )


def withdrawn(application: Application) -> Letter:
    """The application was taken back by the applicant."""
    return _letter("withdrawn", application)


def new_application(application: Application, lacks: Sequence[str]) -> Letter:
    """Tell the reviewers that there is a new application."""
    return _to_staff("new_application", application, lacks=list(lacks))


def from_applicant(message: CaseMessage, *, sender: str = "") -> Letter:
    """Tell the reviewers that the applicant, or `sender`, sent an official message."""
    return _to_staff("from_applicant", message.application, message=message, who=sender or message.application.name)


def draft_link(draft: ApplicationDraft) -> Letter:
    """The way back to an application that was not sent yet."""
    return _compose("draft_link", _about_draft(draft), draft.language)


def draft_warning(draft: ApplicationDraft) -> Letter:
    """Warn that a draft will be deleted."""
    return _compose("draft_warning", _about_draft(draft), draft.language)


def case_url(application: Application) -> str:
    """The full address at which an applicant with an e-mail address opens the case; else of the front door."""
    if not application.reads_email:
        return absolute(reverse("overview"))
    return absolute(reverse("subsidies:case_by_link", args=[case_token(application)]))


def case_token(application: Application) -> str:
    """Proof that a letter about this case went to this address."""
    return sign(CASE, application=application.pk, email=application.email)


def draft_url(draft: ApplicationDraft) -> str:
    """The full address at which a draft is continued."""
    return absolute(reverse("subsidies:resume", args=[sign(DRAFT, draft=str(draft.pk))]))


def _about_draft(draft: ApplicationDraft) -> dict[str, Any]:
    periods = municipality.current().periods
    return {
        "draft": draft,
        "scheme": draft.scheme,
        "url": draft_url(draft),
        "days": periods.draft_days,
        "warning_days": periods.draft_warning_days,
    }


def _letter(name: str, application: Application, **context: Any) -> Letter:
    return step_letter(name, application, {"application": application, **context}, application.language)


def _to_staff(name: str, application: Application, **context: Any) -> Letter:
    url = absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return _compose(name, {"application": application, "url": url, **context}, "nl")


def _compose(name: str, context: dict[str, Any], language: str) -> Letter:
    return compose(f"subsidies/letters/{name}.txt", context, language=language)
