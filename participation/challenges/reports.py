"""The columns of challenges in a file, and which of them are personal."""

from django.db.models import Q
from django.utils.translation import gettext_lazy

from initiatives.enums import Channel
from participation.challenges.enums import Status
from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.reports.columns import Column, Kind

T = gettext_lazy

COLUMNS = (
    Column("reference", T("Nummer")),
    Column("title", T("Taak")),
    Column("group_name", T("Groep")),
    Column("members", T("Aantal mensen"), kind=Kind.INTEGER),
    Column("status", T("Status"), labels=dict(Status.choices)),
    Column("wijk", T("Wijk"), "wijk__short_name"),
    Column("buurt", T("Buurt"), "buurt__name"),
    Column("place", T("Straat of plek")),
    Column("channel", T("Binnengekomen via"), labels=dict(Channel.choices)),
    Column("submitted_at", T("Verstuurd op"), kind=Kind.DATETIME),
    Column("received_on", T("Ontvangen op"), kind=Kind.DATE),
    Column("is_request", T("Aanvraag van een besluit"), kind=Kind.BOOLEAN),
    Column("talk_by", T("Gesprek afspreken vóór"), kind=Kind.DATE),
    Column("talk_on", T("Gesprek op"), kind=Kind.DATE),
    Column("decide_by", T("Beslissen vóór of op"), kind=Kind.DATE),
    Column("proposal", T("Voorstel")),
    Column("outcome", T("Uitkomst"), labels=dict(Status.choices)),
    Column("reasons", T("Redenen")),
    Column("way_on", T("Wat nu wel kan")),
    Column("decided_by", T("Besloten door")),
    Column("decided_on", T("Besloten op"), kind=Kind.DATE),
    Column("runs_from", T("Begonnen op"), kind=Kind.DATE),
    Column("runs_until", T("Loopt tot en met"), kind=Kind.DATE),
    Column("evaluation", T("Waar keken wij op terug")),
    Column("end_reason", T("Waarom beëindigd")),
    Column("closed_at", T("Gesloten op"), kind=Kind.DATETIME),
    Column("initiative", T("Initiatief"), "initiative__reference"),
    Column("project", T("Project"), "project__reference"),
    Column("published_at", T("Op de website sinds"), kind=Kind.DATETIME),
    Column("public_text", T("Tekst op de website")),
    Column("now", T("Wat kan er nu beter"), personal=True),
    Column("plan", T("Hoe wil de groep het doen"), personal=True),
    Column("value", T("Wat wordt er beter"), personal=True),
    Column("support", T("Wie staat erachter"), personal=True),
    Column("costs", T("Wat is er nodig"), personal=True),
    Column("assessment", T("Toelichting op de beoordeling"), personal=True),
    Column("name", T("Contactpersoon"), personal=True),
    Column("email", T("E-mailadres"), personal=True),
    Column("phone", T("Telefoonnummer"), personal=True),
    Column("postal_address", T("Postadres"), personal=True),
    Column("may_publish", T("Mag op de website"), kind=Kind.BOOLEAN, personal=True),
    Column("language", T("Taal van de groep"), personal=True),
    Column("owner", T("Behandelaar"), "owner__name", personal=True),
    Column("entered_by", T("Ingevoerd door"), "entered_by__name", personal=True),
)

NOT_EXPORTED = {
    "id": "the reference is what people know",
    "version": "guards two people acting at once",
    "contact": "the same person as name and e-mail address",
    "verdicts": "the explanation says it in words",
    "term_explained": "the day itself is exported",
    "talk_place": "may be somebody's home",
    "reminded_on": "stands in the trail",
    "unread_since": "ends when somebody reads the message",
}


def may_export(user: User) -> bool:
    """Staff whose role carries the permission."""
    return user.has_perm("challenges.export_challenges")


def personal_scope(user: User) -> Q | None:
    """Names, addresses and the group's own words only of the requests that this person handles."""
    return Q(wijk__in=wijken_of(user)) | Q(owner=user)
