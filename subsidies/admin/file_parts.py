"""The parts of the file page that come with every application, in reading order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from initiatives.nearby import municipality_near
from shared.audit.history import history
from shared.notifications.models import OutboxMessage
from shared.review.desk import keeping
from shared.terms.calendar import today
from shared.terms.clock import Deadline
from shared.wijken.maps import place_map
from subsidies import dates
from subsidies.admin.registry import DESK, CasePage, Part, add_page, show_on_file
from subsidies.enums import CheckAnswer, FilePurpose
from subsidies.findings import conflict_hints, findings
from subsidies.forms.notes import NoteForm
from subsidies.models import Application, Objection
from subsidies.settlement import Settlement, settlement
from subsidies.workflow import proviso, review


@dataclass(frozen=True)
class LegalDay:
    """One date of a case with the sentence that explains it."""

    label: str | Promise
    day: date
    why: str = ""


def save_note(request: HttpRequest, case: Application, around: dict[str, Any]) -> HttpResponse:
    """Add a note; once, however often it is sent."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = NoteForm(request.POST)
    if form.is_valid():
        form.perform(lambda: review.note(case, text=form.cleaned_data["note_text"], by=request.user))
        messages.success(request, _("Notitie bewaard."))
    else:
        messages.error(request, form.error_items[0].text)
    return HttpResponseRedirect(DESK.file_url(request, case.pk) + "#notities")


