from collections.abc import Iterable, Iterator
from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import beside
from thongsuot.apps.proof.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

APPEND_ONLY = {
    "proof_officekey": ("id", "key"),
    "proof_checkpoint": ("id", "chain+size"),
    "proof_witness": ("id", "key"),
    "proof_cosignature": ("id", "checkpoint_id+witness_id"),
    "proof_trustedlog": ("id", "key"),
    "proof_seen": ("id", "origin+size"),
    "proof_witnessaddress": ("id",),
    "proof_signedpdf": ("id", "minutes_id+side"),
}


def _links(kind: beside.Kind, pk: int, actor: Actor) -> Iterable[beside.Link]:
    found: Iterable[beside.Link] = import_module("thongsuot.apps.proof.links").links(
        kind, pk, actor
    )
    return found


def _signing(minutes_id: int) -> Iterable[Problem]:
    found: Iterable[Problem] = import_module("thongsuot.apps.proof.signing").before_signing(
        minutes_id
    )
    return found


class ProofConfig(AppConfig):
    name = "thongsuot.apps.proof"
    label = "proof"
    verbose_name = "Biên nhận"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in APPEND_ONLY.items():
            guard.append_only(table, unique)
        beside.register(links=_links, signing=_signing)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.proof.links").declare()
        certificates = import_module("thongsuot.apps.proof.certificates")
        checks.register(certificates.certificates_fit, checks.Tags.security)
        checks.register(certificates.bodies_known, checks.Tags.database)
        nav.register(nav.Entry(_("Biên nhận"), "proof:find", 24, public=True, icon="seal"))

    def faults(self) -> Iterator[Problem]:
        """Where the log falls short of what is held outside; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.proof.checks").faults()
        return found

    def behind(self) -> Iterator[Problem]:
        """Logs shorter or other than what is held outside: an old copy was put back."""
        found: Iterator[Problem] = import_module("thongsuot.apps.proof.held").faults()
        return found
