from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0014_advice_moves_to_ambassadors")]

    operations = [migrations.DeleteModel(name="Advice")]
