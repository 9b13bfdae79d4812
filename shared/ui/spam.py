"""Robots fill every field within a second. People never notice this; there is no captcha."""

import time
from copy import copy
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SALT = "portal.form-opened"


class TrapField(forms.CharField):
    """A field that is out of sight and out of the tab order: who fills it is not a person."""

    is_trap = True

    def __init__(self) -> None:
        attrs = {"autocomplete": "off", "tabindex": "-1"}
        super().__init__(required=False, label=gettext_lazy("Laat dit veld leeg"), widget=forms.TextInput(attrs=attrs))


class SpamTrap(forms.BaseForm):
    """Mixin for a PortalForm: honeypot and time-to-submit.

    Whoever falls into a trap sees the form again with everything filled in and is asked to send it once more.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homepage"] = TrapField()
        self.fields["opened"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=opened_now)

    def clean(self) -> dict[str, Any] | None:
        """Ask to send again when this looks like a robot."""
        cleaned = super().clean()
        if self.errors:  # whoever has something to correct sends it again anyway
            return cleaned
        filled, opened = (str(self.data.get(self.add_prefix(name), "")) for name in ("homepage", "opened"))
        if filled or not _took_a_while(opened):
            self._reset_traps()
            text = _("Verstuur het formulier nog een keer. Alles wat u heeft ingevuld staat er nog.")
            raise ValidationError(text, code="trapped")
        return cleaned

    def _reset_traps(self) -> None:
        data: Any = copy(self.data)
        opened = str(data.get(self.add_prefix("opened"), ""))
        data[self.add_prefix("homepage")] = ""
        data[self.add_prefix("opened")] = opened if _age(opened) is not None else opened_now()
        self.data = data


def opened_now() -> str:
    """When a form was shown: now, sealed."""
    return signing.dumps(int(time.time()), salt=SALT)


def _age(token: str) -> float | None:
    try:
        opened: int = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return time.time() - opened


def _took_a_while(token: str) -> bool:
    age = _age(token)
    return age is not None and age >= settings.SPAM_MINIMUM_SECONDS
