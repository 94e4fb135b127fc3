"""Entries are written in the second format: the chain goes over each entry's own hash (decision 17)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_checkpoints")]
    operations = [
        migrations.AlterField(
            model_name="entry",
            name="version",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="記録の形式"),
        )
    ]
