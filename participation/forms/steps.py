"""The questions of the steps of a project and its check."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from participation import policies, rules
from participation.enums import Level, Signer
from participation.policies import current_check
from shared.review.forms import StepForm, long_text
from shared.terms.calendar import today
from shared.ui.fields import SplitDateField

T = gettext_lazy


class ReturnForm(StepForm):
    """What has to change."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "text": {"required": T("Leg uit wat er nog in moet, zodat uw collega verder kan")}
    }

    text = long_text(T("Wat moet er nog in?"), most=1500)


class AdviseForm(StepForm):
    """Reach and level."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"text": {"required": T("Schrijf uw advies in een paar zinnen")}}

    text = long_text(
        T("Uw advies"),
        most=3000,
        help_text=T("Bereiken wij de juiste mensen? Past het niveau? Wie vergeten wij?"),
    )
    level = forms.ChoiceField(
        label=T("Welk niveau past?"), choices=[("", T("Ik laat het niveau aan de projectleider")), *Level.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].required = False


class ConfirmForm(StepForm):
    """Who signed, when, and by which decision."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "signer_name": {"required": T("Vul in wie heeft vastgesteld: een naam of een vergadering")},
        "signed_on": {"required": T("Vul de dag in waarop de check is vastgesteld")},
        "reference": {"required": T("Vul het kenmerk in, zodat het besluit is terug te vinden")},
    }

    signer = forms.ChoiceField(label=T("Wie heeft vastgesteld?"), choices=(), widget=forms.RadioSelect)
    signer_name = forms.CharField(
        label=T("Naam of vergadering"),
        max_length=150,
        help_text=T("Bijvoorbeeld “vergadering van 3 maart” of een naam."),
    )
    signed_on = SplitDateField(label=T("Op welke dag?"))
    reference = forms.CharField(
        label=T("Kenmerk van het besluit"),
        max_length=120,
        required=False,
        help_text=T("Nodig bij een besluit van het college of de raad."),
    )

    def __init__(self, *args: Any, case: Any, user: Any, **kwargs: Any) -> None:
        check = current_check(case)
        needed = rules.needed_signer(
            kind=case.kind,
            deciding_body=case.deciding_body,
            outcome=check.outcome if check else "",
            sensitive=bool(check and check.sensitive),
        )
        known = {"signer": needed, "signed_on": today()}
        if needed == Signer.LEAD:
            known["signer_name"] = str(user)
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, case=case, user=user, **kwargs)
        self.fields["reference"].required = needed in rules.WITH_REFERENCE
        self.fields["signer"].choices = [
            (body.value, body.label) for body in rules.SIGNERS if rules.may_sign(body, needed)
        ]


class ReasonForm(StepForm):
    """Why it ends."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"reason": {"required": T("Schrijf kort op waarom")}}

    reason = long_text(T("Waarom?"), rows=3, most=1000)


class DecideForm(StepForm):
    """The decision that the project prepared."""

    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "decided_on": {"required": T("Vul de dag van het besluit in")},
        "reference": {"required": T("Vul het kenmerk in, zodat het besluit is terug te vinden")},
    }

    decided_on = SplitDateField(label=T("Wanneer is het besluit genomen?"))
    reference = forms.CharField(label=T("Kenmerk van het besluit"), max_length=120)

    def clean_decided_on(self) -> date:
        """Not before the check was signed, and not ahead."""
        day: date = self.cleaned_data["decided_on"]
        if refusal := policies.why_not_decided_on(self.case, day):
            raise forms.ValidationError(refusal)
        return day
