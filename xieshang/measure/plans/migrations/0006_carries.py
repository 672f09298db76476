"""Plans into which tasks were carried know it, so that what was carried over and its like take turns."""

from django.db import migrations, models


def mark(apps, schema_editor):
    carried = apps.get_model("plans", "Target").objects.filter(carried_from__isnull=False)
    apps.get_model("plans", "Plan").objects.filter(pk__in=carried.values("plan")).update(carries=True)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_paper_doubtful"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="carries",
            field=models.BooleanField(default=False, editable=False, help_text="tasks were carried over into it"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
