"""What a certificate must be to sign, and what is said of the signatures in a PDF."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.problem import blocking
from thongsuot.rules.proof.certified import Certificate, Found, check_certificate, check_signed

DAY = datetime(2025, 7, 1, tzinfo=UTC)
moments = st.integers(-2_000, 2_000).map(lambda hours: DAY + timedelta(hours=hours))


def certificate(since: datetime = DAY, until: datetime = DAY, *, signs: bool = True) -> Certificate:
    return Certificate("CN=x", "CN=y", "1", "f" * 64, since, until, signs)


@given(moments, moments, moments, st.booleans())
def test_a_certificate_signs_from_its_first_moment_until_its_last_and_only_if_meant_to(
    since: datetime, until: datetime, at: datetime, signs: bool
) -> None:
    problems = list(check_certificate(certificate(since, until, signs=signs), at))
    assert (not blocking(problems)) == (signs and since <= at < until)
    warned = any(p.code == "proof.certificate-ends-soon" for p in problems)
    assert warned == (since <= at < until and until - at <= timedelta(days=30))


def found(**other: bool) -> Found:
    said = {"intact": True, "trusted": True, "whole": True, "plain": True, **other}
    return Found("BenGiao", certificate(), DAY, **said)


def codes(listed: list[Found], *, roots: bool = True, covered: bool = True) -> list[str]:
    return [p.code for p in check_signed(listed, roots=roots, covered=covered)]


@given(st.lists(st.tuples(*[st.booleans()] * 4), max_size=3), st.booleans(), st.booleans())
def test_a_pdf_is_right_only_when_every_signature_is_and_the_last_covers_it(
    kinds: list[tuple[bool, bool, bool, bool]], roots: bool, covered: bool
) -> None:
    listed = [found(intact=a, trusted=b, whole=c, plain=d) for a, b, c, d in kinds]
    right = (
        bool(listed) and covered and all(a and c and d and (b or not roots) for a, b, c, d in kinds)
    )
    problems = list(check_signed(listed, roots=roots, covered=covered))
    assert (not blocking(problems)) == right


def test_each_thing_that_is_wrong_has_its_own_name() -> None:
    assert codes([]) == ["proof.pdf-unsigned"]
    assert codes([found()]) == []
    assert codes([found(intact=False)]) == ["proof.pdf-changed"]
    assert codes([found(plain=False)]) == ["proof.pdf-changed"]
    assert codes([found(whole=False)]) == ["proof.pdf-added-to"]
    assert codes([found(trusted=False)]) == ["proof.pdf-of-no-root"]
    assert codes([found(trusted=False)], roots=False) == ["proof.pdf-issuer-unknown"]
    assert codes([found()], covered=False) == ["proof.pdf-added-to"]
