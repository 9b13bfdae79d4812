"""Addresses of the partners programme: /wijkpartners/ is for everybody, /partners/ for who takes part."""

from django.urls import URLPattern, path

from partners.views import agenda, agenda_edit, agenda_feeds, posters

app_name = "partners"

# Included at the root of the portal; add the addresses of a subject below its comment.
urlpatterns: list[URLPattern] = [
    # agenda
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/maand/", agenda.agenda_month, name="agenda_month"),
    path("agenda/volgen/", agenda_feeds.about_feeds, name="about_feeds"),
    path("wijken/<slug:slug>/weekposter.pdf", posters.week_poster, name="week_poster"),
    path("agenda/<int:pk>/", agenda.agenda_item, name="agenda_item"),
    path("agenda/<int:pk>/afspraak.ics", agenda_feeds.item_file, name="agenda_item_file"),
    path("agenda/agenda.ics", agenda_feeds.feed, name="feed"),
    path("agenda/wijk/<slug:slug>.ics", agenda_feeds.wijk_feed, name="wijk_feed"),
    path("agenda/thema/<slug:slug>.ics", agenda_feeds.theme_feed, name="theme_feed"),
    path("agenda/eigen/<str:secret>.ics", agenda_feeds.personal_feed, name="personal_feed"),
    path("partners/agenda/", agenda.own_agenda, name="own_agenda"),
    path("partners/agenda/maand/", agenda.own_agenda_month, name="own_agenda_month"),
    path("partners/agenda/adres/", agenda_feeds.own_feed, name="own_feed"),
    path("partners/agenda/nieuw/", agenda_edit.add_agenda_item, name="add_agenda_item"),
    path("partners/agenda/<int:pk>/", agenda.own_agenda_item, name="own_agenda_item"),
    path("partners/agenda/<int:pk>/wijzigen/", agenda_edit.change_agenda_item, name="change_agenda_item"),
    path("partners/agenda/<int:pk>/afzeggen/", agenda_edit.cancel_agenda_item, name="cancel_agenda_item"),
    path("partners/agenda/<int:pk>/toch-door/", agenda_edit.restore_agenda_item, name="restore_agenda_item"),
]
