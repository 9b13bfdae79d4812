"""The form that every page uses: texts that say what to do, no silent browser checks, nothing typed lost."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import render_field
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property, lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from shared.ui.bound import PortalBoundField
from shared.ui.widgets import dress


class ErrorItem(NamedTuple):
    """One line of the error summary."""

    text: str
    href: str


class Section(LayoutObject):  # type: ignore[misc]  # crispy has no types
    """Questions that belong together, below one heading."""

    def __init__(self, heading: StrOrPromise, *fields: Any) -> None:
        self.heading = heading
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "nlds", **kwargs: Any) -> SafeString:
        """Called by crispy."""
        rendered = self.get_rendered_fields(form, context, template_pack, **kwargs)
        values = {"heading": self.heading, "fields": rendered}
        return render_to_string(f"{template_pack}/layout/section.html", values)


class Row(LayoutObject):  # type: ignore[misc]  # crispy has no types
    """Short questions beside each other when there is room: postcode and house number."""

    def __init__(self, *fields: str) -> None:
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "nlds", **kwargs: Any) -> SafeString:
        """Called by crispy."""
        rendered = "".join(render_field(name, form, context, template_pack=template_pack) for name in self.fields)
        return mark_safe(f'<div class="portal-row">{rendered}</div>')  # noqa: S308 - made of rendered fields


class PortalFormMixin(forms.BaseForm):
    """What PortalForm and PortalModelForm share.

    Declare on the class:
        layout         layout objects or field names, e.g. `[Section(_("Uw idee"), "title", Row("postcode", "no"))]`;
                       fields that are left out follow at the end
        submit_label   what the primary button does: "Aanvraag versturen"
        error_texts    {"name": {"required": _("Vul uw naam in"), "max_length": …, "invalid": …}}
    """

    bound_field_class: type[PortalBoundField] | None = PortalBoundField
    use_required_attribute = False
    layout: ClassVar[list[Any]] = []
    submit_label: ClassVar[Any] = gettext_lazy("Versturen")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.prepare(name, field)

    def prepare(self, name: str, field: forms.Field) -> None:
        """Give a field its classes and its error texts; call it for fields that a subclass adds later."""
        dress(field.widget)
        # A browser that cuts off pasted text silently loses the end of someone's story: the server says it in words.
        limit = field.widget.attrs.pop("maxlength", None)
        if limit and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["data-count"] = limit
        declared = self.error_texts.get(name, {})
        field.error_messages.update(default_texts(str(field.label or name), field, declared))
        field.error_messages.update(declared)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy renders this form; the page itself has the form element."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_unmentioned_fields = True
        helper.layout = Layout(*(self.layout or self.fields))
        return helper

    @property
    def has_optional_fields(self) -> bool:
        """Whether the page has to explain "(niet verplicht)"."""
        return any(self._bound(name).is_optional for name in self.fields if not self[name].is_hidden)

    @property
    def error_items(self) -> list[ErrorItem]:
        """Every error in the order of the page, each with a link to the input to change."""
        items = [ErrorItem(str(text), "") for text in self.non_field_errors()]
        # As the page has them: first what the layout names, then what it leaves out.
        placed = [found.name for found in self.helper.layout.get_field_names() if found.name in self.fields]
        for name in dict.fromkeys([*placed, *self.fields]):
            field = self._bound(name)
            href = f"#{field.first_input}" if field.first_input else ""
            items += [ErrorItem(str(text), href) for text in field.errors]
        return items

    def _bound(self, name: str) -> PortalBoundField:
        return cast(PortalBoundField, self[name])


class PortalForm(PortalFormMixin, forms.Form):
    """A form of the portal."""


class PortalModelForm(PortalFormMixin, forms.ModelForm[Any]):
    """A form of the portal about one record; it validates, the workflow saves."""


def default_texts(
    label: str, field: forms.Field, declared: dict[str, Any], *, fill_in: str = ""
) -> dict[str, StrOrPromise]:
    """Say what to do, with the question in it; `fill_in` is the sentence for a text, when it is another one.

    The texts are put together when somebody gets to read them: most answers are good.
    """
    texts: dict[str, StrOrPromise] = {}
    values = {"label": label}
    # Django fills these in once more, with the limit or the answer: a percent sign of the label has to survive that.
    twice = {"label": label.replace("%", "%%")}
    if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
        texts["required"] = _required_text(label, field, fill_in)
    if "max_length" not in declared:
        too_long = gettext_lazy("Maak “%(label)s” korter: hooguit %%(limit_value)d tekens, nu %%(show_value)d")
        texts["max_length"] = _filled(too_long, twice)
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if choosing and field.error_messages["invalid_choice"] is field.default_error_messages["invalid_choice"]:
        texts["invalid_choice"] = _filled(gettext_lazy("Kies bij “%(label)s” een van de antwoorden"), twice)
    if isinstance(field, forms.IntegerField) and "invalid" not in declared:
        texts["invalid"] = _filled(gettext_lazy("Vul bij “%(label)s” een getal in"), values)
    limits = {
        "min_value": gettext_lazy("Vul bij “%(label)s” %%(limit_value)s of meer in"),
        "max_value": gettext_lazy("Vul bij “%(label)s” %%(limit_value)s of minder in"),
    }
    if isinstance(field, forms.IntegerField):
        texts |= {code: _filled(text, twice) for code, text in limits.items() if code not in declared}
    return texts


def _required(label: str, field: forms.Field, fill_in: str) -> str:
    values = {"label": label}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Maak een keuze bij “%(label)s”") % values
    if isinstance(field, forms.FileField):
        return _("Kies een bestand bij “%(label)s”") % values
    if isinstance(field, forms.BooleanField):
        return _("Zet een vinkje bij “%(label)s”") % values
    if label.endswith("?"):
        return _("Beantwoord de vraag “%(label)s”") % values
    if fill_in:
        return fill_in % values
    return _("Vul %(label)s in") % {"label": _in_sentence(label)}


def _fill(text: StrOrPromise, values: dict[str, str]) -> str:
    return str(text) % values


_filled: Callable[..., StrOrPromise] = lazy(_fill, str)
_required_text: Callable[..., StrOrPromise] = lazy(_required, str)


def _in_sentence(label: str) -> str:
    """ "Uw naam" becomes "uw naam"; an abbreviation such as IBAN stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
