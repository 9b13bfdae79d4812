"""The questions of signing in."""

from typing import Any, ClassVar

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from shared.ui.fields import EmailField
from shared.ui.forms import PortalFormMixin


def code_field(label: Any, help_text: Any) -> forms.CharField:
    """One code; phones offer the one that just came in."""
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    attrs |= {"inputmode": "numeric", "class": "portal-width-10"}
    return forms.CharField(label=label, help_text=help_text, widget=forms.TextInput(attrs=attrs), max_length=20)


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


class AddPasskeyForm(PortalFormMixin, AddWebAuthnForm):
    """A passkey on this device or a key on a key ring. The browser fills in `credential`."""

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
        "credential": {"required": _("Uw browser gaf geen passkey door. Probeer het nog een keer")}
    }


class RenamePasskeyForm(PortalFormMixin, EditWebAuthnForm):
    """Another name for a passkey."""

    submit_label = _("Naam bewaren")
    name = forms.CharField(label=_("Naam van deze passkey"), max_length=100)
