"""Addresses of the partners programme: /wijkpartners/ is for everybody, /partners/ for who takes part."""

from django.urls import path, re_path

from partners.views import (
    agenda,
    agenda_edit,
    agenda_feeds,
    consent,
    contacts,
    directory,
    matches,
    newsletter,
    offers,
    posters,
    start,
)

app_name = "partners"

# Included at the root of the portal; add the addresses of a subject below its comment.
urlpatterns = [
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
    # newsletter
    path("wijken/<slug:slug>/wijkbrief/", newsletter.sign_up, name="newsletter_sign_up"),
    path("wijken/<slug:slug>/wijkbrief/gevraagd/", newsletter.asked, name="newsletter_asked"),
    path("wijken/<slug:slug>/wijkbrief/bevestigd/", newsletter.confirmed, name="newsletter_confirmed"),
    path("wijken/<slug:slug>/wijkbrief/bevestigen/<str:token>/", newsletter.confirm, name="confirm_newsletter"),
    path("wijken/<slug:slug>/wijkbrief/<int:pk>/", newsletter.newsletter, name="newsletter"),
    path("wijken/<slug:slug>/wijkbrief/<int:pk>.pdf", newsletter.newsletter_sheet, name="newsletter_sheet"),
    path("wijkbrief/hoe-vaak/<str:token>/", newsletter.choose_rhythm, name="newsletter_rhythm"),
    path("partners/agenda/", agenda.own_agenda, name="own_agenda"),
    path("partners/agenda/maand/", agenda.own_agenda_month, name="own_agenda_month"),
    path("partners/agenda/adres/", agenda_feeds.own_feed, name="own_feed"),
    path("partners/agenda/nieuw/", agenda_edit.add_agenda_item, name="add_agenda_item"),
    path("partners/agenda/<int:pk>/", agenda.own_agenda_item, name="own_agenda_item"),
    path("partners/agenda/<int:pk>/wijzigen/", agenda_edit.change_agenda_item, name="change_agenda_item"),
    path("partners/agenda/<int:pk>/afzeggen/", agenda_edit.cancel_agenda_item, name="cancel_agenda_item"),
    path("partners/agenda/<int:pk>/toch-door/", agenda_edit.restore_agenda_item, name="restore_agenda_item"),
    # Organisations
    path("wijkpartners/", directory.directory, name="directory"),
    path("wijkpartners/aanbod-en-vragen/", directory.public_listings, name="public_listings"),
    path("wijkpartners/<slug:slug>/", directory.partner, name="partner"),
    path("partners/", start.start, name="start"),
    path("partners/collegas/", contacts.colleagues, name="colleagues"),
    path("partners/collegas/<int:pk>/stoppen/", contacts.leave, name="leave"),
    path("partners/uitnodiging/<str:token>/", contacts.invitation, name="invitation"),
    # Offers and needs
    path("partners/aanbod-en-vragen/", offers.list_listings, name="listings"),
    re_path(r"^partners/(?P<what>aanbod|vraag)/nieuw/$", offers.new, name="new_listing"),
    path("partners/aanbod-en-vragen/<int:pk>/", offers.listing, name="listing"),
    path("partners/aanbod-en-vragen/<int:pk>/wijzigen/", offers.change, name="change_listing"),
    path("partners/aanbod-en-vragen/<int:pk>/stoppen/", offers.end, name="end_listing"),
    # Matches
    path("partners/antwoord/<str:token>/", matches.answer_by_link, name="answer"),
    path("partners/resultaat/<str:token>/", matches.result_by_link, name="result"),
    re_path(r"^partners/match/(?P<pk>\d+)/(?P<side>offer|need)/$", matches.answer, name="match"),
    re_path(r"^partners/match/(?P<pk>\d+)/(?P<side>offer|need)/resultaat/$", matches.result, name="match_result"),
    path("partners/hulp/<str:token>/", consent.help_by_link, name="help"),
    path("hulp/mijn/<int:pk>/", matches.own_answer, name="own_match"),
    path("hulp/mijn/<int:pk>/resultaat/", matches.own_result, name="own_result"),
    path("hulp/mijn/<reference:reference>/", consent.own_help, name="own_help"),
]
