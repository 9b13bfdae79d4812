"""The filters of the list and the questions about a plan: Django's own fields and widgets."""

from datetime import date

from django import forms

from benchmarks.yardstick.models import STATUSES, Buurt, Theme, Wijk

HELP = [
    ("money", "Geld"),
    ("place", "Plek"),
    ("goods", "Spullen"),
    ("permission", "Toestemming"),
    ("people", "Mensen"),
    ("advice", "Advies"),
    ("attention", "Bekendheid"),
]
OPTIONAL = "(niet verplicht)"


class FilterForm(forms.Form):
    zoek = forms.CharField(label="Zoeken", required=False)
    wijk = forms.ModelChoiceField(
        Wijk.objects.defer("path").order_by("pk"), to_field_name="slug", required=False, empty_label="Alle wijken"
    )
    thema = forms.ModelChoiceField(
        Theme.objects.order_by("pk"), to_field_name="slug", required=False, empty_label="Alle thema’s"
    )
    status = forms.ChoiceField(label="Hoe staat het ervoor?", choices=[("", "Alle"), *STATUSES], required=False)
    volgorde = forms.ChoiceField(
        choices=[("nieuw", "Nieuwste eerst"), ("steun", "Meeste buren eerst"), ("datum", "Eerst aan de beurt")],
        required=False,
    )


class PlanForm(forms.Form):
    """The questions of the portal, in its sections."""

    template_name = "yardstick/questions.html"
    sections = (
        ("Uw idee", ["title", "text", "benefit", "theme"]),
        ("Waar en wanneer", ["postcode", "house_number", "buurt", "place", "day", "month", "year"]),
        ("Samen", ["who_joins", "help_wanted", "amount", "files"]),
        ("Over u", ["name", "email", "phone", "shows_first_name"]),
    )

    title = forms.CharField(label="Hoe heet uw idee?", max_length=120)
    text = forms.CharField(
        label="Wat wilt u doen?",
        widget=forms.Textarea,
        max_length=3000,
        help_text="Vertel het gewoon, in uw eigen woorden.",
    )
    benefit = forms.CharField(label="Voor wie is het en wat wordt er beter?", widget=forms.Textarea, max_length=1500)
    theme = forms.ModelChoiceField(
        Theme.objects.order_by("pk"),
        label="Waar gaat uw idee vooral over?",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    postcode = forms.CharField(
        label=f"Postcode {OPTIONAL}",
        max_length=7,
        required=False,
        help_text="Van de plek van uw idee, of van uw huis.",
    )
    house_number = forms.CharField(label=f"Huisnummer {OPTIONAL}", max_length=12, required=False)
    buurt = forms.TypedChoiceField(label="In welke buurt is het?", widget=forms.RadioSelect)
    place = forms.CharField(
        label=f"Straat of plek {OPTIONAL}",
        max_length=120,
        required=False,
        help_text="Bijvoorbeeld: het veldje achter de school.",
    )
    day = forms.IntegerField(
        label=f"Wanneer wilt u het doen? {OPTIONAL} Dag",
        required=False,
        widget=forms.TextInput,
        help_text="Weet u het nog niet? Laat het dan leeg.",
    )
    month = forms.IntegerField(label="Maand", required=False, widget=forms.TextInput)
    year = forms.IntegerField(label="Jaar", required=False, widget=forms.TextInput)
    who_joins = forms.CharField(
        label="Wie doet er mee?",
        widget=forms.Textarea,
        max_length=1000,
        help_text="Bijvoorbeeld: vier gezinnen uit de straat. Bent u nog alleen? Schrijf dat dan op.",
    )
    help_wanted = forms.MultipleChoiceField(
        label=f"Waarmee kunnen wij of uw buren helpen? {OPTIONAL}",
        choices=HELP,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    amount = forms.DecimalField(
        label=f"Hoeveel kost het ongeveer? {OPTIONAL}",
        required=False,
        help_text="Alleen als u geld vraagt. Een schatting is genoeg.",
    )
    files = forms.FileField(
        label=f"Foto’s of bestanden {OPTIONAL}", required=False, help_text="JPG, PNG, HEIC, WEBP of PDF."
    )
    name = forms.CharField(label="Uw naam", max_length=120)
    email = forms.EmailField(label="Uw e-mailadres", help_text="Met een e-mailadres kunt u uw idee volgen.")
    phone = forms.CharField(label="Uw telefoonnummer", max_length=20, required=False)
    shows_first_name = forms.BooleanField(
        label="Mijn voornaam mag bij het idee staan",
        required=False,
        help_text="Uw andere gegevens ziet niemand, alleen de gemeente.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        buurten = {
            str(buurt.pk): buurt
            for buurt in Buurt.objects.select_related("wijk").defer("wijk__path").order_by("wijk", "pk")
        }
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, buurt in buurten.items():
            groups.setdefault(buurt.wijk.name, []).append((key, buurt.name))
        self.fields["buurt"].choices, self.fields["buurt"].coerce = list(groups.items()), buurten.__getitem__

    def clean(self) -> dict:
        answers = super().clean()
        parts = [answers.pop(name, None) for name in ("year", "month", "day")]
        try:
            answers["planned_on"] = date(*parts) if any(parts) else None
        except (TypeError, ValueError):
            self.add_error("day", "Deze datum bestaat niet")
        return answers

    def questions(self) -> list:
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]
