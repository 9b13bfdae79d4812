"""What a reader may ask of the list of files: plain GET parameters; what makes no sense is left out."""

from collections.abc import Mapping

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import CHECK_IN_FORCE, CHECK_IN_PREPARATION
from participation.querysets import ProjectQuerySet
from shared.accounts.models import Department
from shared.terms.calendar import today

STATES = {
    "te-laat": _("Over tijd"),
    "geen": _("Nog geen check"),
    "bezig": _("In voorbereiding"),
    "klaar": _("Vastgesteld of verder"),
}


class DossierFilterForm(forms.Form):
    """Words of the title or number, department, and how it stands with the check."""

    use_required_attribute = False

    zoek = forms.CharField(label=_("Titel of nummer"), required=False, max_length=100)
    afdeling = forms.ChoiceField(label=_("Afdeling"), required=False)
    check = forms.ChoiceField(
        label=_("Participatiecheck"), required=False, choices=[("", _("Alle projecten")), *STATES.items()]
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)
        departments = Department.objects.order_by("name").values_list("pk", "name")
        self.fields["afdeling"].choices = [("", _("Alle afdelingen")), *((str(pk), name) for pk, name in departments)]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked and understood, by parameter."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, projects: ProjectQuerySet) -> ProjectQuerySet:
        """Keep what was asked for, of projects from `with_checks`."""
        chosen = self.chosen
        if "zoek" in chosen:
            projects = projects.filter(Q(title__icontains=chosen["zoek"]) | Q(reference__icontains=chosen["zoek"]))
        if "afdeling" in chosen:
            projects = projects.filter(department=chosen["afdeling"])
        if "check" in chosen:
            projects = projects.filter(self._state(chosen["check"]))
        return projects

    def _state(self, name: str) -> Q:
        return {
            "te-laat": Q(open_due__lt=today()),
            "geen": Q(check_status=None),
            "bezig": Q(check_status__in=CHECK_IN_PREPARATION),
            "klaar": Q(check_status__in=CHECK_IN_FORCE),
        }[name]
