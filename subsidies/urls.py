"""Addresses of the small grant; Dutch words for people, English names for code."""

from django.urls import URLPattern, URLResolver, path

from subsidies.views import public

app_name = "subsidies"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.list_schemes, name="list"),
    path("berichten/", public.channels, name="channels"),
    path("<slug:code>/", public.scheme, name="scheme"),
    path("<slug:code>/kan-het/", public.check, name="check"),
]
