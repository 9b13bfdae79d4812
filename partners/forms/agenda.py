"""What goes into the agenda: on one page, finished in two minutes on a phone."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums.agenda import ItemKind, Repeats
from partners.forms.together import NO_PERSONS, WithoutPersons
from partners.models import AgendaItem
from partners.policies.agenda import departments_of, is_inside, visibilities_for, wijken_for_agenda
from partners.policies.organisations import organisations_of
from partners.rules.agenda import LONGEST, local_day
from partners.workflow.agenda import AgendaAnswers
from shared import municipality
from shared.accounts.models import User
from shared.terms.calendar import AMSTERDAM, today
from shared.themes.models import Theme
from shared.ui.fields import SplitDateField, TimeField
from shared.ui.forms import PortalForm, Row, Section
from shared.ui.once import OnceToken
from shared.wijken.models import Wijk

MUNICIPALITY = "gemeente"
Holders = dict[str, tuple[str, dict[str, Any]]]


class AgendaItemForm(WithoutPersons, OnceToken, PortalForm):
    """An item: new, or as it stands."""

    checked = ("title", "text", "place")
    submit_label = gettext_lazy("Zet in de agenda")
    layout = [
        Section(gettext_lazy("Wat"), "title", "kind", "text", "theme"),
        Section(gettext_lazy("Wanneer"), "day", Row("starts", "ends"), "repeats", "repeats_until"),
        Section(gettext_lazy("Waar en voor wie"), "place", "wijken", "organiser", "visibility"),
    ]
    error_texts = {
        "day": {"required": gettext_lazy("Vul de dag in, zoals 28 maart 2026")},
        "starts": {"required": gettext_lazy("Vul in hoe laat het begint, zoals 19:30")},
        "wijken": {"required": gettext_lazy("Kies een wijk")},
    }

    title = forms.CharField(
        label=gettext_lazy("Hoe heet het?"), max_length=120, help_text=gettext_lazy("Bijvoorbeeld: Koffie-inloop.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat is het?"), choices=ItemKind, widget=forms.RadioSelect, initial=ItemKind.ACTIVITY
    )
    text = forms.CharField(
        label=gettext_lazy("Wat gebeurt er, en moet iemand zich aanmelden?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )
    theme = forms.ModelChoiceField(
        label=gettext_lazy("Waar gaat het over?"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=gettext_lazy("Geen bepaald thema"),
    )
    day = SplitDateField(label=gettext_lazy("Op welke dag?"))
    starts = TimeField(label=gettext_lazy("Van"), help_text=gettext_lazy("Zoals 19:30"))
    ends = TimeField(label=gettext_lazy("Tot"), required=False)
    repeats = forms.ChoiceField(
        label=gettext_lazy("Komt het terug?"), choices=Repeats, widget=forms.RadioSelect, initial=Repeats.ONCE
    )
    repeats_until = SplitDateField(
        label=gettext_lazy("Tot en met welke dag komt het terug?"),
        required=False,
        help_text=gettext_lazy("Alleen als het terugkomt; hooguit een jaar vooruit."),
    )
    place = forms.CharField(
        label=gettext_lazy("Waar?"),
        max_length=160,
        help_text=gettext_lazy("Gebouw en straat, zoals: bibliotheek, Sophiapromenade 1."),
    )
    wijken = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Voor welke wijk?"),
        queryset=Wijk.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("U kunt er meer kiezen."),
    )
    organiser = forms.ChoiceField(label=gettext_lazy("Wie organiseert het?"))
    visibility = forms.ChoiceField(label=gettext_lazy("Wie mag dit zien?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: User, item: AgendaItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(item), **kwargs)
        self.is_new = item is None
        known = Wijk.objects.filter(agenda_items=item) if item else Wijk.objects.none()
        choosable = wijken_for_agenda(user).order_by().values("pk").union(known.order_by().values("pk"))
        wijken = Wijk.objects.without_geometry().filter(pk__in=choosable)
        self.fields["wijken"].queryset = wijken
        self.fields["theme"].queryset = Theme.objects.choosable()
        self._holders = _holders(user, item)
        self.fields["organiser"].choices = [(code, label) for code, (label, _holder) in self._holders.items()]
        seen = visibilities_for(user)
        self.fields["visibility"].choices = [(choice.value, choice.label) for choice in seen]
        if item:
            self.submit_label = gettext_lazy("Wijziging bewaren")
        else:
            self.initial["visibility"] = seen[0]
            self.initial["wijken"] = [wijken[0].pk] if len(wijken) == 1 else []

    def clean(self) -> dict[str, Any]:
        """The days and hours must fit each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Het einde moet na het begin liggen"))
        if cleaned.get("repeats") in (Repeats.WEEKLY, Repeats.MONTHLY):
            self._check_until(cleaned.get("day"), cleaned.get("repeats_until"))
        else:
            cleaned["repeats_until"] = None
        last = cleaned.get("repeats_until") or cleaned.get("day")
        # What is over is still corrected; what is new has to come.
        if self.is_new and last and last < today():
            self.add_error(
                "repeats_until" if cleaned.get("repeats_until") else "day", _("Kies vandaag of een latere dag")
            )
        return cleaned

    def wijken_of_text(self) -> list[Wijk]:
        """The wijken that were ticked."""
        return list(self.cleaned_data.get("wijken") or [])

    def answers(self) -> AgendaAnswers:
        """What was filled in, in the time of the Netherlands."""
        given = self.cleaned_data
        same = ("kind", "title", "text", "place", "theme", "repeats", "repeats_until", "visibility")
        _label, holder = self._holders[given["organiser"]]
        return AgendaAnswers(
            **{name: given[name] for name in same},
            starts_at=datetime.combine(given["day"], given["starts"], AMSTERDAM),
            ends_at=datetime.combine(given["day"], given["ends"], AMSTERDAM) if given["ends"] else None,
            partner=holder.get("partner"),
            department=holder.get("department"),
            wijken=tuple(given["wijken"]),
        )

    def _check_until(self, day: date | None, until: date | None) -> None:
        if "repeats_until" in self.errors or day is None:
            return
        if until is None:
            self.add_error("repeats_until", _("Vul in tot en met welke dag het terugkomt"))
        elif until <= day:
            self.add_error("repeats_until", _("De laatste dag moet na de eerste dag liggen"))
        elif until > day + LONGEST:
            self.add_error("repeats_until", _("Kies een dag binnen een jaar; daarna kunt u het verlengen"))


