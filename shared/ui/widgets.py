"""Widgets with the class names of the design system, and a date in three text inputs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

# The first match counts: check boxes are a kind of radio buttons to Django.
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "utrecht-checkbox portal-checkbox"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox portal-checkbox"),
    (forms.Select, "utrecht-select"),
    (forms.Textarea, "utrecht-textarea"),
    (forms.FileInput, "portal-file"),
    (forms.widgets.Input, "utrecht-textbox"),
]


def dress(widget: forms.Widget) -> None:
    """Give a widget its class names; what the form's author set stays."""
    names = next((names for kind, names in CLASSES if isinstance(widget, kind)), "")
    if names and not widget.is_hidden:
        widget.attrs["class"] = f"{names} {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "5"
        del widget.attrs["cols"]


class SplitDateWidget(forms.MultiWidget):
    """Day, month and year as text: no calendar to fight with, and month names are fine."""

    template_name = "ui/widgets/split_date.html"
    use_fieldset = True
    parts = ((_("Dag"), "bday-day", "2"), (_("Maand"), "bday-month", "4"), (_("Jaar"), "bday-year", "4"))

    def __init__(self, *, birthday: bool = False) -> None:
        classes = [f"utrecht-textbox portal-width-{width}" for _label, _name, width in self.parts]
        widgets = [forms.TextInput(attrs={"class": names}) for names in classes]
        for index in (0, 2):
            widgets[index].attrs["inputmode"] = "numeric"
        if birthday:
            for widget, (_label, name, _width) in zip(widgets, self.parts, strict=True):
                widget.attrs["autocomplete"] = name
        super().__init__(widgets)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each box with its own label."""
        context = super().get_context(name, value, attrs)
        for subwidget, (label, _name, _width) in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            subwidget["label"] = label
        return context

    def decompress(self, value: date | None) -> list[str]:
        """A date in three texts."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> list[str]:
        """What was typed, box by box."""
        return [str(part or "").strip() for part in super().value_from_datadict(data, files, name)]
