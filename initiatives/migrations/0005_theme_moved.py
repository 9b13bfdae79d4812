"""What was called a theme of the initiatives is gone from the books; its table went to the shared themes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0004_themes_are_shared"),
        ("subsidies", "0008_themes_are_shared"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Theme")]),
    ]
