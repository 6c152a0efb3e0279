"""Items are found and sorted by their title first; what is their steps' index already goes."""

from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from thongsuot.rules.kernel.text import fold

LENGTH = 240


def fold_again(apps, schema_editor) -> None:
    item = apps.get_model("handover", "Item")
    every = item.objects.only("code", "title", "folded").order_by("pk").iterator(2_000)
    while some := list(islice(every, 2_000)):
        for one in some:
            end = fold(one.code)
            one.folded = f"{fold(one.title)[: LENGTH - len(end) - 1]} {end}"
        item.objects.bulk_update(some, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("handover", "0005_items_standing_by_body")]

    operations = [
        migrations.AlterField(
            model_name="stepline",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="handover.item",
            ),
        ),
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
