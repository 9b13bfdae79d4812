"""A plan of residents offers things as well, and may ask the same kind once more when the first time is done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_proposals_that_lapse")]

    operations = [
        migrations.RemoveConstraint(model_name="listing", name="listing_plan_only_asks"),
        migrations.RemoveConstraint(model_name="listing", name="listing_plan_asks_each_kind_once"),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("direction", "need"), ("initiative__isnull", False), ("status__in", ("open", "agreed", "ended"))
                ),
                fields=("initiative", "kind"),
                name="listing_plan_asks_each_kind_once",
            ),
        ),
    ]
