"""The questions of signing in."""

from typing import Any, ClassVar

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
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
