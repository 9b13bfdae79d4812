"""Applications in the admin: the work list, the file page and the steps."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from shared.documents.models import StoredFile
from shared.review.admin import CaseAdmin
from shared.terms.calendar import today
from subsidies.admin import entry
from subsidies.admin.registry import DESK
from subsidies.admin.selection import SELECTION, WORKLIST
from subsidies.admin.worklist import WorklistMixin
from subsidies.enums import FilePurpose
from subsidies.models import Application, CaseFile
from subsidies.querysets import ApplicationQuerySet
from subsidies.worklist import due, promise


@admin.register(Application)
class ApplicationAdmin(WorklistMixin, CaseAdmin):
    """The review of applications."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Aanvragen")
    permission = "subsidies.review_application"
    export_name, export_permission = WORKLIST.name, "subsidies.export_applications"
    file_template = "admin/subsidies/application/file.html"
    change_list_template = "admin/subsidies/application/change_list.html"
    related = (
        "wijk",
        "buurt",
        "theme",
        "owner",
        "scheme",
        "scheme_version",
        "round",
        "initiative",
        "entered_by",
        "applicant",
        "previous",
    )

    def get_urls(self) -> list[URLPattern]:
        """Writing an application down, beside the pages of every case."""
        return [path("nieuw/", self.wrap(self.entry_view), name="subsidies_application_entry"), *super().get_urls()]

    def open_to(self, request: HttpRequest) -> ApplicationQuerySet:
        """The cases of the list, without whose turn it is."""
        return Application.objects.reviewable_by(request.user)

    def around_file(self, request: HttpRequest, case: Application) -> dict[str, Any]:
        """The legal date and the promise, in words."""
        return {"due": due(case, today()), "promise": promise(case, today())}

    def stored_file(self, case: Application, number: int) -> StoredFile | None:
        """A file that came with the application, or later."""
        # The invoice of a supplier shows an account number: finance opens it from the payment.
        found = CaseFile.objects.filter(application=case, pk=number).exclude(purpose=FilePurpose.INVOICE)
        kept = found.select_related("file").first()
        return kept.file if kept else None

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Write down an application for somebody at the phone or the desk, or copy it from paper."""
        return entry.enter(request, self.around(request))
