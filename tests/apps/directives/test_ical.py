"""What calendar programs are given: moments without length, whole days, no sign that breaks a line."""

from datetime import UTC, datetime

from thongsuot.apps.directives.ical import Event, text_of

NOON = datetime(2025, 9, 26, 5, 0, tzinfo=UTC)


def lines(*events: Event) -> list[str]:
    text = text_of(events, NOON, "vi-du.vn:8000", "https://vi-du.vn")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_what_is_due_is_a_moment_and_a_session_takes_its_day() -> None:
    late = datetime(2025, 9, 26, 17, 30, tzinfo=UTC)  # half past midnight of the 27th here
    found = lines(
        Event("duty-1", NOON, "Hạn: việc", url="/nhiem-vu/1/"),
        Event("meeting-1", late, "Buổi làm việc", whole=True),
    )
    assert "DTSTART:20250926T050000Z" in found
    assert "DTSTART;VALUE=DATE:20250927" in found
    assert "URL:https://vi-du.vn/nhiem-vu/1/" in found
    assert not any(line.startswith("DTEND") for line in found)


def test_nothing_that_people_type_becomes_a_line_of_its_own() -> None:
    wild = "Rà soát; trụ sở\r\nATTACH:https://ac.vn\x0b\x1b\x85\u2028<b>x</b>, \\n " + "dài " * 60
    found = lines(Event("duty-1", NOON, wild, wild))
    assert not any(line.startswith("ATTACH") for line in found)
    (said,) = [line for line in found if line.startswith("SUMMARY")]
    assert "Rà soát\\; trụ sở\\nATTACH:https://ac.vn<b>x</b>\\, \\\\n dài" in said
    assert said.removeprefix("SUMMARY:").replace("\\", "").isprintable()
