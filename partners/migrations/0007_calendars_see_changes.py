from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_findings_that_are_good")]

    operations = [
        migrations.AddField(
            model_name="actionstep",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, default=timezone.now, verbose_name="gewijzigd op"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="actionstep",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="versie"),
        ),
        migrations.AddField(
            model_name="walk",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, default=timezone.now, verbose_name="gewijzigd op"),
            preserve_default=False,
        ),
    ]
