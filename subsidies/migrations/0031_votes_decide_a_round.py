from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("subsidies", "0030_kinds_of_duties"),
    ]

    operations = [
        migrations.AlterField(
            model_name="schemeversion",
            name="distribution",
            field=models.CharField(
                choices=[
                    ("first_complete", "op volgorde van volledige aanvragen"),
                    ("ranking", "per ronde, op volgorde van de beste score"),
                    ("vote", "per ronde, op volgorde van de meeste stemmen"),
                ],
                default="first_complete",
                max_length=20,
                verbose_name="verdeling",
            ),
        ),
    ]
