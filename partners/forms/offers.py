"""The questions about an offer or a need: short enough for a phone between two appointments."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.offers import Answer, DayPart, Direction, Weekday
from partners.forms.terms import TermsForm
from partners.forms.together import NO_PERSONS, WithoutPersons
from partners.models import Listing
from partners.policies.offers import Owner
from partners.workflow.listings import Terms
from shared.themes.models import Theme
from shared.ui.forms import PortalForm, Section
from shared.wijken.models import Buurt, Wijk

SECTIONS = (
    (gettext_lazy("Wat"), ("owner", "kind", "title", "what", "amount", "theme")),
    (gettext_lazy("Waar"), ("wijken", "buurt", "place")),
    (gettext_lazy("Wanneer"), ("starts_on", "ends_on", "weekdays", "parts", "repeats")),
    (gettext_lazy("Afspraken"), ("conditions", "may_be_public")),
)


class ListingForm(TermsForm):
    """What, how much, where, when, and on which conditions."""

    submit_label = gettext_lazy("Op de lijst zetten")
    checked = (*TermsForm.checked, "place")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        **TermsForm.error_texts,
        "wijken": {"required": gettext_lazy("Kies minstens één wijk")},
    }

    owner = forms.ChoiceField(label=gettext_lazy("Namens wie?"))
    theme = forms.ModelChoiceField(
        Theme.objects.choosable(),
        label=gettext_lazy("Thema"),
        required=False,
        empty_label=gettext_lazy("Geen bepaald thema"),
    )
    wijken = forms.ModelMultipleChoiceField(
        Wijk.objects.none(), label=gettext_lazy("In welke wijken?"), widget=forms.CheckboxSelectMultiple
    )
    buurt = forms.ModelChoiceField(
        Buurt.objects.none(), label=gettext_lazy("Buurt"), required=False, empty_label=gettext_lazy("Hele wijk")
    )
    place = forms.CharField(label=gettext_lazy("Straat of plek"), required=False, max_length=120)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Op welke dagen?"),
        required=False,
        choices=Weekday,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Niets gekozen: elke dag kan."),
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Welk deel van de dag?"),
        required=False,
        choices=DayPart,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Niets gekozen: het maakt niet uit."),
    )
    repeats = forms.BooleanField(
        label=gettext_lazy("Dit kan vaker: laat het open nadat er een afspraak is"), required=False
    )
    may_be_public = forms.BooleanField(
        label=gettext_lazy("Dit mag ook op de website, waar iedereen het leest"), required=False
    )

    def __init__(
        self,
        *args: Any,
        direction: str,
        owners: list[Owner],
        wijken: list[Wijk],
        listing: Listing | None = None,
        meant_for: Listing | None = None,
    ) -> None:
        self.owners = {owner.key: owner for owner in owners}
        kwargs = {"initial": _initial(listing) if listing else _initial_for(meant_for) if meant_for else {}}
        super().__init__(*args, **kwargs)
        if direction == Direction.NEED:
            del self.fields["repeats"]
        self.fields["owner"].choices = [(owner.key, owner.name) for owner in owners]  # type: ignore[attr-defined]
        if len(owners) == 1 or listing:
            del self.fields["owner"]
        shown = {wijk.pk for wijk in wijken} | ({w.pk for w in listing.wijken.all()} if listing else set())
        self.fields["wijken"].queryset = Wijk.objects.filter(pk__in=shown)  # type: ignore[attr-defined]
        buurten = Buurt.objects.current().without_geometry().filter(wijk__in=shown).order_by("name")
        self.fields["buurt"].queryset = buurten  # type: ignore[attr-defined]
        if len(shown) == 1 and not self.is_bound and not listing:
            self.initial["wijken"] = list(shown)
        # Not everybody is asked everything.
        asked = [(heading, [name for name in names if name in self.fields]) for heading, names in SECTIONS]
        self.layout = [Section(heading, *names) for heading, names in asked]  # type: ignore[misc]

    @property
    def chosen_owner(self) -> Owner:
        """On whose behalf; with one choice the question is not asked."""
        return self.owners[self.cleaned_data["owner"]] if "owner" in self.fields else next(iter(self.owners.values()))

    def clean(self) -> dict[str, Any]:
        """A buurt in one of the wijken, besides what is asked of all."""
        cleaned = super().clean()
        buurt, wijken = cleaned.get("buurt"), cleaned.get("wijken")
        if buurt and wijken is not None and buurt.wijk not in wijken:
            self.add_error("buurt", _("Kies een buurt in een van de wijken die u aankruiste"))
        return cleaned

    def wijken_of_text(self) -> list[Wijk]:
        """The wijken that were ticked."""
        return list(self.cleaned_data.get("wijken") or [])

    def terms(self) -> Terms:
        """The answers as the workflow takes them."""
        columns = {name: value for name, value in self.columns().items() if name not in ("owner", "wijken")}
        return Terms(columns, self.wijken_of_text())


class AnswerForm(PortalForm):
    """Yes, no, or (for who offers) later."""

    submit_label = gettext_lazy("Antwoord versturen")

    answer = forms.ChoiceField(label=gettext_lazy("Uw antwoord"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = _offer_answers() if side == "offer" else _need_answers()  # type: ignore[attr-defined]


class ResultForm(WithoutPersons, PortalForm):
    """How it went, in two questions."""

    submit_label = gettext_lazy("Versturen")

    succeeded = forms.TypedChoiceField(
        label=gettext_lazy("Is het gelukt?"),
        choices=[("yes", gettext_lazy("Ja, gelukt")), ("no", gettext_lazy("Nee, niet gelukt"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Wat leverde het op?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )

    def answers(self) -> dict[str, Any]:
        """The answers as the workflow takes them."""
        return {name: self.cleaned_data[name] for name in ("succeeded", "text")}


def _offer_answers() -> list[tuple[str, Any]]:
    return [
        (Answer.YES.value, gettext_lazy("Ja, ik wil helpen")),
        (Answer.LATER.value, gettext_lazy("Later: vraag het mij nog eens")),
        (Answer.NO.value, gettext_lazy("Nee, dit past niet")),
    ]


def _need_answers() -> list[tuple[str, Any]]:
    return [
        (Answer.YES.value, gettext_lazy("Ja, neem contact met mij op")),
        (Answer.NO.value, gettext_lazy("Nee, dat hoeft niet")),
    ]


def _initial_for(other: Listing) -> dict[str, Any]:
    """What follows from the offer or need that it answers to."""
    names = ("kind", "starts_on", "ends_on")
    return {name: getattr(other, name) for name in names} | {"wijken": list(other.wijken.all())}


def _initial(listing: Listing) -> dict[str, Any]:
    names = ("kind", "title", "what", "amount", "theme", "buurt", "place", "starts_on", "ends_on", "weekdays", "parts")
    names += ("repeats", "conditions", "may_be_public")
    return {name: getattr(listing, name) for name in names} | {"wijken": list(listing.wijken.all())}
