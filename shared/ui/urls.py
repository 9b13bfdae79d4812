"""Addresses of the portal's own pages."""

from django.urls import path

from shared.ui import views

urlpatterns = [
    path("huisstijl.css", views.house_style_sheet, name="house_style"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("stijl/", views.style_page, name="style_page"),
]
