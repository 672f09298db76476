"""Drafts move to `base.drafts`, where every room keeps them."""

from django.db import migrations

FIELDS = ("organization_id", "user_id", "client_id", "saved_at")


def move_out(apps, schema_editor):
    ours, theirs = apps.get_model("activities", "Draft"), apps.get_model("drafts", "Draft")
    for one in ours.objects.iterator():
        typed = dict(one.typed)
        key = typed.pop("key", "activities.new")
        theirs.objects.create(room="activities", key=key, typed=typed, **{name: getattr(one, name) for name in FIELDS})


def move_back(apps, schema_editor):
    ours, theirs = apps.get_model("activities", "Draft"), apps.get_model("drafts", "Draft")
    for one in theirs.objects.filter(room="activities"):
        ours.objects.create(typed={**one.typed, "key": one.key}, **{name: getattr(one, name) for name in FIELDS})
        one.delete()


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("drafts", "0001_initial")]

    operations = [
        migrations.RunPython(move_out, move_back),
        migrations.DeleteModel("Draft"),
    ]
