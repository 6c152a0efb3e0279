"""A certificate authority of paper, and offices that it has given a certificate."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

BEGIN, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SECRET = b"mot bi mat dai"
Key = ec.EllipticCurvePrivateKey


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _made(
    text: str, public: object, *, under: "Authority | None", by: Key, ca: bool, **usual: object
) -> x509.Certificate:
    signs = bool(usual.get("signs", True))
    usage = x509.KeyUsage(
        digital_signature=signs and not ca, content_commitment=signs and not ca,
        key_encipherment=not signs, data_encipherment=False, key_agreement=False,
        key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(_name(text))
        .issuer_name(under.certificate.subject if under else _name(text))
        .public_key(public)  # type: ignore[arg-type]
        .serial_number(x509.random_serial_number())
        .not_valid_before(usual.get("since", BEGIN))  # type: ignore[arg-type]
        .not_valid_after(usual.get("until", END))  # type: ignore[arg-type]
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, SHA256())
    )


@dataclass(frozen=True)
class Authority:
    """Who issues certificates."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(self, text: str, **usual: object) -> tuple[Key, x509.Certificate]:
        """A key and its certificate; ``since``, ``until`` and ``signs`` as given."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _made(text, key.public_key(), under=self, by=self.key, ca=False, **usual)
        return key, made

    def pfx(self, text: str, **usual: object) -> bytes:
        """The same as one PKCS#12 file under SECRET."""
        key, made = self.issue(text, **usual)
        return pkcs12.serialize_key_and_certificates(
            b"x", key, made, [self.certificate], BestAvailableEncryption(SECRET)
        )


@cache
def authority(text: str = "Nơi cấp thử") -> Authority:
    """One authority a name, made once."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(key, _made(text, key.public_key(), under=None, by=key, ca=True))


def _kept(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    path.chmod(0o600)
    return path.name


def set_up(folder: Path, pfx_body: str, pem_body: str, **usual: object) -> Path:
    """The settings of two offices, one with PKCS#12, one with PEM; returns the path for the setting."""
    ca = authority()
    key, own = ca.issue("CN của bên nhận")
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(SECRET))
    _kept(folder / "goc.pem", ca.pem)
    _kept(folder / "mot.p12", ca.pfx("Văn phòng bên giao", **usual))
    _kept(folder / "bi-mat", SECRET + b"\n")
    _kept(folder / "hai.key", sealed)
    _kept(folder / "hai.pem", own.public_bytes(Encoding.PEM))
    text = f"""
roots = ["goc.pem"]
[office.{pfx_body}]
pkcs12 = "mot.p12"
passphrase = "bi-mat"
[office.{pem_body}]
key = "hai.key"
certificate = "hai.pem"
chain = ["goc.pem"]
passphrase = "bi-mat"
"""
    path = folder / "ky-so.toml"
    path.write_text(text, encoding="utf-8")
    return path
