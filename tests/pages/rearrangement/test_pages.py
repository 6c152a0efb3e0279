"""From the first form to the approved option, as people click through it; and the log of commendations."""

from tests.pages.rearrangement.conftest import Desk

from thongsuot.apps.oversight.models import Commendation
from thongsuot.apps.rearrangement.models import FateLine, Option, PresentUnit, Scheme

R = "rearrangement:"


def test_a_scheme_is_made_filled_compared_and_approved_on_pages(desk: Desk) -> None:
    bodies = desk.office.bodies
    assert "so tai chinh" not in desk.page("chair", f"{R}make")
    form = {
        "title": "Sắp xếp phòng (minh họa)", "kind": "offices", "keeper": str(bodies["ubnd"]),
        "gatherer": str(bodies["home"]), "approver": str(bodies["party"]), "owners": "home\nkhông có",
        "due_on": "2025-10-15",
    }  # fmt: skip
    wrong = desk.send("chair", f"{R}make", status=422, **form)
    assert "không có" in wrong
    desk.send("chair", f"{R}make", **{**form, "owners": "home\nmoney"})
    pk = Scheme.objects.get().pk
    assert "Còn 2/2 cơ quan chưa gửi hiện trạng" in desk.page("chair", f"{R}one", pk)
    for code, who, owner in (
        ("A", "clerk", "home"),
        ("B", "clerk", "home"),
        ("C", "money", "money"),
    ):
        unit = {"code": code, "name": f"Phòng {code}", "sort": "office", "people": "10", "leaders": "3", "funding": "state"}  # fmt: skip
        desk.send(who, f"{R}unit-add", pk, bodies[owner], **unit)
    desk.send("money", f"{R}send", pk, bodies["money"])
    assert "Đã gửi cơ quan tổng hợp" in desk.page("money", f"{R}owner", pk, bodies["money"])
    assert "Phòng A" not in desk.page("money", f"{R}units", pk)
    desk.page("money", f"{R}compare", pk, status=403)
    desk.send("clerk", f"{R}act", pk, "lap-phuong-an", title="Gọn")
    option = Option.objects.get()
    units = {u.code: u.pk for u in PresentUnit.objects.all()}
    shown = desk.page("clerk", f"{R}option", pk, option.pk)
    assert "Bỏ sót: 3 đơn vị chưa có hướng sắp xếp" in shown
    desk.send("clerk", f"{R}found", pk, option.pk, code="X", name="Phòng Tổng hợp", owner=str(bodies["home"]), sort="office", leaders="4")  # fmt: skip
    for code in ("A", "B"):
        desk.send(
            "clerk", f"{R}fate", pk, option.pk, units[code], fate="merge", into="X", released="1"
        )
    not_yet = desk.send("chair", f"{R}act", pk, "trinh", status=422)
    assert "Bỏ sót A: Phòng C" in not_yet
    desk.send("clerk", f"{R}keep-rest", pk, option.pk)
    assert "đủ, không bỏ sót" in desk.page("chair", f"{R}compare", pk)
    assert "vào Phòng Tổng hợp" in desk.page("clerk", f"{R}option", pk, option.pk)
    desk.send("chair", f"{R}act", pk, "trinh")
    desk.send("chair", f"{R}act", pk, "lay-y-kien", bodies="money", due_on="2025-10-20")
    desk.send("money", f"{R}act", pk, "gop-y", body=str(bodies["money"]), stance="agree")
    desk.send("clerk", f"{R}fate", pk, option.pk, units["B"], fate="merge", into="X", reason="Bỏ tinh giản")  # fmt: skip
    assert "Bỏ tinh giản" in desk.page("clerk", f"{R}option", pk, option.pk)
    assert "không phải bản đang dùng" in desk.page("clerk", f"{R}option", pk, option.pk, query="?ban=1")  # fmt: skip
    decision = {
        "option": str(option.pk),
        "number": "9/QĐ",
        "on": "2025-10-06",
        "basis": "Nghị quyết",
    }
    old = {**decision, "option": f"{option.pk}.1"}
    assert "vừa được điều chỉnh" in desk.send(
        "secretary", f"{R}act", pk, "phe-duyet", status=409, **old
    )
    desk.send("secretary", f"{R}act", pk, "phe-duyet", **decision)
    days = {"decision": "2025-10-10", "people": "2025-10-12", "handover": "2025-10-14", "seal": "2025-10-16", "announce": "2025-10-18"}  # fmt: skip
    desk.send("chair", f"{R}act", pk, "bat-dau", **days)
    assert "0/2" in desk.page("chair", f"{R}steps", pk)
    desk.send("clerk", f"{R}carry", pk, units["A"], "decision", done_on="2025-10-06", paper="10/QĐ")
    assert "1/2" in desk.page("chair", f"{R}steps", pk)
    assert FateLine.objects.filter(version=2).count() == 3
    assert desk.as_("chair").get(f"/sap-xep/{pk}/in/pdf/").content[:4] == b"%PDF"
    assert "Phòng A" in desk.page("chair", f"{R}unit", pk, units["A"])


