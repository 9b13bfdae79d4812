"""The report of a wijkschouw on paper: what was seen, where, who does something about it, with the photos."""

from collections.abc import Iterable

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import Finding, Walk
from partners.policies.people import affiliations, in_full
from shared import municipality, typeset
from shared.documents.enums import Variant
from shared.wijken.pointing import WIDTHS, PointMap
from shared.wijken.shapes import Point

TEMPLATE = settings.BASE_DIR / "templates" / "partners" / "walk_report.typ"


def numbered(walk: Walk) -> list[tuple[int, Finding]]:
    """The findings in the order in which they were seen, as the map, the page and the paper number them."""
    found = walk.findings.select_related("walk__wijk", "item", "buurt", "photo", "partner", "department").order_by("pk")
    return list(enumerate(found, start=1))


def dots(findings: Iterable[tuple[int, Finding]]) -> list[tuple[str, Point]]:
    """The numbers of the findings that have a point, for the map."""
    return [
        (str(number), (each.longitude, each.latitude or 0.0)) for number, each in findings if each.longitude is not None
    ]


def pdf(walk: Walk) -> bytes:
    """A tagged PDF (PDF/UA-1), in Dutch."""
    findings = numbered(walk)
    people = [walk.organiser, *walk.participants.all()]
    works_for = affiliations(people)
    drawing = PointMap.of(walk.wijk, width=WIDTHS["breed"])
    ours = municipality.current()
    with override("nl"):
        data = {
            "title": walk.title,
            "when": format_date(timezone.localtime(walk.starts_at), "l j F Y, H:i"),
            "wijk": str(walk.wijk),
            "summary": walk.summary,
            "people": [in_full(user, works_for) for user in people],
            "residents": walk.residents,
            "in_order": [str(each.item) for each in walk.in_order.select_related("item")],
            "findings": [_finding(number, finding) for number, finding in findings],
            "map": drawing.svg(dots(findings)) if drawing.buurten else "",
            "words": _words(),
            "municipality": ours.full_name,
            "contact": _("Vragen? Bel %(phone)s of mail naar %(email)s.") % {"phone": ours.phone, "email": ours.email},
            "colour": ours.colours.get("primary", "#00557f"),
        }
    return typeset.pdf(TEMPLATE, data)


def _finding(number: int, finding: Finding) -> dict[str, object]:
    due = format_date(finding.due_on, "j F Y") if finding.due_on else ""
    return {
        "number": number,
        "item": str(finding.item or _("Iets anders")),
        "text": finding.text,
        "where": finding.where,
        # Nobody has to do anything about what goes well.
        "who": "" if finding.is_good else finding.addressee or _("nog niemand"),
        "due": due,
        "status": finding.status_label,
        "result": finding.result,
        "photo": list(_photo(finding)),
    }


def _photo(finding: Finding) -> bytes:
    """The small picture; a report without one is better than no report."""
    if finding.photo is None or not default_storage.exists(finding.photo.path_of(Variant.SMALL)):
        return b""
    with default_storage.open(finding.photo.path_of(Variant.SMALL)) as file:
        content: bytes = file.read()
    return content


def _words() -> dict[str, str]:
    return {
        "report": _("Verslag wijkschouw"),
        "walked": _("Wie liepen er mee?"),
        "residents": _("Bewoners"),
        "short": _("In het kort"),
        "order": _("Dit is in orde"),
        "findings": _("Wat zagen wij?"),
        "map": _("Kaart van de wijk met de bevindingen; de nummers staan in de lijst."),
        "where": _("Waar"),
        "who": _("Wie"),
        "due": _("vóór"),
        "status": _("Hoe staat het"),
        "photo": _("Foto bij bevinding"),
        "none": _("Er is niets opgeschreven."),
    }
