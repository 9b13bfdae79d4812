"""Addresses of the initiatives programme; Dutch words for people, English names for code."""

from django.urls import path, re_path, register_converter

from initiatives.feeds import PublishedFeed
from initiatives.views import area, confirm, draft, involve, public, resident, submit


class ReferenceConverter:
    """The number of a plan: 2026-00123."""

    regex = r"\d{4}-\d{5}"

    def to_python(self, value: str) -> str:
        """The number as it is stored."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in an address."""
        return value


register_converter(ReferenceConverter, "reference")

app_name = "initiatives"

urlpatterns = [
    path("", public.list_initiatives, name="list"),
    path("feed/", PublishedFeed(), name="feed"),
    path("<reference:reference>/", public.detail, name="detail"),
    path("<reference:reference>/foto/<int:pk>/<slug:size>/", public.photo, name="photo"),
    path("<reference:reference>/qr.svg", public.qr_code, name="qr"),
    re_path(r"^(?P<reference>\d{4}-\d{5})/poster\.(?P<kind>pdf|svg)$", public.show_poster, name="poster"),
    re_path(r"^(?P<reference>\d{4}-\d{5})/(?P<how>meedoen|steunen|volgen)/$", involve.ask, name="involve"),
    re_path(r"^(?P<reference>\d{4}-\d{5})/(?P<how>meedoen|steunen|volgen)/gevraagd/$", involve.asked, name="asked"),
    path("meedoen/bevestigen/<str:token>/", involve.confirm, name="confirm_involvement"),
    path("meedoen/stoppen/<str:token>/", involve.stop, name="stop_involvement"),
    path("nieuw/", submit.submit, name="submit"),
    path("nieuw/controle/", submit.check, name="check"),
    path("nieuw/bewaard/", draft.saved, name="saved"),
    path("nieuw/bewaren/", draft.autosave, name="autosave"),
    path("nieuw/weggooien/", draft.discard, name="discard"),
    path("nieuw/vergeten/", draft.forget, name="forget"),
    path("nieuw/hier/", draft.stay, name="stay"),
    path("nieuw/buurt/", area.area_of, name="area_of"),
    path("nieuw/kaart/", area.choose_area, name="choose_area"),
    path("nieuw/lijkt-op/", area.lookalikes, name="lookalikes"),
    path("verder/<str:token>/", draft.resume, name="resume"),
    path("concept/<uuid:pk>/verder/", draft.continue_own, name="continue_own"),
    path("concept/<uuid:pk>/weggooien/", draft.discard_own, name="discard_own"),
    path("verstuurd/<str:token>/", submit.sent, name="sent"),
    path("verstuurd/<str:token>/pdf/", submit.sent_pdf, name="sent_pdf"),
    path("bevestigen/<str:token>/", confirm.confirm, name="confirm"),
    path("bevestigen/<str:token>/opnieuw/", confirm.confirm_again, name="confirm_again"),
    path("nieuw-adres/<str:token>/", confirm.confirm_new_address, name="confirm_new_address"),
    path("mijn/<reference:reference>/", resident.mine, name="mine"),
    path("mijn/<reference:reference>/intrekken/", resident.withdraw, name="withdraw"),
    path("mijn/<reference:reference>/gegevens/", resident.contact, name="contact"),
    path("mijn/<reference:reference>/nieuws/", resident.post_update, name="post_update"),
    path("mijn/<reference:reference>/downloaden/", resident.download, name="download"),
    path("mijn/<reference:reference>/bestand/<int:pk>/", resident.own_file, name="own_file"),
]
