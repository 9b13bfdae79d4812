"""Addresses of the small grant; Dutch words for people, English names for code."""

from django.urls import URLPattern, URLResolver

app_name = "subsidies"

urlpatterns: list[URLPattern | URLResolver] = []
