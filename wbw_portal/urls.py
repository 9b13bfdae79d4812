"""All addresses of the portal: Dutch words for people, English names for code."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from wbw_portal import (
    ambassador_reports,
    complaint_reports,
    health,
    moment_reports,
    own_data,
    partner_reports,
    project_reports,
    reports,
    subsidy_reports,
    views,
)
from wbw_portal.overview import choose_frequency, overview
from wbw_portal.sitemaps import SITEMAPS

handler400 = "shared.ui.views.bad_request"
handler500 = "shared.ui.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("initiatieven/", include("initiatives.urls")),
    path("subsidie/", include("subsidies.urls")),
    path("projecten/dekking/", project_reports.public_coverage, name="coverage"),
    path("projecten/", include("participation.urls")),
    path("projecten/", include("participation.moments.urls")),
    path("uitdaagrecht/", include("participation.challenges.urls")),
    path("", include("partners.urls")),
    path("advies/", include("ambassadors.urls")),
    path("mijn/", overview, name="overview"),
    path("mijn/nieuws/", choose_frequency, name="news_frequency"),
    path("mijn/gegevens/", own_data.own_data, name="own_data"),
    path("mijn/gegevens/downloaden/", own_data.download, name="own_data_download"),
    path("wijken/", views.wijken, name="wijken"),
    path("wijken/<slug:slug>/", views.wijk, name="wijk"),
    path("partners/wijken/<slug:slug>/", views.own_wijk, name="own_wijk"),
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("inloggen/", include("shared.accounts.urls")),
    path("berichten/", include("shared.notifications.urls")),
    path("rapportages/", reports.overview, name="reports"),
    path("rapportages/subsidies/", subsidy_reports.overview, name="subsidy_reports"),
    path("rapportages/subsidies/<slug:file_format>/", subsidy_reports.download, name="subsidy_tables"),
    path("rapportages/klachten/", complaint_reports.overview, name="complaint_reports"),
    path("rapportages/klachten/<slug:file_format>/", complaint_reports.download, name="complaint_tables"),
    path("rapportages/projecten/", project_reports.overview, name="project_reports"),
    path("rapportages/projecten/<slug:file_format>/", project_reports.download, name="project_tables"),
    path("rapportages/momenten/", moment_reports.overview, name="moment_reports"),
    path("rapportages/momenten/<slug:file_format>/", moment_reports.download, name="moment_tables"),
    path("rapportages/samenwerken/", partner_reports.overview, name="partner_reports"),
    path("rapportages/samenwerken/<slug:file_format>/", partner_reports.download, name="partner_tables"),
    path("rapportages/adviezen/", ambassador_reports.overview, name="ambassador_reports"),
    path("rapportages/adviezen/<slug:file_format>/", ambassador_reports.download, name="ambassador_tables"),
    path("rapportages/", include("shared.reports.urls")),
    path("gezond/", health.live, name="live"),
    path("gereed/", health.ready, name="ready"),
    path("beheer/gezondheid/", admin.site.admin_view(health.page), name="health"),
    path("beheer/", admin.site.urls),
    path("", include("shared.ui.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("wbw_portal.demo.urls")))
