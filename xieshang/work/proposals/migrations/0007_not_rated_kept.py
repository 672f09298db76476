from typing import Any

from django.db import migrations, models


def count(apps: Any, schema_editor: Any) -> None:
    """How many proposers had not said anything when a proposal was closed."""
    Proposal, Signature, Rating = (apps.get_model("proposals", name) for name in ("Proposal", "Signature", "Rating"))
    for one in Proposal.objects.exclude(closed_on=None).iterator():
        signed = Signature.objects.filter(
            models.Q(proposal=one.pk) | models.Q(proposal__main=one.pk), state="signed"
        ).values_list("person", flat=True)
        rated = Rating.objects.filter(proposal=one.pk, round=one.round).values_list("person", flat=True)
        if left := len(set(signed) - set(rated)):
            Proposal.objects.filter(pk=one.pk).update(not_rated=left)


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
