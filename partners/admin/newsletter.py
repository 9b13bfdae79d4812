"""The letters of wijken: read the concept as it will be sent, add a word, leave something out, send it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.newsletter import AUTOMATIC_HOUR
from partners.forms.newsletter import NewsletterForm
from partners.letters import newsletter as letters
from partners.models import Newsletter, NewsletterSettings
from partners.moments.news import gather_news, without
from partners.paper import newsletter as paper
from partners.rules.newsletter import Group, next_sent_by_clock, period_of
from partners.workflow import newsletter as workflow
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.ui.record_admin import RecordPage, key_of


@admin.register(Newsletter)
class NewsletterAdmin(RecordPage, admin.ModelAdmin[Newsletter]):
    """Concepts first; what was sent is read, never changed."""

    list_display = ("__str__", "wijk", "rhythm", "status", "sent_at", "reached")
    list_filter = ("status", "rhythm", "wijk")
    list_select_related = ("wijk",)
    ordering = ("status", "-sent_at", "wijk__code", "rhythm")
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Lezers"), ordering="readers")
    def reached(self, letter: Newsletter) -> int | None:
        """To how many it went; of a concept that is not known yet."""
        return letter.readers if letter.is_sent else None

    def get_urls(self) -> list[URLPattern]:
        """The letter on paper, beside the pages of every admin."""
        sheet = self.admin_site.admin_view(self.sheet_view)
        return [path("<int:pk>/pdf/", sheet, name="partners_newsletter_sheet"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Newsletter]:
        """Those of one's own wijken."""
        found: Any = super().get_queryset(request)
        return found.reviewable_by(request.user)  # type: ignore[no-any-return]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who sends letters has work here."""
        return request.user.has_perm("partners.send_newsletter")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Which ones is up to the list itself."""
        return self.has_module_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The letter as it will be sent, or as it was."""
        letter = self._letter(request, object_id)
        groups = [] if letter.is_sent else gather_news(letter.wijk, letter.rhythm)
        initial = {"intro": letter.intro, "left_out": letter.left_out}
        form = NewsletterForm(request.POST if "save" in request.POST else None, groups=groups, initial=initial)
        if request.method == "POST" and (done := self._answer(request, letter, form, groups)):
            return done
        return TemplateResponse(
            request, "admin/partners/newsletter/change_form.html", self._values(request, letter, form, groups)
        )

    def sheet_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """On paper, the concept too."""
        letter = self._letter(request, str(pk))
        return HttpResponse(paper.make(letter, _shown(letter)), content_type="application/pdf")

    def _answer(
        self, request: HttpRequest, letter: Newsletter, form: NewsletterForm, groups: list[Group]
    ) -> HttpResponse | None:
        """Do what was asked; None shows the page again, with the errors or with what was not seen yet."""
        if "save" in request.POST and not form.is_valid():
            return None
        try:
            self._act(request, letter, form, groups)
        except WorkflowError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(self.address(letter.pk))

    def _act(self, request: HttpRequest, letter: Newsletter, form: NewsletterForm, groups: list[Group]) -> None:
        sent = request.POST
        version = int(sent["version"]) if sent.get("version", "").isdecimal() else letter.version
        if "automatic" in sent:
            workflow.choose_automatic(letter.wijk, automatic=sent["automatic"] == "on", by=request.user)
            messages.success(request, _("Uw keuze is bewaard."))
        elif "save" in sent:
            answers = form.cleaned_data
            workflow.change_letter(
                letter,
                intro=answers["intro"],
                left_out=answers.get("left_out", []),
                by=request.user,
                version=version,
            )
            messages.success(request, _("Bewaard. Zo gaat de brief de deur uit; hij is nog niet verstuurd."))
        elif sent.get("seen") != _fingerprint(without(groups, letter.left_out)) and not letter.is_sent:
            messages.warning(request, _("Er is nieuws bij gekomen. Kijk het na en verstuur de brief dan."))
        else:
            workflow.send_letter(letter, by=request.user, version=version)
            messages.success(request, _("De wijkbrief wordt verstuurd."))

    def _values(
        self, request: HttpRequest, letter: Newsletter, form: NewsletterForm, groups: list[Group]
    ) -> dict[str, Any]:
        shown = _shown(letter)
        now = today()
        automatic = not NewsletterSettings.objects.filter(wijk=letter.wijk, automatic=False).exists()
        earlier = Newsletter.objects.sent().filter(wijk=letter.wijk, rhythm=letter.rhythm)
        in_period = earlier.filter(period=period_of(now, letter.rhythm)).exists()
        return {
            **self.around(request),
            "title": str(letter),
            "letter": letter,
            "form": form,
            "shown": letters.newsletter(letter, shown) if shown else None,
            "seen": _fingerprint(shown),
            "readers": letter.readers if letter.is_sent else workflow.readers_of(letter.wijk, letter.rhythm).count(),
            "automatic": automatic,
            "by_clock_on": next_sent_by_clock(_next_round(now), letter.rhythm, sent_this_period=in_period),
            "in_period": in_period,
            "list_title": _("Wijkbrieven"),
        }

    def _letter(self, request: HttpRequest, number: str) -> Newsletter:
        """A letter of one's own wijk; what is not yours does not exist."""
        if not self.has_module_permission(request):
            raise Http404
        found = self.get_queryset(request).select_related("wijk", "sent_by").filter(pk=key_of(number)).first()
        if found is None:
            raise Http404
        return found


def _next_round(day: date) -> date:
    """The first day on which the clock still has to come by."""
    return day + timedelta(days=1) if timezone.localtime().hour >= AUTOMATIC_HOUR else day


def _shown(letter: Newsletter) -> list[Group]:
    return workflow.sent_contents(letter) if letter.is_sent else workflow.contents(letter)


def _fingerprint(groups: list[Group]) -> str:
    return " ".join(item.key for group in groups for item in group.items)
