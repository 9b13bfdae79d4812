"""Proposals are reminded of once and lapse; both sides are told of them."""

from django.db import migrations, models
from django.db.models import F


def nobody_is_told_of_what_is_old(apps, schema_editor):
    apps.get_model("partners", "Match").objects.update(need_told_at=F("proposed_at"))


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_calendars_see_changes")]

    operations = [
        migrations.AddField(
            model_name="match",
            name="need_told_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="match",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="herinnerd op"),
        ),
        migrations.RunPython(nobody_is_told_of_what_is_old, migrations.RunPython.noop),
    ]
