"""Addresses of exports."""

from django.urls import path

from shared.reports import views

app_name = "reports"
urlpatterns = [
    path("export/<slug:name>/", views.export, name="export"),
    path("bestand/<uuid:pk>/", views.job, name="job"),
    path("bestand/<uuid:pk>/stand/", views.progress, name="progress"),
    path("bestand/<uuid:pk>/ophalen/", views.download, name="download"),
]
