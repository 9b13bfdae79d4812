"""Addresses of the initiatives programme; Dutch words for people, English names for code."""

from django.urls import path, re_path, register_converter

from initiatives.feeds import PublishedFeed
from initiatives.views import involve, public


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
]
