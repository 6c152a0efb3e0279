"""Drafts that had taken the place of a published version wait beside it again."""

from django.db import migrations

DRAFT, PUBLISHED = "draft", "published"


def stand_again(apps, _editor):
    rules = apps.get_model("authority", "Rule")
    for draft in rules.objects.filter(live=True, status=DRAFT, replaces_row__isnull=False):
        old = draft.replaces_row
        while old is not None and old.status == DRAFT:
            old = old.replaces_row
        if old is None or old.status != PUBLISHED:
            continue
        rules.objects.filter(pk=draft.pk).update(live=False, waiting=True)
        rules.objects.filter(pk=old.pk).update(live=True)


class Migration(migrations.Migration):
    dependencies = [("authority", "0002_drafts_wait")]
    operations = [migrations.RunPython(stand_again, migrations.RunPython.noop)]
