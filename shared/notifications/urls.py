"""Leaving a digest, or getting it less often: the only pages about messages that need no account."""

from django.urls import path

from shared.notifications import views

app_name = "notifications"
urlpatterns = [
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("hoe-vaak/<str:token>/", views.frequency, name="frequency"),
    path("afgemeld/<str:token>/", views.unsubscribed, name="unsubscribed"),
]
