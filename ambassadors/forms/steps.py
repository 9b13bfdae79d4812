"""The questions of the steps around advice: on the file of a case, and on the page of a request."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.forms.answer import AdviceForm
from ambassadors.models import AdviceRequest
from ambassadors.routing import Adviser, Proposal, proposals
from ambassadors.subjects import kind_of
from shared import municipality
from shared.review.forms import StepForm, long_text
from shared.terms import legal_days
from shared.terms.calendar import today
from shared.ui.fields import EmailField, SplitDateField

BY_EMAIL = "e-mail"


class AdviserForm(StepForm):
    """Who answers: a department, in the order of the routing, or somebody by e-mail."""

    adviser = forms.ChoiceField(
        label=gettext_lazy("Wie geeft het advies?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Bovenaan staat wie over dit thema gaat, met wie het werk daar vandaag doet."),
    )
    name = forms.CharField(label=gettext_lazy("Naam of functie"), max_length=120, required=False)
    email = EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Naam en e-mailadres vult u alleen in bij “iemand anders”."),
    )
    error_texts: ClassVar = {"adviser": {"required": gettext_lazy("Kies wie het advies geeft")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(each.seat.department.pk), each.words) for each in self.proposals]
        field: Any = self.fields["adviser"]
        field.choices = [*offered, (BY_EMAIL, _("Iemand anders, per e-mail"))]
        if self.proposals and self.proposals[0].because:
            field.initial = offered[0][0]
        for name in ("name", "email"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """The departments that can be asked."""
        themes, wijken = self.about
        return proposals(themes=themes, wijken=wijken, on=today())

    @property
    def about(self) -> tuple[set[int], set[int]]:
        """The themes and the wijken of the case."""
        summary = kind_of(self.case).describe(self.case)
        return summary.theme_keys, summary.wijk_keys

    def clean(self) -> dict[str, Any]:
        """Somebody without a department is known by name and address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("adviser") == BY_EMAIL:
            if not cleaned.get("name"):
                self.add_error("name", _("Vul in wie u om advies vraagt"))
            if not cleaned.get("email") and "email" not in self.errors:
                self.add_error("email", _("Vul het e-mailadres van de adviseur in"))
        return cleaned

    @property
    def to(self) -> Adviser:
        """Whom a valid form names."""
        chosen = self.cleaned_data["adviser"]
        if chosen == BY_EMAIL:
            return Adviser(name=self.cleaned_data["name"], email=self.cleaned_data["email"])
        found = next(each for each in self.proposals if str(each.seat.department.pk) == chosen)
        # Who can be chosen has somebody, or an address.
        return found.adviser or Adviser()


class AskAdviceForm(AdviserForm):
    """Whom to ask what, and until when."""

    error_texts: ClassVar = AdviserForm.error_texts | {
        "due_on": {"required": gettext_lazy("Vul in vóór of op welke dag u het antwoord wilt")},
    }

    question = long_text(
        gettext_lazy("Uw vraag"),
        help_text=gettext_lazy("De adviseur leest ook waar het over gaat, maar niet van wie het komt."),
    )
    due_on = SplitDateField(label=gettext_lazy("Antwoord graag vóór of op"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soon = today() + timedelta(days=municipality.current().periods.advice_days)
        self.fields["due_on"].initial = legal_days.calendar().working_day_from(soon)


class WhichForm(StepForm):
    """Which of the open requests of a case."""

    advice = forms.ModelChoiceField(
        AdviceRequest.objects.none(),
        label=gettext_lazy("Welk advies?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = AdviceRequest.objects.about(self.case).open().select_related("owner", "department")
        field: Any = self.fields["advice"]
        field.queryset = asked
        field.initial = asked.first()
        field.label_from_instance = lambda request: request.adviser


class RevokeAdviceForm(WhichForm):
    """Which advice is no longer needed."""

    reason = forms.CharField(label=gettext_lazy("Waarom niet meer?"), max_length=300)


class HandOverForm(AdviserForm):
    """To whom a request goes, with a note."""

    note = long_text(
        gettext_lazy("Toelichting voor de nieuwe adviseur"),
        rows=3,
        most=1000,
        help_text=gettext_lazy("Noem geen namen van bewoners."),
    )
    error_texts: ClassVar = AdviserForm.error_texts | {
        "note": {"required": gettext_lazy("Schrijf waarom u de vraag overdraagt")}
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].initial = None

    @property
    def about(self) -> tuple[set[int], set[int]]:
        """The theme and the wijk of the request."""
        return {self.case.theme_id} - {None}, {self.case.wijk_id} - {None}

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Everybody but who has it now."""
        themes, wijken = self.about
        return list(without(proposals(themes=themes, wijken=wijken, on=today()), self.case))


class ReasonForm(StepForm):
    """Why a request is taken back."""

    reason = forms.CharField(label=gettext_lazy("Waarom is het niet meer nodig?"), max_length=300)


class AnswerForm(AdviceForm, StepForm):
    """The answer, in the portal."""


def without(found: Iterable[Proposal], request: AdviceRequest) -> Iterable[Proposal]:
    """The proposals without who has the request already."""
    for each in found:
        to = each.adviser
        if to and not (to.user == request.owner and to.department == request.department):
            yield each
