"""A check with a signature is not in preparation: a draft with a day of signing would open a gate."""

from django.db import migrations, models

NAME = "check_confirmed_is_signed"
IN_PREPARATION = ["advice", "advised", "ambassador", "draft", "returned"]
UNSIGNED = sorted([*IN_PREPARATION, "lapsed"])


class Migration(migrations.Migration):
    dependencies = [("participation", "0004_checked_and_advised_in_time")]

    operations = [
        migrations.RemoveConstraint("participationcheck", NAME),
        migrations.AddConstraint(
            "participationcheck",
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=True, status__in=UNSIGNED)
                | (
                    ~models.Q(status__in=IN_PREPARATION)
                    & models.Q(signed_on__isnull=False)
                    & ~models.Q(signer="")
                    & ~models.Q(signer_name="")
                    & ~models.Q(outcome="")
                ),
                name=NAME,
            ),
        ),
    ]
