"""Signing in. Only the addresses of allauth that this portal uses: what has no address cannot be attacked."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as single_sign_on
from django.conf import settings
from django.urls import include, path, reverse_lazy

from shared.accounts import second_factor_pages as pages
from shared.accounts import views

second_factor = [
    path("", mfa.index, name="mfa_index"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("opnieuw/", pages.reauthenticate, name="mfa_reauthenticate"),
    path("app/", pages.activate_app, name="mfa_activate_totp"),
    path("app/verwijderen/", pages.deactivate_app, name="mfa_deactivate_totp"),
    path("herstelcodes/", pages.view_codes, name="mfa_view_recovery_codes"),
    path("herstelcodes/nieuw/", pages.generate_codes, name="mfa_generate_recovery_codes"),
    path("herstelcodes/bewaren/", pages.download_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/nieuw/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/opnieuw/", pages.ReauthenticateWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/naam/", pages.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/verwijderen/", pages.remove_passkey, name="mfa_remove_webauthn"),
]

sign_in = views.SignIn.as_view(
    extra_context={
        "oidc_name": settings.OIDC_NAME,
        "oidc_url": reverse_lazy("openid_connect_login", args=["werk"]) if settings.OIDC_CONFIGURED else "",
    }
)

urlpatterns = [
    path("", sign_in, name="account_login"),
    # Names that allauth looks up; there is one page to sign in and none to sign up.
    path("", sign_in, name="account_request_login_code"),
    path("", sign_in, name="account_signup"),
    path("code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("gesloten/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("verder/", views.continue_form, name="account_continue"),
    path("daarna/", views.onward, name="account_onward"),
    path("tweede-controle/", include(second_factor)),
]
if settings.OIDC_CONFIGURED:
    urlpatterns += [
        path("organisatie/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("organisatie/gestopt/", single_sign_on.login_cancelled, name="socialaccount_login_cancelled"),
        path("organisatie/mislukt/", single_sign_on.login_error, name="socialaccount_login_error"),
        path("organisatie/onbekend/", single_sign_on.signup, name="socialaccount_signup"),
    ]