def _plan(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {"map": place_map(case.buurt or case.wijk)}


def _money(case: Application, request: HttpRequest) -> dict[str, Any]:
    lines = list(case.cost_lines.all())
    return {
        "lines": lines,
        "total": sum((line.amount for line in lines), Decimal(0)),
        "eligible": sum((line.amount for line in lines if line.eligible), Decimal(0)),
    }


def _files(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {"files": case.files.exclude(purpose=FilePurpose.INVOICE).select_related("file", "message")}


def _dates(case: Application, request: HttpRequest) -> dict[str, Any]:
    clock = settlement(case)
    deadline = clock.deadline if clock else dates.decision_deadline(case)
    runs = case.is_undecided or clock is not None
    return {"days": _legal_days(case, deadline, clock), "deadline": deadline, "undecided": runs}


def _legal_days(case: Application, deadline: Deadline, clock: Settlement | None) -> list[LegalDay]:
    """Each date that is alive in this case, the earliest first."""
    days = _decision_days(case, deadline) if case.is_undecided else []
    days += _settlement_days(clock) if clock else []
    days += [
        LegalDay(_("Aanvullen kan tot en met"), request.last_day, ", ".join(request.items))
        for request in case.completion_requests.all()
        if request.completed_on is None and request.lapsed_at is None
    ]
    days += [
        LegalDay(_("Zienswijze kan tot en met"), hearing.last_day)
        for hearing in case.hearings.all()
        if hearing.ended_on is None
    ]
    return sorted([*days, *_proviso_days(case)], key=lambda each: each.day)


def _proviso_days(case: Application) -> list[LegalDay]:
    """When the council decides on the budget, or until when the proviso can be invoked after that."""
    found = proviso.open_proviso(case)
    if found is None:
        return []
    until = proviso.deadline(found)
    if until is None:
        label = _("De raad beslist over de begroting van %(year)d") % {"year": found.budget.year}
        return [LegalDay(label, found.budget.expected_on)]
    label = _("Beroep op het begrotingsvoorbehoud kan tot en met (Awb 4:34)")
    return [LegalDay(label, until.due_safe, until.sentence)]


def _settlement_days(clock: Settlement) -> list[LegalDay]:
    label = _("Vaststellen uiterlijk") if clock.applied_on else _("Ambtshalve vaststellen uiterlijk (Awb 4:47)")
    why = _("Zo is die dag geteld: %(sentence)s") % {"sentence": clock.deadline.sentence}
    days = [LegalDay(label, clock.deadline.due_legal, why)]
    if clock.deadline.due_safe != clock.deadline.due_legal:
        why = _("Goed bij elke uitleg van de wet. Deze dag staat in de werkvoorraad.")
        days.append(LegalDay(_("Veilige datum"), clock.deadline.due_safe, why))
    return days


def _decision_days(case: Application, deadline: Deadline) -> list[LegalDay]:
    counted = _("Zo is die dag geteld: %(sentence)s")
    days = [
        LegalDay(
            _("Besluit uiterlijk (wettelijke datum)"), deadline.due_legal, counted % {"sentence": deadline.sentence}
        )
    ]
    if deadline.due_safe != deadline.due_legal:
        why = _("Goed bij elke uitleg van de wet. Deze dag staat in de werkvoorraad.")
        days.append(LegalDay(_("Veilige datum"), deadline.due_safe, why))
    if case.promised_on:
        why = _("Wat wij de aanvrager beloven, in werkdagen vanaf een volledige aanvraag.")
        days.append(LegalDay(_("Streefdatum"), case.promised_on, why))
    if case.complete_on is None and (window := dates.not_processed_deadline(case, today())):
        why = counted % {"sentence": window.sentence}
        days.append(LegalDay(_("Buiten behandeling stellen kan tot en met (Awb 4:5)"), window.due_safe, why))
    return days


def _checks(case: Application, request: HttpRequest) -> dict[str, Any]:
    kept = case.checklist.get("criteria", {})
    rows = [
        {
            "question": criterion.question,
            "article": criterion.article,
            "answer": CheckAnswer(verdict["answer"]).label if verdict else "",
            "remark": verdict.get("remark", ""),
        }
        for criterion in case.scheme_version.criteria.all()
        for verdict in [kept.get(str(criterion.pk), {})]
    ]
    return {
        "criteria": rows,
        "findings": findings(case, today()),
        "conflicts": conflict_hints(case, request.user),
        "scores": case.checklist.get("scores", {}),
        "vote": _vote(case),
    }


def _vote(case: Application) -> dict[str, Any]:
    """What was written down of the vote: `votes`, `held_on` and `how`; empty without one."""
    kept = case.checklist.get("vote", {})
    return {**kept, "held_on": date.fromisoformat(kept["held_on"])} if kept else {}


def _messages(case: Application, request: HttpRequest) -> dict[str, Any]:
    """Unread first, then the newest."""
    received = list(case.messages.select_related("entered_by").prefetch_related("files__file", "replies__author"))
    received.sort(key=lambda each: (each.answered_at is not None, -each.received_at.timestamp()))
    # What has a part of its own on this page is read there.
    objections = Objection.objects.filter(against__application=case).values_list("message", flat=True)
    parts = dict.fromkeys(objections, "bezwaren") | dict.fromkeys(
        case.complaints.values_list("message", flat=True), "klachten"
    )
    return {
        "received": [(each, parts.get(each.pk, "")) for each in received],
        "replies": [each for each in case.replies.select_related("author") if each.message_id is None],
        "reply_url": DESK.step_url(request, case.pk, "bericht"),
    }


def _notes(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {
        "notes": case.notes.select_related("author"),
        "note_form": NoteForm(),
        "note_url": keeping(request, reverse("admin:subsidies_application_note", args=[case.pk])),
    }


def _timeline(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {"history": history(case), "letters": OutboxMessage.objects.about(case)}


def _nearby(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {"part": {"nearby": municipality_near(case.wijk) if case.wijk else []}}


def _nothing(case: Application, request: HttpRequest) -> dict[str, Any]:
    return {}


FOLDER = "admin/subsidies/application"
show_on_file(
    Part("aanvraag", f"{FOLDER}/_plan.html", _plan, 10, left=True),
    Part("kosten", f"{FOLDER}/_money.html", _money, 20, left=True),
    Part("aanvrager", f"{FOLDER}/_applicant.html", _nothing, 30, left=True),
    Part("bijlagen", f"{FOLDER}/_files.html", _files, 40, left=True),
    Part("gemeente", "admin/initiatives/_nearby.html", _nearby, 50, left=True),
    Part("termijnen", f"{FOLDER}/_dates.html", _dates, 10),
    Part("toetsing", f"{FOLDER}/_checks.html", _checks, 20),
    Part("berichten", f"{FOLDER}/_messages.html", _messages, 30),
    Part("notities", f"{FOLDER}/_notes.html", _notes, 70),
    Part("tijdlijn", f"{FOLDER}/_timeline.html", _timeline, 90),
)
add_page(CasePage("notitie/", "subsidies_application_note", save_note))
