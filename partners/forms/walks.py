"""The questions about a wijkschouw and what is found on it: short, for one hand on a phone."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms.together import NO_PERSONS, PeopleField, StepForm, WithoutPersons, let_choose
from partners.models import ChecklistItem, Finding, Partner, PartnerContact, Walk
from partners.policies.people import people_of
from partners.workflow.walks import WalkPlan
from shared.accounts.models import Department, User
from shared.documents.forms import FilesField, FilesInput
from shared.terms.calendar import AMSTERDAM
from shared.ui.fields import SplitDateField
from shared.ui.forms import Section
from shared.ui.once import OnceToken
from shared.wijken.models import Buurt, Wijk


class WalkForm(OnceToken, StepForm):
    """When, where, with whom."""

    submit_label = gettext_lazy("Wijkschouw plannen")
    layout: ClassVar[list[Any]] = [
        Section(gettext_lazy("Wanneer en waar"), "title", "day", "time", "gather_at", "route"),
        Section(gettext_lazy("Wie lopen er mee?"), "participants"),
    ]
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"required": gettext_lazy("Geef de wijkschouw een naam")},
        "day": {"required": gettext_lazy("Vul in op welke dag u loopt")},
        "time": {
            "required": gettext_lazy("Vul in hoe laat u begint"),
            "invalid": gettext_lazy("Vul een tijd in, zoals 10:00"),
        },
        "gather_at": {"required": gettext_lazy("Vul in waar u verzamelt")},
    }

    title = forms.CharField(label=gettext_lazy("Hoe heet de wijkschouw?"), max_length=120)
    day = SplitDateField(label=gettext_lazy("Dag"))
    time = forms.TimeField(
        label=gettext_lazy("Tijd"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "portal-width-8"}, format="%H:%M"),
    )
    gather_at = forms.CharField(label=gettext_lazy("Waar verzamelt u?"), max_length=160)
    route = forms.CharField(
        label=gettext_lazy("Route"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    participants = PeopleField(
        User.objects.none(),
        label=gettext_lazy("Wie nodigt u uit?"),
        help_text=gettext_lazy("Zij krijgen een e-mail, en later het verslag."),
        required=False,
    )

    def __init__(self, *args: Any, wijk: Wijk, user: User, walk: Walk | None = None, **kwargs: Any) -> None:
        if walk is not None:
            local = timezone.localtime(walk.starts_at)
            kwargs["initial"] = {
                **{name: getattr(walk, name) for name in ("title", "gather_at", "route", "version")},
                "day": local.date(),
                "time": local.time(),
                "participants": list(walk.participants.all()),
            }
        super().__init__(*args, **kwargs)
        let_choose(self.fields["participants"], people_of(wijk).exclude(pk=walk.organiser_id if walk else user.pk))
        if walk is not None:
            self.submit_label = gettext_lazy("Bewaren")

    def clean(self) -> dict[str, Any]:
        """A moment that still comes."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and cleaned.get("time") and self.starts_at < timezone.now():
            self.add_error("day", _("Kies een dag en tijd die nog komen"))
        return cleaned

    @property
    def starts_at(self) -> datetime:
        """The moment, in local time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], AMSTERDAM)

    def plan(self) -> WalkPlan:
        """The answers as the workflow takes them."""
        answers = {name: self.cleaned_data[name] for name in ("title", "gather_at", "route")}
        return WalkPlan(**answers, starts_at=self.starts_at, participants=tuple(self.cleaned_data["participants"]))


# With this a phone offers its camera.
CAMERA = "image/*,.heic,.heif"


class FindingForm(WithoutPersons, OnceToken, StepForm):
    """What you see, with a photo, and where. Kept at once; a photo stays when something else is wrong."""

    checked = ("text", "place")
    submit_label = gettext_lazy("Bevinding bewaren")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "text": {"required": gettext_lazy("Schrijf wat u ziet")},
    }

    item = forms.ModelChoiceField(
        ChecklistItem.objects.none(),
        label=gettext_lazy("Bij welk punt?"),
        required=False,
        empty_label=gettext_lazy("Iets anders"),
    )
    text = forms.CharField(
        label=gettext_lazy("Wat ziet u?"),
        help_text=NO_PERSONS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = FilesField(
        label=gettext_lazy("Foto"),
        help_text=gettext_lazy("Geen gezichten of kentekens. De plaats waar u de foto maakte, halen wij eruit."),
        required=False,
        max_files=1,
        photos_only=True,
        widget=FilesInput({"multiple": False}),
    )
    place = forms.CharField(
        label=gettext_lazy("Straat of plek"),
        help_text=gettext_lazy("U kunt de plek hierna ook op de kaart aanwijzen."),
        required=False,
        max_length=120,
    )
    buurt = forms.ModelChoiceField(
        Buurt.objects.none(), label=gettext_lazy("Buurt"), required=False, empty_label=gettext_lazy("Weet ik niet")
    )

    def __init__(self, *args: Any, walk: Walk, finding: Finding | None = None, **kwargs: Any) -> None:
        if finding is not None:
            names = ("item", "text", "place", "buurt", "version")
            kwargs["initial"] = {name: getattr(finding, name) for name in names}
            kwargs["initial"]["photo"] = [finding.photo] if finding.photo else []
        super().__init__(*args, wijk=walk.wijk, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = CAMERA
        own = ChecklistItem.objects.filter(pk=finding.item_id) if finding else ChecklistItem.objects.none()
        self.fields["item"].queryset = ChecklistItem.objects.active() | own  # type: ignore[attr-defined]
        buurten = Buurt.objects.current().without_geometry().filter(wijk=walk.wijk).order_by("name")
        self.fields["buurt"].queryset = buurten  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """The answers as the workflow takes them."""
        found = {name: self.cleaned_data[name] for name in ("text", "item", "buurt", "place")}
        return found | {"photo": next(iter(self.cleaned_data["photo"]), None)}


class FinishWalkForm(WithoutPersons, StepForm):
    """Back at the table."""

    submit_label = gettext_lazy("Rondgang afsluiten")
    error_texts = {"residents": {"invalid": gettext_lazy("Vul een aantal in, zoals 4")}}

    text = forms.CharField(
        label=gettext_lazy("In het kort: wat viel op?"),
        help_text=NO_PERSONS,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    residents = forms.IntegerField(
        label=gettext_lazy("Hoeveel bewoners liepen mee?"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-8"}),
    )


class AssignForm(StepForm):
    """Who does something about it: an organisation or a department, in one list."""

    submit_label = gettext_lazy("Uitzetten")
    error_texts = {"to": {"required": gettext_lazy("Kies wie hier iets aan kan doen")}}

    to = forms.ChoiceField(label=gettext_lazy("Wie kan hier iets aan doen?"))
    due_on = SplitDateField(
        label=gettext_lazy("Graag vóór"),
        required=False,
        help_text=gettext_lazy("Laat u dit open, dan vragen wij het binnen de gebruikelijke tijd."),
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.active().in_wijk(finding.walk.wijk).order_by("name")
        self.partners = {f"partner-{partner.pk}": partner for partner in partners}
        told = set(PartnerContact.objects.speaking().filter(partner__in=partners).values_list("partner", flat=True))
        self.departments = {f"afdeling-{each.pk}": each for each in Department.objects.all()}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies een afdeling of wijkpartner")),
            (_("Afdelingen van de gemeente"), [(key, str(each)) for key, each in self.departments.items()]),
            (_("Wijkpartners"), [(key, self._shown(each, told)) for key, each in self.partners.items()]),
        ]

    def _shown(self, partner: Partner, told: set[int]) -> str:
        """Whom nobody of can be written to has to be called."""
        if partner.pk in told:
            return str(partner)
        return _("%(partner)s (bel zelf: geen contactpersoon)") % {"partner": partner}

    def clean_due_on(self) -> Any:
        """A day that still comes."""
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise ValidationError(_("Kies een dag die nog komt"))
        return due_on

    def addressee(self) -> dict[str, Any]:
        """The choice as the workflow takes it."""
        to = self.cleaned_data["to"]
        return {"partner": self.partners.get(to), "department": self.departments.get(to)}


class CloseFindingForm(WithoutPersons, StepForm):
    """What was done, or why not."""

    submit_label = gettext_lazy("Bewaren en melden")
    error_texts = {
        "outcome": {"required": gettext_lazy("Kies of het is opgelost")},
        "text": {"required": gettext_lazy("Schrijf wat er is gedaan, of waarom het niet kan")},
    }

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hoe staat het?"),
        choices=[("done", gettext_lazy("Het is opgelost")), ("not_possible", gettext_lazy("Het kan niet"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Wat is er gedaan, of waarom kan het niet?"),
        help_text=NO_PERSONS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
