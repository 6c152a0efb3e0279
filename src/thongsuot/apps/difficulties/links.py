"""From a page of competence to raising a difficulty about it: matter and article filled in."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.authority.beside import About, Link
from thongsuot.apps.authority.models import Rule
from thongsuot.apps.authority.queries.table import rule_values
from thongsuot.apps.authority.words import cited
from thongsuot.apps.difficulties import permit
from thongsuot.rules.difficulties.access import Relation
from thongsuot.rules.kernel.actor import Actor


def links(about: About, actor: Actor) -> Iterator[Link]:
    """A way to raise a difficulty about a matter, a rule or its review, for who may raise one."""
    if not permit.allowed(actor, "raise", Relation()):
        return
    if about.kind == "matter":
        given = {"viec": about.code}
    elif about.matter:
        given = {"viec": about.matter, "dieu": about.article}
    else:
        given = _of_rule(about.code)
    if given:
        url = f"{reverse('difficulties:raise')}?{urlencode(given)}"
        yield Link(_("Nêu vướng mắc về việc này"), url)


def _of_rule(code: str) -> dict[str, str]:
    """What a rule fills in: its matter and its article; nothing for anything else."""
    rows = Rule.objects.filter(code=code, live=True)
    found = rule_values(rows)
    return {"viec": found[0].matter, "dieu": cited(found[0].basis)} if found else {}
