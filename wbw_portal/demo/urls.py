"""Addresses of the demonstration."""

from django.urls import path

from wbw_portal.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.start, name="start"),
    path("inloggen/<int:pk>/", views.sign_in, name="sign_in"),
    path("post/", views.inbox, name="inbox"),
    path("post/papier/<int:pk>/", views.paper, name="paper"),
    path("post/<str:key>/", views.message, name="message"),
    path("post/<str:key>/opgemaakt/", views.formatted, name="formatted"),
]
