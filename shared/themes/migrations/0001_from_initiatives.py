"""Themes were of the initiatives alone; the table moves here with its rows, since other programmes use them too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("initiatives", "0003_involvement_frequency"),
        # Older steps of the subsidies make keys to the table under its old name.
        ("subsidies", "0007_grounds_before_and_after_settlement"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE initiatives_theme RENAME TO themes_theme",
                    "ALTER TABLE themes_theme RENAME TO initiatives_theme",
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="naam")),
                        ("name_en", models.CharField(max_length=60, verbose_name="naam in het Engels")),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="naam in adressen")),
                        ("position", models.PositiveSmallIntegerField(default=100, verbose_name="volgorde")),
                        ("active", models.BooleanField(default=True, verbose_name="kan gekozen worden")),
                    ],
                    options={
                        "verbose_name": "thema",
                        "verbose_name_plural": "thema's",
                        "ordering": ["position", "name"],
                    },
                ),
            ],
        ),
    ]
