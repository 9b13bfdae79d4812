"""A form that can be looked at while it is being filled in: as if it were sent now, or again with changes."""

from typing import Any, Self

from django import forms

from shared.ui.forms import PortalForm


class StandingForm(PortalForm):
    """A form for a step with a preview; `surroundings` is what its constructor needs besides the answers."""

    @property
    def surroundings(self) -> dict[str, Any]:
        """The arguments to make this form again."""
        return {}

    def typed(self) -> dict[str, Any]:
        """What stands in the questions now, sent or not."""
        return {field.name: field.value() for field in self}

    def again(self, **changes: Any) -> Self:
        """The same form with the same answers, except for the changes, and without complaints."""
        return type(self)(initial=self.typed() | changes, **self.surroundings)

    def as_it_stands(self) -> Self:
        """The form as if it were sent now, to see which message it would give."""
        sent = {name: value for name, value in self.typed().items() if value not in (None, "", False, [])}
        data: dict[str, Any] = {}
        for name, value in sent.items():
            # Django's types do not know the suffixes of a widget of several boxes.
            widget: Any = self.fields[name].widget
            if isinstance(widget, forms.MultiWidget):
                parts = value if isinstance(value, list) else widget.decompress(value)
                names = [f"{name}{suffix}" for suffix in vars(widget)["widgets_names"]]
                data |= dict(zip(names, parts or [], strict=True))
            else:
                data[name] = getattr(value, "pk", value)
        return type(self)(data, **self.surroundings)
