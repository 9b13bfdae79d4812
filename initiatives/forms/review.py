"""What the coordinator fills in at each step. The forms validate; the workflow acts."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.enums import AnswerKind, ContactKind
from initiatives.forms.steps import StepForm, alt_name, long_text
from initiatives.models import Attachment, ContactMoment, Initiative, Note
from initiatives.rules import public_text
from initiatives.workflow.review import Promise
from shared.accounts.enums import Role
from shared.accounts.models import Department, User
from shared.terms import legal_days
from shared.terms.calendar import today
from shared.ui import notations
from shared.ui.fields import SplitDateField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken

ROWS = 3
ROWS_SENT = "rows"
MOST_ROWS = 12


class NothingForm(StepForm):
    """A step that needs no words."""


class TextForm(StepForm):
    """A step with one message to the initiator."""

    text = long_text(gettext_lazy("Uw bericht"))


class QuestionForm(StepForm):
    """Ask the initiator something."""

    texts_for = AnswerKind.QUESTION
    text = long_text(gettext_lazy("Uw vraag"))
    answer_by = SplitDateField(
        label=gettext_lazy("Antwoord graag vóór of op"),
        required=False,
        help_text=gettext_lazy("De indiener mag daarna ook nog antwoorden."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].initial = legal_days.calendar().add_working_days(today(), 5)


class NextStepForm(StepForm):
    """A message with what comes next."""

    text = long_text(gettext_lazy("Uw bericht"))
    next_step = forms.CharField(
        label=gettext_lazy("Wat is de volgende stap?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Dit staat ook op de website, als het initiatief daar staat."),
    )
    next_step_on = SplitDateField(label=gettext_lazy("Wanneer is de volgende stap?"), required=False)


class AcceptForm(NextStepForm):
    """The municipality helps, with agreements: one row each, and more rows on request."""

    texts_for = AnswerKind.ACCEPT
    step_template = "admin/initiatives/initiative/_agreements.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ROWS_SENT] = forms.IntegerField(widget=forms.HiddenInput, initial=ROWS, required=False)
        self.rows = self._wanted_rows()
        for number in range(self.rows):
            for name, field in _agreement_fields(number).items():
                self.fields[name] = field
                self.prepare(name, field)

    @property
    def rows_field(self) -> forms.BoundField:
        """The hidden number of rows."""
        return self[ROWS_SENT]

    @property
    def has_room_for_more(self) -> bool:
        """The page offers more rows."""
        return self.rows < MOST_ROWS

    @property
    def rows_after_more(self) -> int:
        """How many rows there are after "one more"."""
        return min(self.rows + ROWS, MOST_ROWS)

    @property
    def agreement_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The rows as the page draws them."""
        for number in range(self.rows):
            yield number + 1, [self[f"{part}_{number}"] for part in ("who", "what", "due")]

    def clean(self) -> dict[str, Any]:
        """A row needs both who and what; an empty row is no agreement."""
        cleaned = super().clean() or self.cleaned_data
        promises = []
        for number in range(self.rows):
            who, what, due = (cleaned.get(f"{part}_{number}") for part in ("who", "what", "due"))
            if what and not who:
                self.add_error(f"who_{number}", _("Schrijf bij afspraak %(n)d wie dit doet") % {"n": number + 1})
            elif (who or due) and not what:
                self.add_error(f"what_{number}", _("Schrijf bij afspraak %(n)d wat er gebeurt") % {"n": number + 1})
            elif what:
                promises.append(Promise(who=who, what=what, due_on=due))
        cleaned["agreements"] = promises
        return cleaned

    def _wanted_rows(self) -> int:
        raw = str(self.data.get(ROWS_SENT, "") or self.initial.get(ROWS_SENT, ""))
        return min(int(raw), MOST_ROWS) if raw.isdecimal() and int(raw) else ROWS


