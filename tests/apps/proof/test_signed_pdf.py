"""Minutes as PDF under certificates: signed by both sides, read by another's validator, never bent."""

import io
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import checks
from django.db import DatabaseError, transaction
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.apps.handover.conftest import NOW, Story
from tests.apps.proof.authority import SECRET, authority, set_up

from thongsuot.apps.handover import papers
from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.proof import actions, certificates, pades, queries, sealing
from thongsuot.apps.proof import checks as faults
from thongsuot.apps.proof.models import SignedPdf
from thongsuot.apps.registry.models import Body
from thongsuot.cli import main, office
from thongsuot.foundation.files import store
from thongsuot.foundation.papers.fitting import fit
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import Letterhead, Paragraph, Section
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.proof.certified import check_signed

pytestmark = pytest.mark.django_db
OWN = (certificates.certificates_fit, certificates.bodies_known)


@pytest.fixture
def keyed(story: Story, tmp_path: Path, settings) -> Story:
    """The story's two bodies with a certificate each."""
    key = dict(Body.objects.values_list("pk", "key"))
    settings.PADES = str(set_up(tmp_path, key[story.office], key[story.ward]))
    return story


@pytest.fixture
def minutes(keyed: Story) -> Minutes:
    number, _ = keyed.handed_over(2)
    return Minutes.objects.get(pk=number)


def sign(story: Story, minutes: Minutes, side: str, who: str, key: str = "") -> dict[str, object]:
    by = story.people[who]
    paper = papers.minutes_pdf(papers.minutes_values(minutes, NOW))
    kept = store.keep(paper, "bien-ban.pdf", by=by)
    return actions.sign_pdf(
        Act(by=by, key=key or f"pdf/{side}", at=NOW),
        minutes_id=minutes.pk,
        side=side,
        paper=kept.sha256,
        fresh=True,
    )


def content(minutes: Minutes) -> bytes:
    with store.open_file(queries.signed_pdfs(minutes)[-1].file) as file:
        return file.read()


def refused(code: str):
    return pytest.raises(Refused, match=code)


def wrong(raw: bytes) -> list[str]:
    """What the product says is wrong with a PDF."""
    roots = sealing.roots_of(authority().pem)
    try:
        read = pades.read(raw, roots, datetime.now(UTC))
    except sealing.Unreadable:
        return ["proof.pdf-unreadable"]
    return [p.code for p in check_signed(read.found, roots=True, covered=read.covered)]


def test_both_sides_sign_one_after_the_other_and_everything_about_it_is_on_record(
    keyed: Story, minutes: Minutes
) -> None:
    first = sign(keyed, minutes, "receiver", "minh")
    assert sign(keyed, minutes, "receiver", "minh") == first  # sent twice
    one = content(minutes)
    sign(keyed, minutes, "giver", "lan")
    both = content(minutes)
    assert both.startswith(one)  # what was signed first stands in it, byte for byte
    a, b = queries.signed_pdfs(minutes)
    assert (a.side, b.side) == ("receiver", "giver")
    assert b.before == a.sha256 == sealing.digest(one)
    assert b.sha256 == sealing.digest(both)
    assert a.subject == "CN=CN của bên nhận"
    assert b.subject == "CN=Văn phòng bên giao"
    entry = Entry.objects.get(pk=b.entry_id)
    assert entry.act == "proof.pdf-signed"
    assert entry.after["fingerprint"] == b.fingerprint
    assert not list(faults.faults())


def test_the_validator_of_others_finds_both_signatures_good_and_of_the_baseline_form(
    keyed: Story, minutes: Minutes, tmp_path: Path
) -> None:
    sign(keyed, minutes, "giver", "lan")
    sign(keyed, minutes, "receiver", "minh")
    root = load_cert_from_pemder(str(tmp_path / "goc.pem"))
    reader = PdfFileReader(io.BytesIO(content(minutes)))
    names = []
    for signature in reader.embedded_signatures:
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
        assert status.bottom_line, status.pretty_print_details()
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        names.append(signature.field_name)
    assert names == ["BenGiao", "BenNhan"]
    assert not wrong(content(minutes))


