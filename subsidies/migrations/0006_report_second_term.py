"""A second term for a report that did not come, and reminders of money that has to come back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("subsidies", "0005_hearing_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="recovery",
            name="reminded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="missed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="second_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="uiterlijk na herinnering"),
        ),
    ]
