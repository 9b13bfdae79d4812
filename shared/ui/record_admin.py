"""The admin of records that only steps change: read in a list and on a page of their own, never edited as a form."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

# Of what fits in a key of the database.
LONGEST_NUMBER = 18


def key_of(text: str) -> int:
    """The key in an address.

    Raises:
        Http404: it is no key.
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Http404
    return int(text)


class ReadOnly(Base):
    """Mixin for a ModelAdmin: nothing is added, edited or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """What people write down goes through a page of its own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only steps change a record."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted."""
        return False


class RecordPage(ReadOnly):
    """Mixin for a ModelAdmin with a page of its own for each record, which tells what happened to it as well."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of the record; it asks who may see it."""
        return HttpResponseRedirect(self.address(key_of(object_id)))

    def address(self, key: int) -> str:
        """The page of a record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])

    def around(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the admin needs, and the way back to the list."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "list_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
        }
