"""The list of applications that may be exported: which columns there are, and who may see what is personal."""

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.reports import registry
from shared.reports.columns import Column, Filters, Kind, Report
from subsidies.enums import ApplicantKind, Channel, RetentionClass, Status
from subsidies.models import Application
from subsidies.policies import may_export_personal_data
from subsidies.querysets import ApplicationQuerySet


def read_filters(query: QueryDict) -> Filters:
    """The filters that the screens share: regeling, wijk and status."""
    given = {name: query.get(name, "").strip() for name in ("regeling", "wijk", "status")}
    return {name: value for name, value in given.items() if value}


def exportable(user: User, filters: Filters) -> ApplicationQuerySet:
    """All applications; what is personal in them is left out for who does not review them. Newest first."""
    applications = Application.objects.all()
    if scheme := filters.get("regeling"):
        applications = applications.filter(scheme__code=scheme)
    if wijk := filters.get("wijk"):
        applications = applications.filter(wijk__code=wijk)
    if status := filters.get("status"):
        applications = applications.filter(status=status)
    return applications.order_by("-submitted_at", "-pk")


def may_export(user: User) -> bool:
    """Staff whose role carries the permission."""
    return user.has_perm("subsidies.export_applications")


def personal_scope(user: User) -> Q | None:
    """Personal data only of applications that this person reviews."""
    if not may_export_personal_data(user):
        return None
    return Q(wijk__in=wijken_of(user)) | Q(owner=user)


T = gettext_lazy
APPLICATIONS = registry.register(
    Report(
        name="aanvragen",
        title=T("Aanvragen"),
        model=Application,
        rows=exportable,
        read_filters=read_filters,
        may_export=may_export,
        personal_scope=personal_scope,
        columns=(
            Column("reference", T("Nummer")),
            Column("scheme", T("Regeling"), "scheme__name"),
            Column("scheme_version", T("Versie"), "scheme_version__number", Kind.INTEGER),
            Column("round", T("Ronde"), "round__name"),
            Column("status", T("Status"), labels=dict(Status.choices)),
            Column("wijk_code", T("Wijkcode"), "wijk__code"),
            Column("wijk", T("Wijk"), "wijk__short_name"),
            Column("buurt", T("Buurt"), "buurt__name"),
            Column("theme", T("Thema"), "theme__name"),
            Column("category", T("Soort activiteit")),
            Column("applicant_kind", T("Wie vraagt aan"), labels=dict(ApplicantKind.choices)),
            Column("initiative", T("Initiatief"), "initiative__reference"),
            Column("previous", T("Eerdere aanvraag"), "previous__reference"),
            Column("channel", T("Binnengekomen via"), labels=dict(Channel.choices)),
            Column("starts_on", T("Eerste dag"), kind=Kind.DATE),
            Column("ends_on", T("Laatste dag"), kind=Kind.DATE),
            Column("asked_amount", T("Gevraagd"), kind=Kind.EURO),
            Column("own_money", T("Eigen geld"), kind=Kind.EURO),
            Column("own_hours", T("Eigen uren"), kind=Kind.INTEGER),
            Column("granted_amount", T("Toegekend"), kind=Kind.EURO),
            Column("settled_amount", T("Vastgesteld"), kind=Kind.EURO),
            Column("submitted_at", T("Verstuurd op"), kind=Kind.DATETIME),
            Column("received_on", T("Ontvangen op"), kind=Kind.DATE),
            Column("complete_on", T("Volledig op"), kind=Kind.DATE),
            Column("due_legal", T("Wettelijke datum"), kind=Kind.DATE),
            Column("due_safe", T("Veilige datum"), kind=Kind.DATE),
            Column("promised_on", T("Streefdatum"), kind=Kind.DATE),
            Column("decided_at", T("Besloten op"), kind=Kind.DATETIME),
            Column("settle_due_legal", T("Vaststellen uiterlijk"), kind=Kind.DATE),
            Column("settle_due_safe", T("Vaststellen, veilige datum"), kind=Kind.DATE),
            Column("closed_on", T("Gesloten op"), kind=Kind.DATE),
            Column("retention_class", T("Bewaartermijn"), labels=dict(RetentionClass.choices)),
            Column("lot", T("Lotnummer"), kind=Kind.INTEGER),
            Column("score", T("Score"), kind=Kind.INTEGER),
            Column("supporters_count", T("Buren die meedoen"), kind=Kind.INTEGER),
            Column("everybody_welcome", T("Iedereen welkom"), kind=Kind.BOOLEAN),
            Column("payment_stopped_until", T("Betaling stil tot en met"), kind=Kind.DATE),
            Column("title", T("Titel"), personal=True),
            Column("what", T("Wat gaat de aanvrager doen"), personal=True),
            Column("benefit", T("Wat wordt er beter"), personal=True),
            Column("place", T("Straat of plek"), personal=True),
            Column("budget_year", T("Begrotingsjaar van het voorbehoud"), kind=Kind.INTEGER),
            Column("supporters_pro", T("Buren vóór"), kind=Kind.INTEGER),
            Column("supporters_con", T("Buren tegen"), kind=Kind.INTEGER),
            Column("supporters_neutral", T("Buren neutraal"), kind=Kind.INTEGER),
            Column("support", T("Wie doet er mee"), personal=True),
            Column("public_space", T("Openbare ruimte"), kind=Kind.BOOLEAN),
            Column("permits", T("Vergunningen"), personal=True),
            Column("withheld", T("Wil niet vertellen"), personal=True),
            Column("upkeep", T("Onderhoud"), personal=True),
            Column("own_goods", T("Eigen spullen of plek"), personal=True),
            Column("other_funds", T("Ander geld"), personal=True),
            Column("name", T("Naam aanvrager"), personal=True),
            Column("organisation", T("Organisatie of groep"), personal=True),
            Column("email", T("E-mailadres"), personal=True),
            Column("by_email", T("Wil berichten per e-mail"), kind=Kind.BOOLEAN),
            Column("phone", T("Telefoonnummer"), personal=True),
            Column("street", T("Straat"), personal=True),
            Column("house_number", T("Huisnummer"), personal=True),
            Column("postcode", T("Postcode"), personal=True),
            Column("town", T("Woonplaats"), personal=True),
            Column("lives_here", T("Woont in de gemeente"), kind=Kind.BOOLEAN, personal=True),
            Column("co_applicants", T("Mede-aanvragers"), personal=True),
            Column("language", T("Taal van de aanvrager"), personal=True),
            Column("shows_result", T("Resultaat mag op de website"), kind=Kind.BOOLEAN, personal=True),
            Column("owner", T("Behandelaar"), "owner__name", personal=True),
            Column("entered_by", T("Ingevoerd door"), "entered_by__name", personal=True),
        ),
        not_exported={
            "id": "the reference is what people know",
            "version": "says nothing outside the portal",
            "applicant": "the same person as name and e-mail address",
            "declared_at": "the moment of sending",
            "checklist": "in the file, with the words of that day",
            "warned_share": "in the trail",
            "settle_warned_share": "in the trail",
            "support_list_gone_on": "in the trail",
            "destroyed_on": "what is left then is in the reports",
            "email_pending": "not confirmed, so not known to be theirs",
            "payment_stopped_on": "in the trail; the payments say what is held back",
            "payment_stopped_days": "in the trail; only limits a next stop",
            "unread_since": "ends when somebody reads the message",
        },
    )
)
