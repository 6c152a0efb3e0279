"""Ways from the pages and papers of the handover to what proves them."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import papers
from thongsuot.apps.handover.beside import Kind, Link
from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.handover.models.choices import MinutesState, Side
from thongsuot.apps.proof import certificates, documents, queries
from thongsuot.foundation.papers.values import Verification
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.proof.code import code_of


def declare() -> None:
    """Print the code and the square code under signed minutes."""
    papers.stamp_with(stamp)


def links(kind: Kind, pk: int, actor: Actor) -> Iterable[Link]:
    """The receipt of signed minutes; the evidence about an item."""
    if kind == "item":
        yield Link(_("Hồ sơ diễn biến"), reverse("proof:item-evidence", args=[pk]))
    if kind == "minutes":
        minutes = Minutes.objects.filter(pk=pk, state=MinutesState.SIGNED).first()
        code = documents.code_for(minutes) if minutes else ""
        if code:
            yield Link(_("Biên nhận"), reverse("proof:receipt", args=[code]))
        if minutes and code and (certificates.wanted() or queries.signed_pdfs(minutes)):
            yield Link(_("Bản PDF ký số"), reverse("proof:signed-pdf", args=[code]))


def stamp(minutes: Minutes) -> Verification | None:
    """What is printed under signed minutes: the code, where to look it up, the log as it was then."""
    if minutes.state != MinutesState.SIGNED:
        return None
    signed = documents.signatures_of(minutes).get(Side.RECEIVER)
    if signed is None:
        return None
    code = code_of(signed.hash)
    url = f"{settings.SITE_URL}{reverse('proof:receipt', args=[code])}"
    return Verification(code, url, f"{url}#{queries.square_of(signed).fragment()}")
