"""Signing up for the letter of a wijk, choosing how often, and what the coordinator does with a concept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.enums.newsletter import HOW_OFTEN, Rhythm
from partners.rules.newsletter import Group
from shared.ui.fields import EmailField
from shared.ui.forms import PortalForm
from shared.ui.spam import SpamTrap


class RhythmForm(PortalForm):
    """How often."""

    submit_label = _("Bewaren")
    rhythm = forms.ChoiceField(
        label=_("Hoe vaak wilt u de wijkbrief?"),
        help_text=_("Is er geen nieuws? Dan krijgt u niets."),
        choices=HOW_OFTEN,
        widget=forms.RadioSelect,
        initial=Rhythm.WEEKLY,
    )


class SignUpForm(SpamTrap, RhythmForm):
    """An address and how often, and nothing else."""

    submit_label = _("Aanmelden")
    email = EmailField(label=_("Uw e-mailadres"), help_text=_("Wij sturen u een link om te bevestigen."))

    field_order = ["email", "rhythm"]


class NewsletterForm(PortalForm):
    """The coordinator's own words, and what is left out."""

    submit_label = _("Bewaren en bekijken")
    intro = forms.CharField(
        label=_("Uw eigen woorden bovenaan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Laat u dit leeg, dan staat er één gewone zin."),
    )
    left_out = forms.MultipleChoiceField(
        label=_("Wat laat u weg?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat u weglaat, komt ook niet in een volgende brief."),
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.key, f"{group.heading}: {item.title}") for group in groups for item in group.items]
        self.fields["left_out"].choices = choices
        if not choices:
            del self.fields["left_out"]
