"""Leaving a digest: the only page about messages that needs no account."""

from django.urls import path

from shared.notifications import views

app_name = "notifications"
urlpatterns = [
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("afgemeld/<str:token>/", views.unsubscribed, name="unsubscribed"),
]
