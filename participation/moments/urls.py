"""Addresses of taking part; Dutch words for people, English names for code."""

from django.urls import path, re_path

from participation.moments.views import follow_point, public, take_part

app_name = "moments"

urlpatterns = [
    path("momenten/<int:pk>/", public.moment, name="moment"),
    path("momenten/<int:pk>/agenda.ics", public.calendar, name="calendar"),
    path("momenten/<int:pk>/foto/<int:contribution>/", public.photo, name="photo"),
    path("momenten/<int:pk>/aanmelden/", take_part.sign_up, name="ask"),
    re_path(r"^momenten/(?P<pk>\d+)/aangemeld/(?P<how>e-mail|telefoon)/$", take_part.asked, name="asked"),
    path("momenten/<int:pk>/meedenken/", take_part.contribute, name="contribute"),
    path("momenten/<int:pk>/meegedacht/", take_part.contributed, name="contributed"),
    path("aanmelding/<str:token>/", take_part.own_sign_up, name="sign_up"),
    path("bijdrage/<str:token>/", take_part.confirm_contribution, name="confirm_contribution"),
    path("oordeel/<str:token>/", take_part.score, name="score"),
    path("in-mijn-buurt/", take_part.follow_area, name="follow_area"),
    path("in-mijn-buurt/plek/", follow_point.follow_point, name="follow_point"),
    path("in-mijn-buurt/kaart-<slug:width>.svg", follow_point.drawing, name="follow_map"),
    path("volgen/gevraagd/", take_part.follow_asked, name="follow_asked"),
    path("volgen/bevestigen/<str:token>/", take_part.confirm_follow, name="confirm_follow"),
    path("<project:reference>/volgen/", take_part.follow, name="follow"),
]
