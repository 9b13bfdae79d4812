"""The table of themes is shared now; the keys in the database point at the same rows as before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0003_involvement_frequency"),
        ("themes", "0001_from_initiatives"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="initiative",
                    name="theme",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="initiatives",
                        to="themes.theme",
                        verbose_name="thema",
                    ),
                ),
            ],
        ),
    ]
