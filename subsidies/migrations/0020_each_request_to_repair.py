"""Keep each request to repair an objection: a second one must not undo the days of the first."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def keep_requests(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The one request that an objection could hold becomes the first of its list."""
    objections = apps.get_model("subsidies", "Objection").objects
    requests = apps.get_model("subsidies", "RepairRequest").objects
    for each in objections.exclude(repair_asked_on=None).exclude(repair_due_on=None):
        requests.create(
            objection=each, asked_on=each.repair_asked_on, due_on=each.repair_due_on, repaired_on=each.repaired_on
        )


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0019_days_that_payments_stood_still")]

    operations = [
        migrations.CreateModel(
            name="RepairRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField(verbose_name="herstel gevraagd op")),
                ("due_on", models.DateField(verbose_name="herstel uiterlijk")),
                ("repaired_on", models.DateField(blank=True, null=True, verbose_name="hersteld op")),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repair_requests",
                        to="subsidies.objection",
                        verbose_name="bezwaar",
                    ),
                ),
            ],
            options={
                "verbose_name": "verzoek om herstel",
                "verbose_name_plural": "verzoeken om herstel",
                "ordering": ["asked_on", "pk"],
            },
        ),
        migrations.RunPython(keep_requests, migrations.RunPython.noop),
        migrations.RemoveField("objection", "repair_asked_on"),
        migrations.RemoveField("objection", "repair_due_on"),
        migrations.RemoveField("objection", "repaired_on"),
    ]
