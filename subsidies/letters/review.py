"""Letters of the reviewer before the decision: what we ask, by when, and which date that leads to."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from shared.links import absolute
from shared.notifications.compose import Letter, compose
from shared.terms.clock import Deadline
from subsidies import dates
from subsidies.letters.applicant import case_url
from subsidies.letters.own_words import step_letter
from subsidies.models import Application, CompletionRequest, Hearing, LaterDecision, Pause, Reply
from subsidies.settlement import Settlement, settlement


def taken_up(application: Application) -> Letter:
    """Tell the applicant who handles the application, and when the decision comes."""
    return _to_applicant("taken_up", application)


def completion_request(application: Application, request: CompletionRequest) -> Letter:
    """Say what is missing, until when it can be sent, what happens otherwise, and that the clock stands still."""
    return _to_applicant("completion_request", application, request=request)


def completion_reminder(application: Application, request: CompletionRequest) -> Letter:
    """Remind the applicant of what is missing, before the last day."""
    return _to_applicant("completion_reminder", application, request=request)


def completed(application: Application) -> Letter:
    """The application goes on; with the new date."""
    return _to_applicant("completed", application)


def hearing_asked(application: Application, hearing: Hearing) -> Letter:
    """Tell what we intend and why, and ask for a view."""
    return _to_applicant("hearing_asked", application, hearing=hearing, grounds=list(hearing.grounds.all()))


def hearing_reminder(application: Application, hearing: Hearing) -> Letter:
    """Remind the applicant that a view can still be given."""
    return _to_applicant("hearing_reminder", application, hearing=hearing)


def later_decision(application: Application, later: LaterDecision) -> Letter:
    """The decision comes later: the term is extended, or it stands and this is what the applicant can do."""
    context: dict[str, Any] = {"later": later}
    if later.about_settlement:
        with translation.override(application.language):
            found = settlement(application)
        # A message about a settlement is written while its term runs.
        context |= {"deadline": found.deadline} if found else {}
    return _to_applicant("extended" if later.weeks else "later_notice", application, **context)


def paused(application: Application, pause: Pause) -> Letter:
    """The clock stands still for some days; with the new date."""
    return _to_applicant("paused", application, pause=pause)


def reply(application: Application, written: Reply) -> Letter:
    """A message to the applicant, with the question that it answers."""
    return _to_applicant("reply", application, message=written.text, question=written.message)


def assigned(application: Application) -> Letter:
    """Tell a colleague that the case is theirs now."""
    return _to_staff("assigned", application)


def completion_lapsed(application: Application, request: CompletionRequest, window: Deadline | None) -> Letter:
    """Tell the reviewer that nothing came, and until when the application can be left unprocessed."""
    return _to_staff("completion_lapsed", application, request=request, window=window)


def put_aside_warning(application: Application, window: Deadline, *, is_over: bool) -> Letter:
    """Warn of the last day to leave the application unprocessed, or tell that it has passed (Awb article 4:5(4))."""
    return _to_staff("put_aside_warning", application, window=window, is_over=is_over)


def hearing_lapsed(application: Application, hearing: Hearing) -> Letter:
    """Tell the reviewer that no view came."""
    return _to_staff("hearing_lapsed", application, hearing=hearing)


def term_warning(application: Application, share: int, deadline: Deadline) -> Letter:
    """Warn that so many percent of the term has been used."""
    return _to_staff("term_warning", application, share=share, deadline=deadline)


def term_passed(application: Application, deadline: Deadline) -> Letter:
    """Tell that the term is over and what that means (Awb articles 4:14, 4:17 and 6:12)."""
    return _to_staff("term_passed", application, deadline=deadline)


def settlement_warning(application: Application, share: int, found: Settlement) -> Letter:
    """Warn that so many percent of the term to set the amount has been used."""
    return _to_staff("settlement_warning", application, share=share, found=found, deadline=found.deadline)


def settlement_passed(application: Application, found: Settlement) -> Letter:
    """Tell that the term to set the amount is over, and what that means."""
    return _to_staff("settlement_passed", application, found=found, deadline=found.deadline)


def _to_applicant(name: str, application: Application, **context: Any) -> Letter:
    # The explanation of the date is made of words, so it is counted in the reader's language.
    with translation.override(application.language):
        deadline = dates.decision_deadline(application)
    values = {"application": application, "deadline": deadline, "url": case_url(application), **context}
    return step_letter(name, application, values, application.language)


def _to_staff(name: str, application: Application, **context: Any) -> Letter:
    url = absolute(reverse("admin:subsidies_application_change", args=[application.pk]))
    return _compose(name, {"application": application, "url": url, **context}, "nl")


def _compose(name: str, context: dict[str, Any], language: str) -> Letter:
    return compose(f"subsidies/letters/{name}.txt", context, language=language)
