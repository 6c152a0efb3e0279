"""The fixed sections of a brief and of a review, and when one may be signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem

LONGEST = 20_000


class Kind(StrEnum):
    """What is written for a recipient."""

    BRIEF = "brief"  # báo cáo nhanh định kỳ
    REVIEW = "review"  # báo cáo sơ kết
    FINAL = "final"  # báo cáo tổng kết


@dataclass(frozen=True, slots=True)
class Part:
    """One fixed section. ``made`` ones are put together by the system; the others are written.

    A written part that is gathered takes the texts of the fields whose ``part`` has its key.
    """

    key: str
    made: bool = False
    required: bool = False


PARTS: Mapping[Kind, tuple[Part, ...]] = {
    Kind.BRIEF: (
        Part("tinh_hinh", required=True),
        Part("thay_doi", made=True),
        Part("so_lieu", made=True),
        Part("bao_cao", made=True),
        Part("kho_khan"),
        Part("kien_nghi"),
        Part("ky_toi", required=True),
    ),
    Kind.REVIEW: (
        Part("khai_quat", required=True),
        Part("ket_qua", required=True),
        Part("so_lieu", made=True),
        Part("uu_diem", required=True),
        Part("thuan_loi"),
        Part("han_che", required=True),
        Part("kho_khan"),
        Part("nguyen_nhan", required=True),
        Part("bai_hoc"),
        Part("kien_nghi"),
        Part("ky_toi", required=True),
    ),
    Kind.FINAL: (
        Part("khai_quat", required=True),
        Part("ket_qua", required=True),
        Part("so_lieu", made=True),
        Part("uu_diem", required=True),
        Part("han_che", required=True),
        Part("nguyen_nhan", required=True),
        Part("bai_hoc", required=True),
        Part("kien_nghi"),
        Part("ky_toi", required=True),
    ),
}


def written(kind: Kind) -> tuple[str, ...]:
    """The keys of the parts that a person writes, in order."""
    return tuple(part.key for part in PARTS[kind] if not part.made)


def check_words(kind: Kind, words: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with a draft: parts that the kind does not have, texts too long to print."""
    known = set(written(kind))
    problems = [Problem("reporting.part-unknown", key) for key in words if key not in known]
    problems += [
        Problem("reporting.part-too-long", key, {"most": LONGEST})
        for key, text in words.items()
        if len(text) > LONGEST
    ]
    return tuple(problems)


def check_signing(
    kind: Kind, words: Mapping[str, str], *, signed: bool, subject: str = ""
) -> tuple[Problem, ...]:
    """Why a brief may not be signed: it is already; a part that must be there is empty."""
    if signed:
        return (Problem("reporting.brief-signed", subject),)
    return tuple(
        Problem("reporting.part-needed", part.key, {"brief": subject})
        for part in PARTS[kind]
        if part.required and not part.made and not words.get(part.key, "").strip()
    )
