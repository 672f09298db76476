from django.db import migrations, models


def forget(apps, schema_editor):
    """The rollup is folded again by the job, now with the grains of the whole unit."""
    apps.get_model("ledger", "Rollup").objects.all().delete()
    apps.get_model("ledger", "Watermark").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="rollup",
            name="grain",
            field=models.CharField(
                choices=[
                    ("d", "day"),
                    ("m", "month"),
                    ("p", "month and person"),
                    ("D", "day, whole unit"),
                    ("M", "month, whole unit"),
                    ("N", "month and person, whole unit"),
                ],
                max_length=1,
            ),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