class CancelItemForm(WithoutPersons, OnceToken, PortalForm):
    """Why it does not go on."""

    checked = ("reason",)
    submit_label = gettext_lazy("Afzeggen")
    error_texts = {"reason": {"required": gettext_lazy("Vul in waarom het niet doorgaat")}}

    reason = forms.CharField(
        label=gettext_lazy("Waarom gaat het niet door?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat in de agenda. Noem ook een nieuwe datum als die er is."),
    )


def _initial(item: AgendaItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    same = ("title", "kind", "text", "repeats", "repeats_until", "place", "visibility")
    return {
        **{name: getattr(item, name) for name in same},
        "theme": item.theme_id,
        "day": local_day(item.starts_at),
        "starts": item.starts_at.astimezone(AMSTERDAM).time(),
        "ends": item.ends_at.astimezone(AMSTERDAM).time() if item.ends_at else None,
        "wijken": [wijk.pk for wijk in item.wijken.all()],
        "organiser": _code(item),
    }


def _code(item: AgendaItem) -> str:
    if item.partner_id:
        return f"p{item.partner_id}"
    return f"a{item.department_id}" if item.department_id else MUNICIPALITY


def _holders(user: User, item: AgendaItem | None) -> Holders:
    """Who may hold it: who does now, one's own organisations and departments, and the municipality for who is of it."""
    found: Holders = {}
    if item:
        found[_code(item)] = (item.organiser, {"partner": item.partner, "department": item.department})
    for partner in organisations_of(user):
        found.setdefault(f"p{partner.pk}", (partner.name, {"partner": partner}))
    for department in departments_of(user):
        found.setdefault(f"a{department.pk}", (str(department), {"department": department}))
    if is_inside(user):
        found.setdefault(MUNICIPALITY, (municipality.current().full_name, {}))
    return found
