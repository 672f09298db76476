from collections import defaultdict
from typing import Any

from django.db import migrations, models


def count(apps: Any, schema_editor: Any) -> None:
    """How many proposers had not said anything when a proposal was closed; four statements for a thousand of them."""
    Proposal, Signature, Rating = (apps.get_model("proposals", name) for name in ("Proposal", "Signature", "Rating"))
    closed = list(Proposal.objects.exclude(closed_on=None).values_list("pk", "round"))
    for start in range(0, len(closed), 1000):
        rounds = dict(closed[start : start + 1000])
        signed = defaultdict(set)
        for column in ("proposal", "proposal__main"):
            found = Signature.objects.filter(**{f"{column}__in": rounds}, state="signed")
            for pk, person in found.values_list(column, "person"):
                signed[pk].add(person)
        for pk, person, in_round in Rating.objects.filter(proposal__in=rounds).values_list("proposal", "person", "round"):
            if in_round == rounds[pk]:
                signed[pk].discard(person)
        Proposal.objects.bulk_update([Proposal(pk=pk, not_rated=len(left)) for pk, left in signed.items() if left], ["not_rated"])


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_timing")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="not_rated",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="办结时未反馈的人数"),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
