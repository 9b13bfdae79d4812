"""A clock for settlements, the threshold of an advance, and lots between equal scores."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import subsidies.models.fields


def keep_first_receipts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The first report that came in is the application for settlement; the dates follow when the clock wakes.

    When a report was sent back stood in no column: the day that it came is the earliest that it can have been.
    """
    messages = apps.get_model("subsidies", "CaseMessage").objects.filter(kind="report").order_by("received_on")
    reports = apps.get_model("subsidies", "Report").objects
    returns = apps.get_model("subsidies", "ReportReturn").objects
    for report in reports.exclude(received_on=None, returned_because="").order_by("pk"):
        days = list(messages.filter(application=report.application_id).values_list("received_on", flat=True))
        days = days or ([report.received_on] if report.received_on else [])
        if not days:
            continue
        report.applied_on = days[0]
        report.save(update_fields=["applied_on"])
        if report.received_on is None and report.approved_on is None and report.due_on > days[-1]:
            returns.create(report=report, sent_on=days[-1], due_on=report.due_on)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0005_theme_moved"),
        ("subsidies", "0024_grounds_of_the_law"),
        ("themes", "0001_from_initiatives"),
        ("wijken", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_on", models.DateField(verbose_name="gevraagd op")),
                ("due_on", models.DateField(verbose_name="uiterlijk")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="aangevuld op")),
            ],
            options={
                "verbose_name": "teruggestuurd verslag",
                "verbose_name_plural": "teruggestuurde verslagen",
                "ordering": ["sent_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="settle_due_legal",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="vaststellen uiterlijk"),
        ),
        migrations.AddField(
            model_name="application",
            name="settle_due_safe",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="vaststellen, veilige datum"),
        ),
        migrations.AddField(
            model_name="application",
            name="settle_warned_share",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="gewaarschuwd over de vaststelling bij (%)"
            ),
        ),
        migrations.AddField(
            model_name="defaultnotice",
            name="about_settlement",
            field=models.BooleanField(default=False, editable=False, verbose_name="over de vaststelling"),
        ),
        migrations.AddField(
            model_name="laterdecision",
            name="about_settlement",
            field=models.BooleanField(default=False, editable=False, verbose_name="over de vaststelling"),
        ),
        migrations.AddField(
            model_name="report",
            name="applied_on",
            field=models.DateField(blank=True, null=True, verbose_name="vaststelling gevraagd op"),
        ),
        migrations.AddField(
            model_name="schemeversion",
            name="advance_above",
            field=subsidies.models.fields.EuroField(
                decimal_places=2,
                default=Decimal(0),
                help_text="Tot en met dit bedrag is er geen voorschot.",
                max_digits=12,
                verbose_name="voorschot alleen boven",
            ),
        ),
        migrations.AddField(
            model_name="schemeversion",
            name="ex_officio_weeks",
            field=models.PositiveSmallIntegerField(
                default=13,
                help_text="Na de laatste dag voor het verslag, of van de activiteit als er geen verslag hoeft (Awb 4:47).",
                verbose_name="zonder verslag vaststellen binnen weken",
            ),
        ),
        migrations.AddField(
            model_name="schemeversion",
            name="settlement_weeks",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Leeg: acht weken (Awb 4:13).",
                null=True,
                verbose_name="vaststellen binnen weken na het verslag",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="lot",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Volgorde tussen aanvragen die op dezelfde dag volledig waren of in een ronde dezelfde score hebben.",
                null=True,
                verbose_name="lotnummer",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("settle_due_safe__isnull", False)),
                fields=["settle_due_safe"],
                name="application_settle",
            ),
        ),
        migrations.AddField(
            model_name="reportreturn",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="returns", to="subsidies.report"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gt", models.F("sent_on"))), name="reportreturn_due_after_sent"
            ),
        ),
        migrations.RunPython(keep_first_receipts, migrations.RunPython.noop),
    ]
