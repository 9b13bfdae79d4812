"""Addresses of the programme; Dutch words for people, English names for code."""

from django.urls import path

from ambassadors.views import advice

app_name = "ambassadors"

urlpatterns = [
    path("<str:token>/", advice.answer, name="advice"),
    path("<str:token>/teruggeven/", advice.hand_back, name="hand_back"),
]
