"""Challenges in the admin: the work list, the file page, the steps, and writing one down."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel
from participation.challenges import answers, workflow
from participation.challenges.admin.filters import FILTERS, SOON
from participation.challenges.admin.selection import SELECTION, WORKLIST
from participation.challenges.admin.steps import DESK
from participation.challenges.enums import UNDECIDED
from participation.challenges.forms.apply import EntryForm
from participation.challenges.models import Challenge
from participation.challenges.policies import may_review
from shared.audit.history import history
from shared.notifications.models import OutboxMessage
from shared.review.admin import CaseAdmin
from shared.review.desk import Part
from shared.terms.calendar import days_left_in_words, today

FOLDER = "admin/challenges/challenge"


def _words(case: Challenge, request: HttpRequest) -> dict[str, Any]:
    return {"groups": [answers.about_task(case), answers.about_group(case)]}


def _conversation(case: Challenge, request: HttpRequest) -> dict[str, Any]:
    return {"conversation": case.messages.select_related("author")}


def _timeline(case: Challenge, request: HttpRequest) -> dict[str, Any]:
    return {"history": history(case), "letters": OutboxMessage.objects.about(case)}


DESK.show_on_file(
    Part("verzoek", f"{FOLDER}/_words.html", _words, 10, left=True),
    Part("behandeling", f"{FOLDER}/_work.html", _conversation, 20),
    Part("tijdlijn", "admin/review/_timeline.html", _timeline, 90),
)


@admin.register(Challenge)
class ChallengeAdmin(CaseAdmin):
    """The right to challenge, handled."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Uitdaagrecht")
    permission = "challenges.review_challenge"
    export_name, export_permission = WORKLIST.name, "challenges.export_challenges"
    change_list_template = f"{FOLDER}/change_list.html"
    related = ("wijk", "buurt", "owner", "contact", "entered_by", "initiative", "project")

    list_display = ["reference", "task", "wijk", "state", "decide", "handler"]
    list_display_links = ["reference", "task"]
    list_filter = FILTERS
    list_select_related = ["wijk", "owner"]
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, taak, groep, naam, e-mail of telefoon")
    sortable_by = ["reference", "task", "wijk", "decide"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """Writing a request down, beside the pages of every case."""
        own = [path("nieuw/", self.wrap(self.entry_view), name="challenges_challenge_entry")]
        return own + super().get_urls()

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Write down a request for a group at the phone or the desk: once, however often it is sent."""
        form = EntryForm(request.POST or None)
        if form.is_valid():
            with transaction.atomic():
                return HttpResponseRedirect(form.once.perform(lambda: self._enter(request, form)))
        values = {**self.around(request), "title": _("Nieuwe uitdaging invoeren"), "form": form}
        return TemplateResponse(request, f"{FOLDER}/entry.html", values)

    def _enter(self, request: HttpRequest, form: EntryForm) -> str:
        given = form.cleaned_data
        case = workflow.enter_for_group(
            form.task(),
            form.group(),
            channel=Channel(given["channel"]),
            received_on=given["received_on"],
            by=request.user,
        )
        messages.success(request, _("Uitdaging %(number)s is vastgelegd.") % {"number": case.reference})
        return DESK.file_url(request, case.pk) if may_review(request.user, case) else DESK.list_url(request)

    @admin.display(description=gettext_lazy("taak"), ordering="title")
    def task(self, case: Challenge) -> SafeString:
        """The task and the group, and a mark for a message that nobody answered."""
        mark = format_html(' <span class="review-mark">{}</span>', _("ongelezen bericht")) if case.unread_since else ""
        return format_html('{}{} <span class="review-list__where">{}</span>', case.title, mark, case.group_name)

    @admin.display(description=gettext_lazy("beslissen"), ordering="decide_by")
    def decide(self, case: Challenge) -> SafeString:
        """How long there is left to decide, in words."""
        if case.status not in UNDECIDED or case.decide_by is None:
            return format_html('<span class="review-due review-due--{}">{}</span>', "none", "–")
        left = (case.decide_by - today()).days
        urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
        words = days_left_in_words(case.decide_by, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', urgency, words)
