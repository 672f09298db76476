"""What is standing has the classes of the code until now: its bucket is written down beside the letter. The facts say the same as before."""

from django.db import migrations
from django.db.models import Case, F, Value, When

BUCKETS = {"A": "solved", "B": "planned", "C": "reference"}
COLUMNS = (("Proposal", "result", "outcome"), ("Assignment", "result", "outcome"), ("FollowUp", "before", "before_outcome"), ("FollowUp", "result", "outcome"))


def fill(apps, schema_editor):
    for model, letter, bucket in COLUMNS:
        said = Case(*(When(**{letter: code}, then=Value(word)) for code, word in BUCKETS.items()), default=F(bucket))
        apps.get_model("proposals", model).objects.filter(**{f"{letter}__in": list(BUCKETS)}).update(**{bucket: said})


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0011_terms'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
