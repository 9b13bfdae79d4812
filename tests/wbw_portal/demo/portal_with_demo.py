"""The portal as it is with PORTAL_DEMO, for tests that run without."""

from django.urls import include, path

from wbw_portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("demo/", include("wbw_portal.demo.urls"))]
