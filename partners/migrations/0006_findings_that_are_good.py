"""What goes well on a walk is not open: nobody has to solve it."""

from typing import Any

from django.db import migrations, models


def what_was_good(apps: Any, schema_editor: Any) -> None:
    """The point of the list that came along, and what was written down there and given to nobody."""
    items = apps.get_model("partners", "ChecklistItem").objects.filter(name="Wat gaat er goed?")
    items.update(shows_good=True)
    findings = apps.get_model("partners", "Finding").objects
    findings.filter(item__shows_good=True, status="new").update(status="good")


class Migration(migrations.Migration):
    """The kind of a point, the status, and its constraint."""

    dependencies = [("partners", "0005_newsletter")]

    operations = [
        migrations.AddField(
            model_name="checklistitem",
            name="shows_good",
            field=models.BooleanField(
                default=False,
                help_text="Wat u bij dit punt opschrijft, hoeft niemand op te lossen.",
                verbose_name="hier staat wat goed gaat",
            ),
        ),
        migrations.AlterField(
            model_name="finding",
            name="status",
            field=models.CharField(
                choices=[
                    ("new", "Nog niet uitgezet"),
                    ("assigned", "Uitgezet"),
                    ("done", "Opgelost"),
                    ("not_possible", "Kan niet"),
                    ("good", "Gaat goed"),
                ],
                default="new",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.RunPython(what_was_good, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "good"), _negated=True),
                    models.Q(("department__isnull", True), ("partner__isnull", True)),
                    _connector="OR",
                ),
                name="finding_good_asks_nobody",
            ),
        ),
    ]
