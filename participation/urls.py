"""Addresses of projects; Dutch words for people, English names for code."""

from django.urls import path, register_converter

from participation.views import dossiers, public


class ReferenceConverter:
    """The number of a project: 2026-P-0001."""

    regex = r"\d{4}-P-\d{4,}"

    def to_python(self, value: str) -> str:
        """The number as it is stored."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands in an address."""
        return value


register_converter(ReferenceConverter, "project")

app_name = "participation"

urlpatterns = [
    path("", public.list_projects, name="list"),
    path("dossiers/", dossiers.list_dossiers, name="dossiers"),
    path("<project:reference>/", public.project, name="project"),
    path("<project:reference>/dossier/", dossiers.show_dossier, name="dossier"),
    path("<project:reference>/dossier/<slug:paper>/<slug:extension>/", dossiers.take_paper, name="dossier_paper"),
    path("<project:reference>/kaart.svg", public.project_map, name="map"),
]