def small() -> bytes:
    """A short paper that two offices have signed: the same form, quicker to read a hundred times."""
    paper = Frame(letterhead=Letterhead(issuer="Phòng"), subject="x", made_at=NOW).paper(
        "BIÊN BẢN", "x", (Section("", (Paragraph("Nội dung"),)),), ()
    )
    raw, fields = to_pdf(fit(paper).paper), ("BenGiao", "BenNhan")
    for field in fields:
        hand = sealing.from_pkcs12(authority().pfx(field), SECRET)
        raw = pades.sign(raw, hand, field, fields, name=field, reason="x")
    return raw


def test_a_changed_byte_anywhere_is_found() -> None:
    raw = small()
    assert wrong(raw) == []
    chosen = random.Random(20250701)
    places = [chosen.randrange(len(raw)) for _ in range(100)]
    at = raw.rindex(b"/Contents <")
    places += range(at + 10, at + 24)  # the signature itself, which it cannot cover
    places += range(raw.index(b">", at) - 4, raw.index(b">", at) + 1)
    for place in places:
        bent = bytearray(raw)
        bent[place] ^= 1 << chosen.randrange(8)
        assert wrong(bytes(bent)), (place, raw[max(0, place - 10) : place + 10])
    assert "proof.pdf-added-to" in wrong(raw + b"\n% them\n")
    assert wrong(raw[: len(raw) // 2])
    assert wrong(b"%PDF-1.7\n")


def test_nothing_is_signed_before_both_sides_signed_nor_by_others_nor_twice(keyed: Story) -> None:
    number, _ = keyed.dispatched(1)
    waiting = Minutes.objects.get(pk=number)
    with refused("proof.not-signed-yet"):
        sign(keyed, waiting, "giver", "lan")
    keyed.count_all(number)
    keyed.sign(number, "giver")
    keyed.sign(number, "receiver")
    minutes = Minutes.objects.get(pk=number)
    with refused("handover.not-allowed"):
        sign(keyed, minutes, "giver", "minh")
    with refused("handover.minutes-missing"):
        sign(keyed, minutes, "receiver", "rival")
    with refused("handover.password-again"):
        actions.sign_pdf(
            Act(by=keyed.people["minh"], key="k", at=NOW),
            minutes_id=minutes.pk, side="receiver", paper="", fresh=False,
        )  # fmt: skip
    sign(keyed, minutes, "receiver", "minh")
    with refused("proof.pdf-signed-already"):
        sign(keyed, minutes, "receiver", "minh", key="another")
    assert SignedPdf.objects.count() == 1


def test_a_certificate_that_is_missing_or_has_ended_signs_nothing(
    keyed: Story, minutes: Minutes, tmp_path: Path, settings
) -> None:
    key = dict(Body.objects.values_list("pk", "key"))
    set_up(tmp_path, key[keyed.office], key[keyed.ward], until=datetime(2025, 6, 1, tzinfo=UTC))
    with refused("proof.certificate-expired"):
        sign(keyed, minutes, "giver", "lan")
    settings.PADES = ""
    with refused("proof.certificate-none"):
        sign(keyed, minutes, "receiver", "minh")
    assert not SignedPdf.objects.exists()


def test_rows_cannot_be_changed_and_a_changed_file_is_named(keyed: Story, minutes: Minutes) -> None:
    sign(keyed, minutes, "giver", "lan")
    for change in ({"sha256": "0" * 64}, {"name": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SignedPdf.objects.update(**change)
    path = store.path_of(SignedPdf.objects.get().sha256)
    raw = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(raw[:-1])
    assert [p.code for p in faults.faults()] == ["proof.pdf-file-differs"]
    path.unlink()
    assert [p.code for p in faults.faults()] == ["proof.pdf-file-differs"]
    path.write_bytes(raw)


def numbers() -> list[str | None]:
    return [m.id for one in OWN for m in one(databases=["default"])]


def test_wrong_settings_are_named_with_a_number_and_a_hint(
    keyed: Story, tmp_path: Path, settings, capsys
) -> None:
    assert numbers() == []
    (tmp_path / "hai.key").chmod(0o644)
    assert numbers() == ["proof.W002"]
    (tmp_path / "hai.key").chmod(0o600)
    (tmp_path / "bi-mat").write_bytes(b"sai")
    assert numbers() == ["proof.E003", "proof.E003"]
    key = dict(Body.objects.values_list("pk", "key"))
    ended = datetime(2025, 6, 1, tzinfo=UTC)
    for usual, number in (
        ({"until": ended}, "proof.W001"),
        ({"since": datetime(2099, 1, 1, tzinfo=UTC)}, "proof.E004"),
        ({"signs": False}, "proof.E004"),
    ):
        set_up(tmp_path, key[keyed.office], key[keyed.ward], **usual)
        assert numbers() == [number]
    set_up(tmp_path, key[keyed.office], "khong-co")
    assert numbers() == ["proof.E005"]
    (tmp_path / "mot.p12").unlink()
    assert numbers() == ["proof.E003", "proof.E005"]
    for text in ("x =", "", "[office.x]\n", "office = 3\n"):
        Path(settings.PADES).write_text(text, encoding="utf-8")
        found = certificates.certificates_fit()
        assert found
        assert all(m.level == checks.ERROR and m.hint for m in found)
    assert not office._set_up_well()
    assert "proof.E00" in capsys.readouterr().err
    settings.PADES = str(tmp_path / "khong-co.toml")
    assert numbers() == ["proof.E001"]
    settings.PADES = ""
    assert numbers() == []
    assert office._set_up_well()


def test_without_the_extra_nothing_is_signed_and_it_says_what_to_install(
    keyed: Story, minutes: Minutes, monkeypatch, tmp_path: Path, capsys
) -> None:
    monkeypatch.setattr(sealing, "find_spec", lambda _name: None)
    assert numbers() == ["proof.E002"]
    with refused("proof.pdf-off"):
        sign(keyed, minutes, "giver", "lan")
    path = tmp_path / "ban.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    assert main(["receipt", "verify", str(path)]) == 2
    assert "environment.py pades" in capsys.readouterr().err


def test_the_command_says_who_signed_and_whether_it_holds(
    keyed: Story, minutes: Minutes, tmp_path: Path, capsys
) -> None:
    sign(keyed, minutes, "giver", "lan")
    path, root = tmp_path / "ban.pdf", str(tmp_path / "goc.pem")
    path.write_bytes(content(minutes))
    assert main(["receipt", "verify", str(path), "--root", root]) == 0
    out = capsys.readouterr().out
    assert out.startswith("ĐÚNG / TRUE")
    assert "Văn phòng bên giao" in out
    assert main(["receipt", "verify", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [p["code"] for p in said["problems"]] == ["proof.pdf-issuer-unknown"]
    assert said["signatures"][0]["intact"] is True
    other = tmp_path / "khac.pem"
    other.write_bytes(authority("Nơi cấp khác").pem)
    assert main(["receipt", "verify", str(path), "--root", str(other)]) == 1
    assert "proof" not in capsys.readouterr().out
    path.write_bytes(path.read_bytes().replace(b"BenGiao", b"BenNhan"))
    assert main(["receipt", "verify", str(path), "--root", root]) == 1
    path.write_bytes(b"%PDF-1.7\n")
    assert main(["receipt", "verify", str(path)]) == 1
    assert main(["receipt", "verify", str(path), "--root", str(tmp_path / "khong-co")]) == 2
