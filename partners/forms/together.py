"""What the forms about working together share: choosing people, steps with a version, and no persons in a text."""

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from partners.policies.people import affiliations, in_full, no_secrets
from partners.rules.private_words import PrivatePiece, private_pieces
from partners.workflow.noticeboard import Confirmed
from shared.accounts.models import User
from shared.accounts.querysets import UserQuerySet
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk

NO_PERSONS = gettext_lazy("Geen namen van bewoners, en geen gezondheids- of politiegegevens.")


class PersonField(forms.ModelChoiceField):
    """One colleague, with for whom they work."""

    works_for: ClassVar[dict[int, str]] = {}

    def label_from_instance(self, obj: Any) -> str:
        """Els Bakker (Rivas)."""
        return in_full(obj, self.works_for)


class PeopleField(forms.ModelMultipleChoiceField):
    """Several colleagues, with for whom they work."""

    widget = forms.CheckboxSelectMultiple
    works_for: ClassVar[dict[int, str]] = {}

    def label_from_instance(self, obj: Any) -> str:
        """Els Bakker (Rivas)."""
        return in_full(obj, self.works_for)


def let_choose(field: Any, people: UserQuerySet) -> None:
    """Let a PersonField or PeopleField offer these people."""
    field.queryset = people
    field.works_for = affiliations(people)


class WithoutPersons(forms.BaseForm):
    """Mixin for a PortalForm whose words many people read: `checked` names the questions.

    What looks personal is told with the reason; the writer changes it, or says why it has to stay. Told again when
    something else is found. Works without a script, because it is an error like any other.
    """

    checked: ClassVar[tuple[str, ...]] = ("text",)
    # What is said of the reason; who keeps `confirmed` says who reads it.
    because_help: ClassVar[StrOrPromise] = gettext_lazy("Pas de tekst liever aan.")

    def __init__(self, *args: Any, wijk: Wijk | None = None, **kwargs: Any) -> None:
        self.wijk = wijk
        self.confirmed = Confirmed()
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        """Look for persons in the words."""
        cleaned = super().clean()
        found = self._found()
        if not found:
            return cleaned
        fingerprint = _fingerprint(found.values())
        warned_before = self.data.get("warned_of") == fingerprint
        self._ask_why(fingerprint)
        reason = " ".join(str(self.data.get("because", "")).split())[:200]
        if reason and warned_before:
            self.confirmed = Confirmed(tuple(sorted({each.kind.value for each in found.values()})), reason)
            return cleaned
        for name, piece in found:
            self.add_error(
                name,
                _("“%(piece)s” %(why)s. Haal dit weg, of schrijf onderaan waarom het erin moet.")
                % {"piece": piece, "why": found[name, piece].kind.label},
            )
        return cleaned

    def wijken_of_text(self) -> list[Wijk]:
        """Of which wijken the people who work together may be named."""
        return [self.wijk] if self.wijk else []

    def _found(self) -> dict[tuple[str, str], PrivatePiece]:
        texts = {name: str(self.cleaned_data.get(name) or "") for name in self.checked}
        if not any(texts.values()):
            return {}
        known = no_secrets(self.wijken_of_text())
        return {(name, each.piece): each for name, text in texts.items() for each in private_pieces(text, known)}

    def _ask_why(self, seen: str) -> None:
        because = forms.CharField(
            label=_("Waarom moet dit er toch in?"),
            help_text=self.because_help,
            required=False,
            max_length=200,
        )
        because.hide_optional = True  # type: ignore[attr-defined]
        warned_of = forms.CharField(widget=forms.HiddenInput, required=False)
        for name, field in (("because", because), ("warned_of", warned_of)):
            self.fields[name] = field
            self.prepare(name, field)  # type: ignore[attr-defined]
        # What was found now is what the writer answers to next time.
        data = self.data.copy()
        data["warned_of"], self.data = seen, data


def _fingerprint(found: Iterable[PrivatePiece]) -> str:
    """The same for the same pieces: a writer who adds another one is warned again."""
    pieces = sorted((each.kind.value, each.piece) for each in found)
    return hashlib.sha256(repr(pieces).encode()).hexdigest()[:16]


class StepForm(PortalForm):
    """A step on something that others change too: it carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(StepForm):
    """Why; who is involved reads it."""

    submit_label = gettext_lazy("Bevestigen")
    error_texts = {"text": {"required": gettext_lazy("Schrijf in een paar woorden waarom")}}

    text = forms.CharField(
        label=gettext_lazy("Waarom?"),
        help_text=gettext_lazy("Wie erbij betrokken is, leest dit."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ResultForm(StepForm):
    """What came of it."""

    error_texts = {"text": {"required": gettext_lazy("Schrijf wat er is gedaan")}}

    text = forms.CharField(
        label=gettext_lazy("Wat is er gedaan?"),
        help_text=NO_PERSONS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HandOverForm(StepForm):
    """To whom."""

    to = PersonField(
        User.objects.none(),
        label=gettext_lazy("Wie is vanaf nu de trekker?"),
        empty_label=gettext_lazy("Kies een trekker"),
    )

    def __init__(self, *args: Any, people: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self.fields["to"], people)
