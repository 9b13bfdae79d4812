"""The questions about a department: who sits there, until when, and for which themes it answers."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import RoleAssignment, User
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui.fields import EmailField, SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from shared.wijken.models import Wijk


class AppointForm(OnceToken, PortalForm):
    """Who becomes the ambassador or the deputy, and from when."""

    submit_label = gettext_lazy("Benoemen en bericht sturen")

    email = EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("Wie het portaal nog niet kent, krijgt een uitnodiging."),
    )
    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Nodig voor wie het portaal nog niet kent."),
    )
    is_deputy = forms.ChoiceField(
        label=gettext_lazy("Als wat?"),
        choices=[("", gettext_lazy("Ambassadeur")), ("ja", gettext_lazy("Plaatsvervanger"))],
        widget=forms.RadioSelect,
        required=False,
    )
    starts_on = SplitDateField(label=gettext_lazy("Eerste dag"))
    ends_on = SplitDateField(label=gettext_lazy("Laatste dag"), required=False)
    error_texts: ClassVar = {"email": {"required": gettext_lazy("Vul het e-mailadres in")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today()
        self.fields["name"].hide_optional = True  # type: ignore[attr-defined]
        self.fields["is_deputy"].hide_optional = True  # type: ignore[attr-defined]

    def clean_starts_on(self) -> date:
        """A role begins today or later."""
        day: date = self.cleaned_data["starts_on"]
        if day < today():
            raise ValidationError(_("Kies vandaag of een dag daarna"))
        return day

    def clean(self) -> dict[str, Any]:
        """A new colleague needs a name; the last day comes after the first."""
        cleaned = super().clean() or self.cleaned_data
        email = cleaned.get("email")
        if email and not cleaned.get("name") and not User.objects.filter(email=email).exclude(name="").exists():
            self.add_error("name", _("Vul de naam in: het portaal kent deze collega nog niet"))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Kies een laatste dag op of na de eerste dag"))
        return cleaned


class EndForm(OnceToken, PortalForm):
    """Who stops, and after which day."""

    submit_label = gettext_lazy("Beëindigen en bericht sturen")

    role = forms.ModelChoiceField(
        RoleAssignment.objects.none(), label=gettext_lazy("Wie stopt?"), empty_label=None, widget=forms.RadioSelect
    )
    last_day = SplitDateField(label=gettext_lazy("Laatste dag"))

    def __init__(self, *args: Any, seated: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.queryset = seated
        field.initial = seated.first()
        self.fields["last_day"].initial = today()

    def clean_last_day(self) -> date:
        """Nobody stops in the past."""
        day: date = self.cleaned_data["last_day"]
        if day < today():
            raise ValidationError(_("Kies vandaag of een dag daarna"))
        return day


class ThemeForm(OnceToken, PortalForm):
    """Which theme, and where."""

    submit_label = gettext_lazy("Thema toevoegen")

    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=gettext_lazy("Thema"), empty_label=gettext_lazy("Kies een thema")
    )
    wijk = forms.ModelChoiceField(
        Wijk.objects.none(), label=gettext_lazy("Wijk"), required=False, empty_label=gettext_lazy("Alle wijken")
    )
    error_texts: ClassVar = {"theme": {"required": gettext_lazy("Kies een thema")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = Theme.objects.choosable()
        wijken: Any = self.fields["wijk"]
        wijken.queryset = Wijk.objects.current().without_geometry()
        wijken.hide_optional = True