def test_a_unit_is_corrected_and_dropped_on_its_page(desk: Desk) -> None:
    office = desk.office.filled()
    unit = office.units["A"]
    assert "Nhập nhầm: bỏ đơn vị này" in desk.page("clerk", f"{R}unit", office.scheme, unit)
    values = {"code": "A", "name": "Phòng A", "sort": "office", "people": "12", "leaders": "3", "funding": "state"}  # fmt: skip
    desk.send("clerk", f"{R}unit", office.scheme, unit, **values)
    assert PresentUnit.objects.get(pk=unit).people == 12
    desk.send("clerk", f"{R}unit-drop", office.scheme, unit)
    assert not PresentUnit.objects.filter(pk=unit).exists()
    desk.send("clerk", f"{R}known", office.scheme, office.bodies["home"])
    assert "room" in desk.page("clerk", f"{R}owner", office.scheme, office.bodies["home"])
    assert desk.as_("clerk").get(f"/sap-xep/{office.scheme}/co-quan/{office.bodies['home']}/mau/").content[:2] == b"PK"  # fmt: skip


def test_a_commendation_goes_from_its_form_to_the_log(desk: Desk) -> None:
    bodies = desk.office.bodies
    form = {
        "proposer": str(bodies["ubnd"]), "body": "home", "decider": "ubnd", "form": "certificate",
        "about": "Tổng hợp phương án (minh họa)", "grounds": "Đúng hạn (minh họa)",
    }  # fmt: skip
    desk.page("chair", "oversight:propose")
    desk.send("chair", "oversight:propose", **form)
    pk = Commendation.objects.get().pk
    twice = desk.send("chair", "oversight:propose", status=422, **form)
    assert "bằng chính hình thức này" in twice
    assert "chưa có nhiệm vụ nào tới hạn" in desk.page("chair", "oversight:one", pk)
    desk.page("head", "oversight:one", pk, status=404)
    desk.send("chair", "oversight:act", pk, "lay-y-kien", bodies="money")
    desk.send("money", "oversight:act", pk, "y-kien", body=str(bodies["money"]), view="agree")
    no_number = desk.send("chair", "oversight:act", pk, "quyet-dinh", status=422, form="certificate", on="2025-10-06")  # fmt: skip
    assert "cần số quyết định" in no_number
    desk.send("chair", "oversight:act", pk, "quyet-dinh", form="certificate", number="5/QĐ", on="2025-10-06")  # fmt: skip
    desk.send("chair", "oversight:act", pk, "cong-bo", on="2025-10-06", where="Hội nghị (minh họa)")
    assert "5/QĐ" in desk.page("head", "oversight:all")
    assert "Hội nghị (minh họa)" in desk.page("head", "oversight:one", pk)


def test_the_key_of_one_form_does_not_answer_for_another(desk: Desk) -> None:
    bodies = desk.office.bodies
    first = {
        "proposer": str(bodies["ubnd"]), "body": "home", "decider": "ubnd", "form": "certificate",
        "about": "Việc (minh họa)", "grounds": "Đúng hạn (minh họa)", "key": "mot-khoa",
    }  # fmt: skip
    desk.send("chair", "oversight:propose", **first)
    other = {
        "title": "Phương án (minh họa)", "kind": "offices", "keeper": str(bodies["ubnd"]),
        "gatherer": str(bodies["home"]), "approver": str(bodies["party"]), "owners": "home",
        "key": "mot-khoa",
    }  # fmt: skip
    desk.send("chair", f"{R}make", status=409, **other)
    assert not Scheme.objects.exists()
    desk.send("chair", "oversight:propose", **first)  # the same form again: answered as before
    assert Commendation.objects.count() == 1
