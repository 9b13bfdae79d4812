"""The table of themes is shared now; the keys in the database point at the same rows as before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("subsidies", "0007_grounds_before_and_after_settlement"),
        ("themes", "0001_from_initiatives"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="application",
                    name="theme",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="themes.theme",
                        verbose_name="thema",
                    ),
                ),
            ],
        ),
    ]
