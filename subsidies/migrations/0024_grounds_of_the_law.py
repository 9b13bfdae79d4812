"""Every version gets the grounds of the Awb that it lacks: the law holds for it too, whatever was entered."""

from django.db import migrations
from django.db.models import Max

# kind, article, text, whether the applicant is heard first, what the portal checks; as they were on this day.
GROUNDS = [
    (
        "refusal",
        "Awb artikel 4:25, tweede lid",
        "Het geld voor deze periode is op: het subsidieplafond is bereikt.",
        False,
        "ceiling",
    ),
    (
        "refusal",
        "Awb artikel 4:35, eerste lid, onder a",
        "Wij hebben goede redenen om te denken dat de activiteit niet of niet helemaal doorgaat.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:35, eerste lid, onder b",
        "Wij hebben goede redenen om te denken dat u zich niet aan de verplichtingen houdt.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:35, eerste lid, onder c",
        "Wij hebben goede redenen om te denken dat u de uitgaven niet goed verantwoordt.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:35, tweede lid, onder a",
        "U gaf gegevens die niet kloppen of niet volledig zijn, en dat zou tot een ander besluit hebben geleid.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:35, tweede lid, onder b",
        "U bent failliet, heeft uitstel van betaling of zit in de wettelijke schuldsanering, of dat is aangevraagd.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:35, derde lid",
        "De subsidie past niet bij de Europese regels voor staatssteun.",
        True,
        "",
    ),
    (
        "refusal",
        "Awb artikel 4:51, eerste lid",
        "U kreeg deze subsidie al drie jaar of langer. Door andere omstandigheden of inzichten gaan wij er niet op dezelfde manier mee door.",
        True,
        "years",
    ),
    (
        "not_processed",
        "Awb artikel 4:5, eerste lid, onder c",
        "Wij kregen niet alle gegevens die wij nodig hebben, ook niet nadat wij erom vroegen.",
        False,
        "",
    ),
    ("lower", "Awb artikel 4:46, tweede lid, onder a", "De activiteit is niet of niet helemaal doorgegaan.", True, ""),
    ("lower", "Awb artikel 4:46, tweede lid, onder b", "U heeft zich niet aan de verplichtingen gehouden.", True, ""),
    (
        "lower",
        "Awb artikel 4:46, tweede lid, onder c",
        "U gaf gegevens die niet klopten; anders was het besluit anders geweest.",
        True,
        "",
    ),
    (
        "lower",
        "Awb artikel 4:46, tweede lid, onder d",
        "Het besluit was onjuist, en dat wist u of had u kunnen weten.",
        True,
        "",
    ),
    (
        "revoke",
        "Awb artikel 4:48, eerste lid, onder a",
        "De activiteit gaat niet of niet helemaal door.",
        True,
        "granted",
    ),
    (
        "revoke",
        "Awb artikel 4:48, eerste lid, onder b",
        "U heeft zich niet aan de verplichtingen gehouden.",
        True,
        "granted",
    ),
    (
        "revoke",
        "Awb artikel 4:48, eerste lid, onder c",
        "U gaf gegevens die niet klopten; anders was het besluit anders geweest.",
        True,
        "granted",
    ),
    (
        "revoke",
        "Awb artikel 4:48, eerste lid, onder d",
        "Het besluit was onjuist, en dat wist u of had u kunnen weten.",
        True,
        "granted",
    ),
    (
        "revoke",
        "Awb artikel 4:50, eerste lid, onder a",
        "Het besluit was onjuist. Daarom verandert het voor de tijd die komt.",
        True,
        "future",
    ),
    (
        "revoke",
        "Awb artikel 4:50, eerste lid, onder b",
        "Door andere omstandigheden of inzichten kunnen wij niet op dezelfde manier doorgaan.",
        True,
        "future",
    ),
    (
        "revoke",
        "Awb artikel 4:49, eerste lid, onder a",
        "Er zijn feiten bekend geworden die wij bij het vaststellen niet konden weten.",
        True,
        "settled",
    ),
    (
        "revoke",
        "Awb artikel 4:49, eerste lid, onder b",
        "Het bedrag was verkeerd vastgesteld, en dat wist u of had u kunnen weten.",
        True,
        "settled",
    ),
    (
        "revoke",
        "Awb artikel 4:49, eerste lid, onder c",
        "U heeft zich na het vaststellen niet aan de verplichtingen gehouden.",
        True,
        "breach",
    ),
]


def complete(apps, schema_editor):
    """Add what lacks below what is there, and count the five years of a later breach from the breach."""
    version_model = apps.get_model("subsidies", "SchemeVersion")
    ground_model = apps.get_model("subsidies", "Ground")
    later = ground_model.objects.filter(kind="revoke", rule="settled", article__contains="4:49, eerste lid, onder c")
    later.update(rule="breach")
    for version in version_model.objects.order_by("pk"):
        there = set(version.grounds.values_list("kind", "article"))
        last = version.grounds.aggregate(last=Max("position", default=0))["last"]
        ground_model.objects.bulk_create(
            ground_model(
                scheme_version=version,
                position=last + number,
                kind=kind,
                article=article,
                text=text,
                needs_hearing=heard,
                rule=rule,
            )
            for number, (kind, article, text, heard, rule) in enumerate(GROUNDS, start=1)
            if (kind, article) not in there
        )


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0023_hearings_name_the_decision")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