class PassOnForm(StepForm):
    """Somebody else can help better."""

    texts_for = AnswerKind.PASS_ON
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=gettext_lazy("Afdeling van de gemeente"),
        required=False,
        empty_label=gettext_lazy("Geen afdeling, een andere organisatie"),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Of een andere organisatie"),
        required=False,
        max_length=120,
    )
    contact = forms.CharField(
        label=gettext_lazy("Hoe is die te bereiken?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Naam, telefoonnummer of e-mailadres. Leeg: dat van de afdeling."),
    )
    text = long_text(gettext_lazy("Waarom kunnen zij beter helpen?"))
    shares_contact = forms.BooleanField(
        label=gettext_lazy("De indiener vindt het goed dat wij naam en contactgegevens doorgeven"),
        required=False,
        help_text=gettext_lazy("Alleen dan krijgt de afdeling het idee per e-mail."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is needed, so neither is called "niet verplicht".
        for name in ("department", "organisation", "contact"):
            self.fields[name].hide_optional = True

    def clean(self) -> dict[str, Any]:
        """One of the two, with a way to reach them."""
        cleaned = super().clean() or self.cleaned_data
        department = cleaned.get("department")
        if not department and not cleaned.get("organisation"):
            self.add_error("organisation", _("Kies een afdeling, of vul een organisatie in"))
        cleaned["organisation"] = cleaned.get("organisation") or str(department or "")
        if department and not cleaned.get("contact"):
            cleaned["contact"] = ", ".join(filter(None, [department.phone, department.email]))
        if not cleaned.get("contact"):
            self.add_error("contact", _("Vul in hoe de indiener deze organisatie kan bereiken"))
        return cleaned


class DeclineForm(StepForm):
    """A no, never without the reason and the way on."""

    texts_for = AnswerKind.DECLINE
    text = long_text(gettext_lazy("Waarom kan het niet?"))
    alternative = forms.CharField(
        label=gettext_lazy("Wat kan wel?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Een andere plek, een andere vorm, of iemand die verder kan helpen."),
    )
    error_texts: ClassVar = {
        "text": {"required": gettext_lazy("Schrijf waarom het niet kan")},
        "alternative": {"required": gettext_lazy("Schrijf wat wel kan")},
    }


class PublishForm(StepForm):
    """What everybody will read; a photo goes along when it is described."""

    step_template = "admin/initiatives/initiative/_publish.html"

    title = forms.CharField(label=gettext_lazy("Titel op de website"), max_length=120)
    text = long_text(gettext_lazy("Tekst op de website"), rows=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.initiative
        self.fields["title"].initial = case.public_title or case.title
        self.fields["text"].initial = case.public_text or public_text(case.what, case.benefit)
        self.photos = list(case.attachments.filter(update=None, file__kind="image").select_related("file"))
        for number, photo in enumerate(self.photos, start=1):
            self._add_photo(number, photo)

    @property
    def alt_texts(self) -> dict[int, str]:
        """The photos that are shown, with what there is to see."""
        described = {photo.pk: self.cleaned_data.get(alt_name(photo.pk), "") for photo in self.photos}
        return {pk: words for pk, words in described.items() if words}

    @property
    def photo_rows(self) -> list[tuple[Attachment, forms.BoundField]]:
        """Each photo with its question."""
        return [(photo, self[alt_name(photo.pk)]) for photo in self.photos]

    def _add_photo(self, number: int, photo: Attachment) -> None:
        field = forms.CharField(
            label=_("Wat is er te zien op foto %(n)d?") % {"n": number},
            required=False,
            max_length=200,
            initial=photo.alt_text if photo.is_public or not self.initiative.is_published else "",
            help_text=_("Voor mensen die de foto niet zien. Leeg: de foto komt niet op de website."),
        )
        self.fields[alt_name(photo.pk)] = field
        self.prepare(alt_name(photo.pk), field)


class ReasonForm(StepForm):
    """A reason for the file."""

    reason = forms.CharField(label=gettext_lazy("Waarom?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(StepForm):
    """Choose the colleague who goes on."""

    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Naar wie?"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()
        self.fields["to"].initial = self.user.pk


class MergeForm(StepForm):
    """Choose the plan to go on with: a look-alike, or any other by its number."""

    into = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Lijkt op"),
        required=False,
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("Een ander initiatief"),
    )
    reference = forms.CharField(
        label=gettext_lazy("Nummer van het andere initiatief"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Bijvoorbeeld 2026-00012."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Initiative.objects.exclude(pk=self.initiative.pk)
        alike = others.lookalikes(self.initiative.title, wijk_id=self.initiative.wijk_id)
        found = [other.pk for other in alike]
        self.fields["into"].queryset = Initiative.objects.filter(pk__in=found)
        if not found:
            del self.fields["into"]
        for field in self.fields.values():
            field.hide_optional = True

    def clean(self) -> dict[str, Any]:
        """Exactly one other plan."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("into"):
            return cleaned
        reference = cleaned.get("reference", "")
        if not reference:
            self.add_error("reference", _("Vul het nummer in van het initiatief waarmee dit verdergaat"))
            return cleaned
        cleaned["into"] = Initiative.objects.filter(reference=reference).exclude(pk=self.initiative.pk).first()
        if cleaned["into"] is None:
            self.add_error("reference", _("Er is geen ander initiatief met nummer %(n)s") % {"n": reference})
        return cleaned


class ContactForm(OnceToken, PortalForm):
    """A conversation outside the portal, in a few words."""

    kind = forms.ChoiceField(label=gettext_lazy("Soort contact"), choices=ContactKind.choices)
    on = SplitDateField(label=gettext_lazy("Wanneer?"))
    contact_text = forms.CharField(
        label=gettext_lazy("Waar ging het over?"),
        max_length=ContactMoment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submit_label = gettext_lazy("Contactmoment bewaren")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()

    def clean_on(self) -> date:
        """A conversation has been held."""
        day: date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("Vul de dag in waarop u de indiener sprak, vandaag of eerder"))
        return day


class NoteForm(PortalForm):
    """An internal note."""

    note_text = forms.CharField(
        label=gettext_lazy("Interne notitie"),
        max_length=Note._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Alleen medewerkers lezen dit."),
    )
    submit_label = gettext_lazy("Notitie bewaren")


class BulkAssignForm(PortalForm):
    """One colleague for several cases."""

    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Naar wie?"), empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues()
        self.fields["to"].initial = user.pk


def colleagues() -> Any:
    """Everybody who reviews today."""
    reviewers = User.objects.active_in_role(Role.COORDINATOR) | User.objects.active_in_role(Role.FUNCTIONAL_MANAGER)
    return reviewers.order_by("name", "pk")


class DateTextField(forms.CharField):
    """A date in one box, for a row in a table; gives back a date or None."""

    def clean(self, value: Any) -> date | None:
        """Read every Dutch notation."""
        text: str = super().clean(value)
        if not text:
            return None
        day = notations.read_date(text)
        if day is None:
            raise ValidationError(_("Vul een datum in zoals 28 maart 2026"))
        return day


def _agreement_fields(number: int) -> dict[str, forms.Field]:
    fields = {
        f"who_{number}": forms.CharField(label=_("Wie?"), max_length=120, required=False),
        f"what_{number}": forms.CharField(label=_("Doet wat?"), max_length=300, required=False),
        f"due_{number}": DateTextField(label=_("Vóór of op"), max_length=30, required=False),
    }
    # An empty row is no agreement; that is said once, above the rows.
    for field in fields.values():
        field.hide_optional = True
    return fields
