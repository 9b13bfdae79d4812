"""Know how many days payments have been stopped: together they last thirteen weeks at most (Awb article 4:56)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0018_provisos_and_reasonable_terms")]

    operations = [
        migrations.AddField(
            "application", "payment_stopped_days", models.PositiveSmallIntegerField(default=0, editable=False)
        ),
    ]
