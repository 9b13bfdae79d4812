"""Addresses of the right to challenge; Dutch words for people, English names for code."""

from django.urls import path, register_converter

from participation.challenges.views import apply, group, public


class ReferenceConverter:
    """The number of a challenge: 2026-U-0001."""

    regex = r"\d{4}-U-\d{4,}"

    def to_python(self, value: str) -> str:
        """The number as it is stored."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in an address."""
        return value


register_converter(ReferenceConverter, "challenge")

app_name = "challenges"

urlpatterns = [
    path("", public.explain, name="explain"),
    path("aanvragen/", apply.apply, name="apply"),
    path("aanvragen/controle/", apply.check, name="check"),
    path("aanvragen/bewaard/", apply.saved, name="saved"),
    path("aanvragen/weggooien/", apply.discard, name="discard"),
    path("verder/<str:token>/", apply.resume, name="resume"),
    path("verstuurd/<str:token>/", apply.sent, name="sent"),
    path("bevestigen/<str:token>/", apply.confirm, name="confirm"),
    path("<challenge:reference>/", public.detail, name="detail"),
    path("mijn/<challenge:reference>/", group.mine, name="mine"),
    path("mijn/<challenge:reference>/intrekken/", group.withdraw, name="withdraw"),
]
