"""Standard texts: edited like any list."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from initiatives.models import StandardText
from shared.ui.public_admin import KeptMixin


@admin.register(StandardText)
class StandardTextAdmin(KeptMixin, admin.ModelAdmin[StandardText]):
    """Texts that an answer can start from."""

    list_display = ["name", "kind", "active"]
    list_filter = ["kind", "active"]
    search_fields = ["name", "text"]
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", "name", "text", "active"],
                "description": _(
                    "Deze woorden tussen accolades vult het portaal in: {naam} (van de indiener), {titel} en {nummer} "
                    "(van het idee), {wijk} en {behandelaar} (uw naam). Andere woorden tussen accolades blijven staan."
                ),
            },
        )
    ]
