"""Example content for the style page."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from shared.ui import charts
from shared.ui.fields import EmailField, EuroField, HouseNumberField, PhoneField, PostcodeField, SplitDateField
from shared.ui.forms import PortalForm, Row, Section

HELP = [("money", _("Geld")), ("place", _("Een plek")), ("people", _("Mensen die helpen"))]


class SampleForm(PortalForm):
    """Every kind of question once."""

    layout: ClassVar[list[Any]] = [
        Section(_("Uw idee"), "title", "what", "theme", "help", Row("postcode", "house_number"), "when", "amount"),
        Section(_("Over u"), "name", "email", "phone", "contact", "consent"),
    ]
    submit_label = _("Controleer uw idee")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"consent": {"required": _("Zet een vinkje als dat mag")}}

    title = forms.CharField(label=_("Hoe heet uw idee?"), max_length=100)
    what = forms.CharField(
        label=_("Wat wilt u doen?"),
        help_text=_("Vertel het gewoon in uw eigen woorden."),
        max_length=2000,
        widget=forms.Textarea,
    )
    theme = forms.ChoiceField(
        label=_("Waar gaat het over?"), choices=[("", _("Kies een onderwerp")), ("green", _("Groen"))]
    )
    help = forms.MultipleChoiceField(
        label=_("Waarmee kunnen we helpen?"),
        choices=HELP,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies alles wat past."),
    )
    postcode = PostcodeField()
    house_number = HouseNumberField(required=False)
    when = SplitDateField(label=_("Wanneer?"), required=False, help_text=_("Bijvoorbeeld 28 maart 2027."))
    amount = EuroField(label=_("Wat gaat het kosten?"), required=False)
    name = forms.CharField(label=_("Uw naam"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(help_text=_("Hier sturen wij ons antwoord naartoe."))
    phone = PhoneField(required=False)
    contact = forms.ChoiceField(
        label=_("Hoe mogen we u bereiken?"),
        choices=[("mail", _("Per e-mail")), ("phone", _("Per telefoon"))],
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(label=_("Mijn voornaam mag bij het idee staan"))


def components() -> dict[str, Any]:
    """What the other components show."""
    return {
        "cards": [_card(), _card() | {"photo_url": "", "status": "in_progress", "status_label": _("In uitvoering")}],
        "moments": _moments(),
        "calendar_links": [SimpleNamespace(label=name, url="#") for name in ("Google Agenda", "Outlook.com")],
        "rows": [
            {"label": _("Hoe heet uw idee?"), "value": "Moestuin Volgerlanden", "url": "#"},
            {"label": _("Wat wilt u doen?"), "value": "Samen groente kweken.\n\nOok met de school.", "url": "#"},
            {"label": _("Wanneer?"), "value": "", "url": "#"},
        ],
        "steps": [
            {"title": _("U bevestigt uw e-mailadres."), "text": ""},
            {"title": _("De wijkcoördinator leest uw idee."), "text": _("Jansen van Wijk Centrum, telefoon 14 078.")},
            {"title": _("U hoort van ons vóór vrijdag 27 november."), "text": ""},
        ],
        "figures": [{"value": "24", "label": _("initiatieven")}, {"value": "€ 14.350", "label": _("nog beschikbaar")}],
        "chart": charts.bars(
            str(_("Initiatieven per wijk")),
            [("Centrum", 12), ("Krommeweg", 7), ("De Volgerlanden", 23), ("Kruiswiel", 0)],
        ),
        "map": _map(),
        "page": Paginator(range(240), 20).page(4),
        "badges": [
            ("new", _("Nieuw")),
            ("in_progress", _("In uitvoering")),
            ("done", _("Klaar")),
            ("declined", _("Afgewezen")),
        ],
    }


def _card() -> dict[str, Any]:
    return {
        "url": "#",
        "title": "Moestuin Volgerlanden",
        "area": "De Volgerlanden",
        "theme": "Groen",
        "date": "2 november 2026",
        "status": "accepted",
        "status_label": _("De gemeente helpt mee"),
        "people": "12 buren doen mee",
        "photo_url": "",
        "photo_alt": "",
    }


def _moments() -> list[SimpleNamespace]:
    first = date(2026, 11, 2)
    return [
        SimpleNamespace(label=_("Idee ontvangen"), text="", when=first, is_next=False),
        SimpleNamespace(
            label=_("De gemeente helpt mee"), text=_("Grond en compost."), when=first + timedelta(days=3), is_next=False
        ),
        SimpleNamespace(label=_("Eerste plantdag"), text="", when=first + timedelta(days=40), is_next=True),
    ]


def _map() -> dict[str, Any]:
    def shape(name: str, path: str, x: int, count: int) -> dict[str, Any]:
        drawn = {"path": path, "rows": [(name, x, 110)], "shade": count, "chosen": False}
        return {"title": f"{name}: {count}", "url": "#", **drawn}

    return {
        "title": _("Kaart van de wijken"),
        "view_box": "0 0 800 200",
        "labelled": True,
        "letter_size": 30,
        "has_links": True,
        "source": "CBS",
        "shapes": [shape("West", "M10 10H390V190H10Z", 200, 4), shape("Oost", "M410 10H790V190H410Z", 600, 1)],
    }
