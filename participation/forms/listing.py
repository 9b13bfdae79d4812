"""The form with which a department's project list is taken over."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.policies import is_manager
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.accounts.policies import assignments_of, has_role
from shared.ui.forms import PortalForm

T = gettext_lazy
LARGEST = 2 * 1024 * 1024


class ListForm(PortalForm):
    """A CSV or XLSX file; the name tells lists apart, so that the same list updates what it brought before."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "name": {"required": T("Geef de lijst een naam, steeds dezelfde")},
    }

    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    list = forms.FileField(
        label=T("Bestand"),
        required=False,
        help_text=T("CSV of Excel (.xlsx), met de namen van de kolommen op de eerste regel."),
    )
    name = forms.CharField(
        label=T("Naam van de lijst"),
        max_length=200,
        help_text=T("Bijvoorbeeld “Projecten Ruimte”. Met dezelfde naam werkt u een eerdere lijst bij."),
    )
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=T("Afdeling van regels zonder afdeling"),
        required=False,
        empty_label=T("Staat op elke regel"),
    )

    def __init__(self, *args: Any, user: User, kept_list: Callable[[str], UploadedFile | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_list = kept_list
        self.fields["list"].hide_optional = True
        departments = Department.objects.all()
        if not (is_manager(user) or has_role(user, Role.COORDINATOR)):
            departments = departments.filter(pk__in=[a.department_id for a in assignments_of(user) if a.department_id])
        self.fields["department"].queryset = departments

    def clean_list(self) -> UploadedFile:
        """A list of a department is small."""
        found: UploadedFile | None = self.cleaned_data["list"] or self.kept_list(self.cleaned_data["kept"])
        if found is None:
            raise ValidationError(_("Kies het bestand met de lijst"))
        if (found.size or 0) > LARGEST:
            raise ValidationError(
                _("Dit bestand is groter dan 2 MB. Neem alleen de regels en kolommen die nodig zijn.")
            )
        return found
