"""How it went: a photo and three questions, and receipts when the amount or the sample asks them."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.documents.forms import FilesField, FilesInput
from shared.ui.fields import EuroField
from shared.ui.forms import PortalForm
from shared.ui.once import OnceToken
from subsidies.models import Report
from subsidies.workflow.after.sending import ReportAnswers

YES, NO = "ja", "nee"
PHOTOS = (1, 2, 3)


def _long(label: str | Promise, help_text: str | Promise = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs
    )


class ReportForm(OnceToken, PortalForm):
    """The report of one case; what did not take place needs one answer only."""

    submit_label = gettext_lazy("Versturen")
    error_texts = {
        "took_place": {"required": gettext_lazy("Kies of het is doorgegaan")},
        "what_happened": {"required": gettext_lazy("Schrijf op wat u heeft gedaan, of waarom het niet doorging")},
    }

    took_place = forms.ChoiceField(
        label=gettext_lazy("Is het doorgegaan?"),
        choices=[(YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nee"))],
        widget=forms.RadioSelect,
    )
    what_happened = _long(
        gettext_lazy("Wat heeft u gedaan?"), gettext_lazy("Ging het niet door? Schrijf dan op waarom.")
    )
    people_count = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen deden ongeveer mee?"),
        min_value=0,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "portal-width-5"}),
    )
    what_changed = _long(gettext_lazy("Wat is er beter geworden in de buurt?"), required=False)
    spent = EuroField(label=gettext_lazy("Hoeveel geld gaf u uit?"), required=False)
    costs = _long(
        gettext_lazy("Waaraan gaf u het geld uit?"),
        gettext_lazy("Zet elke post op een eigen regel, met het bedrag."),
        required=False,
    )
    receipts = FilesField(
        label=gettext_lazy("Bonnen of facturen"),
        help_text=gettext_lazy("Een foto van een bon is goed. JPG, PNG, HEIC, WEBP of PDF, elk 10 MB of minder."),
        required=False,
        max_files=12,
    )
    shows_result = forms.BooleanField(
        label=gettext_lazy("Mijn verhaal en foto’s mogen op de website van dit portaal"),
        help_text=gettext_lazy("Kies alleen foto’s van mensen die dat goed vinden."),
        required=False,
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        if not report.asks_receipts:
            del self.fields["receipts"]
        if not report.asks_account:
            del self.fields["costs"]
        if not report.application.scheme_version.publish_result:
            del self.fields["shows_result"]
        # Asked only when it took place: `clean` looks at that, so these are not called optional.
        for name in ("people_count", "what_changed", "spent", "costs", "receipts"):
            if name in self.fields and (name != "spent" or report.asks_receipts):
                self.fields[name].hide_optional = True
        for number in PHOTOS:
            self._add_photo(number)
        order = ["took_place", "what_happened", "people_count", "what_changed"]
        order += [name for number in PHOTOS for name in (f"photo_{number}", f"alt_{number}")]
        self.order_fields([*order, "spent", "costs", "receipts", "shows_result", "once"])

    def clean(self) -> dict[str, Any] | None:
        """What took place is shown; a photo has words for who cannot see it."""
        cleaned = super().clean()
        if self.cleaned_data.get("took_place") == YES:
            self._ask_the_rest()
        for number in PHOTOS:
            self._check_photo(number)
        return cleaned

    @property
    def answers(self) -> ReportAnswers:
        """For `receive_report`."""
        given = self.cleaned_data
        return ReportAnswers(
            took_place=given["took_place"] == YES,
            what_happened=given["what_happened"],
            people_count=given["people_count"],
            what_changed=given["what_changed"],
            spent=given["spent"],
            costs=given.get("costs", ""),
            shows_result=given.get("shows_result", False),
            photos=tuple((file, given[f"alt_{n}"]) for n in PHOTOS for file in given[f"photo_{n}"]),
            receipts=tuple(given.get("receipts", ())),
        )

    def _ask_the_rest(self) -> None:
        wanted = {
            "people_count": _("Vul in hoeveel mensen ongeveer meededen"),
            "what_changed": _("Schrijf op wat er beter is geworden in de buurt"),
        }
        if self.report.asks_receipts:
            wanted["spent"] = _("Vul in hoeveel geld u uitgaf")
            wanted["receipts"] = _("Voeg uw bonnen of facturen toe")
        if self.report.asks_account:
            wanted["costs"] = _("Schrijf op waaraan u het geld uitgaf")
        for name, text in wanted.items():
            if self.cleaned_data.get(name) in (None, "", []) and name not in self.errors and not self._known(name):
                self.add_error(name, text)
        received = any(self.cleaned_data.get(f"photo_{n}") or f"photo_{n}" in self.errors for n in PHOTOS)
        if not received and not self._known("photo"):
            self.add_error("photo_1", _("Voeg een foto toe"))

    def _known(self, name: str) -> bool:
        """A report that was sent back keeps the files that came with it."""
        files = self.report.files
        kept = {"photo": files.exclude(alt_text=""), "receipts": files.filter(alt_text="")}
        return name in kept and kept[name].exists()

    def _check_photo(self, number: int) -> None:
        files = self.cleaned_data.get(f"photo_{number}", ())
        if not all(file.is_image for file in files):
            self.add_error(f"photo_{number}", _("Kies een foto: JPG, PNG, HEIC of WEBP"))
        elif files and not self.cleaned_data.get(f"alt_{number}"):
            text = _("Vertel wat er te zien is op foto %d, voor mensen die de foto niet kunnen zien") % number
            self.add_error(f"alt_{number}", text)

    def _add_photo(self, number: int) -> None:
        photo = FilesField(
            label=_("Foto %d") % number,
            help_text=_("JPG, PNG, HEIC of WEBP, 10 MB of minder. De plaats waar u de foto maakte, halen wij eruit."),
            required=False,
            max_files=1,
            widget=FilesInput(attrs={"multiple": False, "accept": "image/*,.heic,.heif"}),
        )
        words = forms.CharField(label=_("Wat is er te zien op foto %d?") % number, max_length=200, required=False)
        for name, field in ((f"photo_{number}", photo), (f"alt_{number}", words)):
            self.fields[name] = field
            self.prepare(name, field)
        words.hide_optional = True  # type: ignore[attr-defined]
        photo.hide_optional = number == 1  # type: ignore[attr-defined]


class EvaluationForm(PortalForm):
    """One mark, one line."""

    submit_label = gettext_lazy("Cijfer versturen")
    error_texts = {"mark": {"required": gettext_lazy("Kies een cijfer van 1 tot en met 10")}}

    mark = forms.TypedChoiceField(
        label=gettext_lazy("Welk cijfer geeft u ons?"),
        help_text=gettext_lazy("1 is heel slecht, 10 is heel goed."),
        choices=[(number, str(number)) for number in range(1, 11)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Wilt u er iets bij schrijven?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
