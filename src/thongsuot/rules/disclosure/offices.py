"""Offices of the tiers that ended, as people still call them, and what they were asked for."""

from dataclasses import dataclass

from thongsuot.rules.kernel.text import fold


@dataclass(frozen=True, slots=True)
class OldOffice:
    """A sort of office of old. ``matters`` are the codes of what people went there for.

    ``kept``: it did not end with the districts as far as is known, so that nothing is said of who
    came after it.
    """

    code: str
    called: tuple[str, ...]
    matters: tuple[str, ...] = ()
    kept: bool = False


OLD_OFFICES = (
    OldOffice(
        "education",
        ("phong giao duc va dao tao", "phong giao duc dao tao", "phong giao duc", "phong gd va dt",
         "phong gd dt", "phong gddt", "phong gd", "pgd dt", "pgddt", "pgd"),
        ("sua-van-bang", "chuyen-truong-thcs", "truong-mam-non"),
    ),
    OldOffice(
        "land-registration",
        ("chi nhanh van phong dang ky dat dai", "van phong dang ky quyen su dung dat",
         "van phong dang ky dat dai", "van phong dang ky", "vpdk dat dai", "vpdkdd", "vpdk"),
        ("cap-giay-chung-nhan",), kept=True,
    ),
    OldOffice(
        "land",
        ("phong tai nguyen va moi truong", "phong tai nguyen moi truong", "phong tn va mt",
         "phong tnmt", "phong nong nghiep va moi truong", "phong nong nghiep"),
        ("cap-giay-chung-nhan", "thu-hoi-dat"),
    ),
    OldOffice("justice", ("phong tu phap",), ("ho-tich", "ho-tich-nuoc-ngoai", "chung-thuc")),
    OldOffice(
        "building",
        ("phong kinh te ha tang va do thi", "phong kinh te va ha tang", "phong kinh te ha tang",
         "phong quan ly do thi", "phong qldt", "phong kinh te"),
        ("giay-phep-xay-dung", "ho-kinh-doanh"),
    ),
    OldOffice(
        "finance", ("phong tai chinh ke hoach", "phong tai chinh", "phong tckh"), ("ho-kinh-doanh",)
    ),
    OldOffice(
        "counter",
        ("bo phan tiep nhan va tra ket qua", "bo phan mot cua", "trung tam phuc vu hanh chinh cong",
         "trung tam hanh chinh cong", "mot cua"),
    ),
    OldOffice("committee", ("uy ban nhan dan", "ubnd", "uy ban")),
    OldOffice(
        "other",
        ("phong noi vu", "phong y te", "phong van hoa va thong tin", "phong van hoa",
         "phong lao dong thuong binh va xa hoi", "phong lao dong", "thanh tra"),
    ),
)  # fmt: skip
_BY_NAME = sorted(
    ((name.split(), office) for office in OLD_OFFICES for name in office.called),
    key=lambda pair: -len(pair[0]),
)


def office_in(text: str) -> tuple[OldOffice, str] | None:
    """The old office that a text begins with, and the rest of the text: where it was.

    Shapes: "Phòng GD&ĐT quận Hà Đông" gives the education office and "quận Hà Đông". None when the
    text begins with no office that is known.
    """
    words = text.replace("&", " & ").split()
    folded = [fold(w).strip(".,;:") for w in words]
    heard = [(at, w) for at, w in enumerate(folded) if w and w != "&"]
    names = [w for _at, w in heard]
    for called, office in _BY_NAME:
        if names[: len(called)] == called and len(names) >= len(called):
            rest = heard[len(called)][0] if len(heard) > len(called) else len(words)
            return office, " ".join(words[rest:]).lstrip(" ,;-")
    return None
