"""The questions of signing in."""

import struct
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.accounts.enums import ASSIGNED_ROLES
from shared.accounts.models import Department, RoleAssignment, User
from shared.ui.admin_words import WordedForm
from shared.ui.fields import EmailField
from shared.ui.forms import PortalFormMixin
from shared.wijken.models import Wijk

PASSKEY_FAILED = _("Het lukte niet met de passkey. Probeer het nog een keer, of gebruik een code.")
NO_PASSKEY = _("Uw browser gaf geen passkey door. Probeer het nog een keer")
# What the reader of credentials stumbles over, in an answer that no browser gives.
MALFORMED = (AttributeError, LookupError, TypeError, ValueError, struct.error)


def code_field(label: Any, help_text: Any) -> forms.CharField:
    """One code; phones offer the one that just came in."""
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    attrs |= {"inputmode": "numeric", "class": "portal-width-10"}
    texts = {"required": _("Vul de code in")}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=20, error_messages=texts)


class SignInForm(PortalFormMixin, RequestLoginCodeForm):
    """The one question of signing in."""

    submit_label = _("Stuur mij een code")
    email = EmailField(label=_("Uw e-mailadres"), help_text=_("U krijgt meteen een e-mail met een code."))


class SignInCodeForm(PortalFormMixin, ConfirmLoginCodeForm):
    """The code from the e-mail."""

    submit_label = _("Inloggen")
    code = code_field(_("Code uit de e-mail"), _("Acht cijfers. Met of zonder streepje, dat maakt niet uit."))


class SecondFactorForm(PortalFormMixin, AuthenticateForm):
    """The code of the app, or a recovery code."""

    submit_label = _("Verder")
    code = code_field(_("Code uit uw app"), _("Zes cijfers uit de app, of een herstelcode van acht cijfers."))


class SecondFactorAgainForm(PortalFormMixin, ReauthenticateForm):
    """The same question in a session that is open already."""

    submit_label = _("Verder")
    code = code_field(_("Code uit uw app"), _("Zes cijfers uit de app, of een herstelcode van acht cijfers."))


class SetUpAppForm(PortalFormMixin, ActivateTOTPForm):
    """The first code of a new app proves that it works."""

    submit_label = _("App toevoegen")
    code = code_field(_("Code uit de app"), _("Zes cijfers. De app maakt elke halve minuut een nieuwe."))


class PasskeyWords(forms.BaseForm):
    """Mixin for a form whose `credential` the browser fills in: whatever is wrong with it, there is one thing to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": PASSKEY_FAILED, "invalid": PASSKEY_FAILED}

    def read(self, reader: Callable[[], Any]) -> Any:
        """What the browser gave.

        Raises:
            ValidationError: it is not the answer of a passkey, or not the right one.
        """
        try:
            return reader()
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise forms.ValidationError(PASSKEY_FAILED, code=error.code) from error
        except MALFORMED as error:
            raise forms.ValidationError(PASSKEY_FAILED, code="invalid") from error


class PasskeySignInForm(PasskeyWords, LoginWebAuthnForm):
    """Signing in with nothing else."""

    def clean_credential(self) -> Any:
        """Whose passkey it is."""
        return self.read(super().clean_credential)


class PasskeyAfterCodeForm(PasskeyWords, AuthenticateWebAuthnForm):
    """The passkey as second factor."""

    def clean_credential(self) -> Any:
        """Which passkey it is."""
        return self.read(super().clean_credential)


class PasskeyAgainForm(PasskeyWords, ReauthenticateWebAuthnForm):
    """The same question in a session that is open already."""

    def clean_credential(self) -> Any:
        """Which passkey it is."""
        return self.read(super().clean_credential)


class AddPasskeyForm(PortalFormMixin, PasskeyWords, AddWebAuthnForm):
    """A passkey on this device or a key on a key ring."""

    name = forms.CharField(
        label=_("Naam van deze passkey"),
        required=False,
        max_length=100,
        help_text=_("Zo herkent u hem later, bijvoorbeeld “telefoon van het werk”."),
    )
    passwordless = forms.BooleanField(
        label=_("Ik wil met alleen deze passkey inloggen, zonder code per e-mail"), required=False, initial=True
    )
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {
        "credential": {"required": NO_PASSKEY, "invalid": NO_PASSKEY, "incorrect_code": NO_PASSKEY}
    }

    def clean(self) -> dict[str, Any]:
        """The passkey is one, and it was made for this page."""
        try:
            cleaned: dict[str, Any] = self.read(super().clean)
        except forms.ValidationError as error:
            self.add_error("credential", NO_PASSKEY if error.code in ("incorrect_code", "invalid") else error)
            return self.cleaned_data
        return cleaned


class RenamePasskeyForm(PortalFormMixin, EditWebAuthnForm):
    """Another name for a passkey."""

    submit_label = _("Naam bewaren")
    error_texts: ClassVar[dict[str, dict[str, Any]]] = {"name": {"required": _("Geef de passkey een naam")}}
    name = forms.CharField(label=_("Naam van deze passkey"), max_length=100)


class InviteForm(WordedForm, forms.ModelForm):
    """A colleague and their first role, for the admin."""

    role = forms.ChoiceField(label=_("Rol"), choices=[(role.value, role.label) for role in ASSIGNED_ROLES])
    wijk = forms.ModelChoiceField(
        Wijk.objects.none(),
        label=_("Wijk"),
        required=False,
        help_text=_("Alleen voor een wijkcoördinator of wijkpartner."),
    )
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Afdeling"), required=False, help_text=_("Alleen voor een ambassadeur.")
    )
    starts_on = forms.DateField(label=_("Eerste dag"), initial=timezone.localdate, widget=AdminDateWidget)
    ends_on = forms.DateField(
        label=_("Laatste dag"), required=False, help_text=_("Leeg: de rol loopt door."), widget=AdminDateWidget
    )

    class Meta:
        model = User
        fields = ("name", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["wijk"].queryset = Wijk.objects.current().without_geometry()

    @property
    def assignment(self) -> dict[str, Any]:
        """What the workflow needs to give the role."""
        names = ("role", "wijk", "department", "starts_on", "ends_on")
        return {name: self.cleaned_data.get(name) for name in names}

    def clean(self) -> dict[str, Any] | None:
        """A role without its place is refused while the answers are still on the screen."""
        cleaned = super().clean()
        if not self.errors:
            RoleAssignment(**self.assignment).validate_constraints(exclude={"user"})
        return cleaned
