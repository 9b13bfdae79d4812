"""Addresses of the small grant; Dutch words for people, English names for code."""

from django.urls import URLPattern, URLResolver, path, register_converter

from subsidies.views import account, advice, after, apply, case, contact, draft, public, register


class CaseNumberConverter:
    """The number of an application: 2026-S-00042."""

    regex = r"\d{4}-S-\d{5}"

    def to_python(self, value: str) -> str:
        """The number as it is stored."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in an address."""
        return value


register_converter(CaseNumberConverter, "case_number")

app_name = "subsidies"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.list_schemes, name="list"),
    path("berichten/", public.channels, name="channels"),
    path("register/", register.register, name="register"),
    path("register/subsidies.csv", register.register_csv, name="register_csv"),
    path("advies/<str:token>/", advice.moved, name="advice"),
    path("rekening/<str:token>/", account.account, name="account"),
    path("nieuw-adres/<str:token>/", contact.new_email, name="new_email"),
    path("cijfer/<str:token>/", after.evaluate, name="evaluate"),
    # Applying
    path("verder/<str:token>/", draft.resume, name="resume"),
    path("concept/<uuid:pk>/verder/", draft.continue_own, name="continue_own"),
    path("concept/<uuid:pk>/weggooien/", draft.discard_own, name="discard_own"),
    path("verstuurd/<str:token>/", apply.sent, name="sent"),
    path("verstuurd/<str:token>/pdf/", apply.sent_pdf, name="sent_pdf"),
    path("<slug:code>/aanvragen/", apply.apply, name="apply"),
    path("<slug:code>/aanvragen/controle/", apply.check, name="apply_check"),
    path("<slug:code>/aanvragen/formulier.pdf", apply.blank_form, name="blank_form"),
    path("<slug:code>/aanvragen/bewaard/", draft.saved, name="saved"),
    path("<slug:code>/aanvragen/bewaren/", draft.autosave, name="autosave"),
    path("<slug:code>/aanvragen/weggooien/", draft.discard, name="discard"),
    path("<slug:code>/aanvragen/vergeten/", draft.forget, name="forget"),
    path("<slug:code>/aanvragen/hier/", draft.stay, name="stay"),
    # The own case: signed in, and by the link of a letter
    path("zaak/<case_number:reference>/", case.case, name="case"),
    path("zaak/<case_number:reference>/bericht/verslag/", after.report, name="report"),
    path("zaak/<case_number:reference>/bericht/<slug:slug>/", case.message, name="case_message"),
    path("zaak/<case_number:reference>/bestand/<int:pk>/", case.file, name="case_file"),
    path("zaak/<case_number:reference>/besluit/<int:pk>/", case.decision, name="case_decision"),
    path("zaak/<case_number:reference>/gegevens/", contact.change, name="contact"),
    path("zaak/<case_number:reference>/downloaden/", case.download, name="case_download"),
    path("inzien/<str:token>/", case.case_by_link, name="case_by_link"),
    path("inzien/<str:token>/gegevens/", contact.change_by_link, name="contact_by_link"),
    path("inzien/<str:token>/bevestigen/", contact.confirm, name="case_confirm"),
    path("inzien/<str:token>/bericht/verslag/", after.report_by_link, name="report_by_link"),
    path("inzien/<str:token>/bericht/<slug:slug>/", case.message_by_link, name="case_message_by_link"),
    path("inzien/<str:token>/bestand/<int:pk>/", case.file_by_link, name="case_file_by_link"),
    path("inzien/<str:token>/besluit/<int:pk>/", case.decision_by_link, name="case_decision_by_link"),
    # The scheme itself; last, since a code can be any word
    path("<slug:code>/", public.scheme, name="scheme"),
    path("<slug:code>/kan-het/", public.check, name="check"),
]
