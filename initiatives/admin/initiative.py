"""Initiatives in the admin: the work list, the file page and the steps."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from initiatives.admin import entry, file_page, writing
from initiatives.admin.selection import SELECTION, WORKLIST
from initiatives.admin.steps import DESK
from initiatives.admin.worklist import WorklistMixin
from initiatives.models import Attachment, Initiative
from shared.documents.models import StoredFile
from shared.review.admin import CaseAdmin


@admin.register(Initiative)
class InitiativeAdmin(WorklistMixin, CaseAdmin):
    """The review of plans."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Werkvoorraad")
    permission = "initiatives.review_initiative"
    export_name, export_permission = WORKLIST.name, "initiatives.export_initiatives"
    file_template = "admin/initiatives/initiative/file.html"
    change_list_template = "admin/initiatives/initiative/change_list.html"
    related = ("wijk", "buurt", "theme", "owner", "entered_by", "merged_into", "initiator")

    def get_urls(self) -> list[URLPattern]:
        """Writing a plan down, notes and contact moments, beside the pages of every case."""
        own = [
            path("nieuw/", self.wrap(self.entry_view), name="initiatives_initiative_entry"),
            path("<int:pk>/notitie/", self.wrap(self.note_view), name="initiatives_initiative_note"),
            path("<int:pk>/contact/", self.wrap(self.contact_view), name="initiatives_initiative_contact"),
        ]
        return own + super().get_urls()

    def around_file(self, request: HttpRequest, case: Initiative) -> dict[str, Any]:
        """The resident's words and our own work."""
        return file_page.values(request, case)

    def show_with(self, request: HttpRequest, case: Initiative, **forms: Any) -> HttpResponse:
        """The file page with a form that was sent with a mistake."""
        return self.show_file(request, case, **file_page.values(request, case, **forms))

    def stored_file(self, case: Initiative, number: int) -> StoredFile | None:
        """A photo or document of the plan."""
        found = Attachment.objects.filter(initiative=case, pk=number).select_related("file").first()
        return found.file if found else None

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save a note."""
        return writing.note(request, self.find_case(request, pk), self.show_with)

    def contact_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save a contact moment."""
        return writing.contact(request, self.find_case(request, pk), self.show_with)

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Write down a plan for somebody at the phone or the desk."""
        return entry.enter(request, self.around(request))
