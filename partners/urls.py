"""Addresses of the partners programme: /wijkpartners/ is for everybody, /partners/ for who takes part."""

from django.urls import URLPattern

app_name = "partners"

# Included at the root of the portal; add the addresses of a subject below its comment.
urlpatterns: list[URLPattern] = []
