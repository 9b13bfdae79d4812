"""A field with what was typed in it: cleaned text, the right ARIA, and where the error summary should point."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from shared.ui import text


class PortalBoundField(BoundField):
    """What templates ask about a field of a PortalForm."""

    @property
    def data(self) -> Any:
        """What was sent, without invisible characters and double spaces."""
        value = super().data
        is_text = isinstance(self.field, forms.CharField) and getattr(self.field, "normalise", True)
        if not is_text or not isinstance(value, str):
            return value
        return text.paragraphs(value) if isinstance(self.field.widget, forms.Textarea) else text.one_line(value)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """ARIA for one input; a group says it on the fieldset instead."""
        built = super().build_widget_attrs(attrs, widget)
        if self.kind in ("radio", "checkboxes"):
            built.pop("aria-invalid", None)
        elif self.field.required and not self.is_hidden:
            built["aria-required"] = "true"
        return built

    @property
    def kind(self) -> str:
        """Which markup the template needs."""
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radio"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "group" if widget.use_fieldset else "single"

    @property
    def is_trap(self) -> bool:
        """Whether people should never see this field."""
        return getattr(self.field, "is_trap", False)

    @property
    def is_optional(self) -> bool:
        """Whether the label says "(niet verplicht)"; a box that one may tick says so by itself.

        A field that is needed in some cases only ("this one or the other") has `hide_optional`.
        """
        needed_at_times = getattr(self.field, "hide_optional", False)
        return not (self.field.required or self.is_trap or needed_at_times or self.kind == "checkbox")

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, for the fieldset of a group."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        return " ".join([*ids, f"{self.auto_id}_error"] if self.errors else ids)

    @property
    def first_input(self) -> str:
        """The id that the error summary links to: of a group its first input."""
        return "" if self.is_hidden else self.id_for_label or f"{self.auto_id}_0"
