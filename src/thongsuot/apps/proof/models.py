"""What the proof keeps: public keys, checkpoints, cosignatures given and received. Only added to."""

from django.db import models
from django.db.models import Q

from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry


class OfficeKey(models.Model):
    """A public key of this office; the private one is a file and never comes here.

    ``introduction`` is the signature of the key before; empty for the first, and when the old
    key was lost.
    """

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, unique=True)
    introduction = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.key


class Checkpoint(models.Model):
    """A log at one size, signed: the note as it was given out."""

    chain = models.CharField(max_length=80)
    origin = models.CharField(max_length=200)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    key = models.ForeignKey(OfficeKey, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "size"], name="proof_checkpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.size}"


class Witness(models.Model):
    """A body outside this office whose cosignatures count here."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, unique=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class WitnessAddress(models.Model):
    """Where checkpoints are sent to a witness (c2sp.org/tlog-witness). The newest counts; empty: nowhere."""

    witness = models.ForeignKey(Witness, models.PROTECT, related_name="addresses")
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.url


class WitnessCall(models.Model):
    """How the last sending to a witness went. No record of acts: the next sending overwrites it.

    ``problem`` is the code of what went wrong, empty when all arrived; ``facts`` its facts.
    """

    witness = models.OneToOneField(Witness, models.PROTECT, related_name="call")
    at = models.DateTimeField()
    sent = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.witness_id}/{self.problem or 'ok'}"


class Cosignature(models.Model):
    """A witness has seen a checkpoint of ours and found that it continues the one before."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=500)
    seen_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="proof_cosignature_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id}/{self.witness_id}"


class TrustedLog(models.Model):
    """The key of another office whose logs this office watches."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=300, unique=True)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Seen(models.Model):
    """A checkpoint of another office that this one has cosigned: one root for each size, for ever."""

    origin = models.CharField(max_length=200)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    line = models.CharField(max_length=500)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "size"], name="proof_seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.origin}/{self.size}"


class SignedPdf(models.Model):
    """A side put its office's certificate under the PDF of minutes that both had signed (PAdES).

    ``file`` is the PDF with this signature, ``sha256`` its hash; ``before`` the hash of the PDF it
    was put under: the paper as the minutes print it, or the file with the other side's signature.
    The rest says what stood in the certificate, who signed, in which post.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signed_pdfs", db_index=False)
    side = models.CharField(max_length=8, choices=Side.choices)
    body = BodyField(when_closed="stays", related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    before = models.CharField(max_length=64)
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "side"], name="proof_signedpdf_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="proof_signedpdf_side"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.side}"
