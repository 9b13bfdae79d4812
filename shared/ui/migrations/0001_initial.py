"""Forms that were sent, and the state of the public pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PublicGeneration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(verbose_name="laatste wijziging")),
            ],
            options={
                "verbose_name": "stand van de openbare pagina's",
                "verbose_name_plural": "stand van de openbare pagina's",
                "constraints": [models.CheckConstraint(condition=models.Q(pk=1), name="ui_one_public_generation")],
            },
        ),
        migrations.CreateModel(
            name="SubmittedOnce",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False, verbose_name="kenmerk")),
                (
                    "result_url",
                    models.CharField(blank=True, max_length=500, verbose_name="adres van het resultaat"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="gemaakt op")),
            ],
            options={
                "verbose_name": "verzonden formulier",
                "verbose_name_plural": "verzonden formulieren",
            },
        ),
    ]
