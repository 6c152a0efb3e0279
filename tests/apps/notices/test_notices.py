"""Notices: told in the transaction, mailed after it, one mail a day, nothing said too loud."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.foundation.notices import actions, calendar, mail, queries
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, Way, register
from thongsuot.foundation.notices.models import Notice, Rest, Wish

# Tuesday 24/06/2025, 09:00 in Hà Nội: a working day, outside every quiet hour.
MORNING = datetime(2025, 6, 24, 2, tzinfo=UTC)
register(
    [
        Kind("test.daily", "Việc hằng ngày"),
        Kind("test.urgent", "Việc gấp", way=Way.AT_ONCE),
        Kind("test.secret", "Việc mật", quiet=True),
        Kind("test.site", "Chỉ trong hệ thống", way=Way.SITE),
    ]
)


@pytest.fixture
def lan(db) -> User:
    return User.objects.create_user(
        "lan", "một hai ba bốn", full_name="Trần Thị Lan", email="lan@example.vn"
    )


@pytest.fixture
def minh(db) -> User:
    return User.objects.create_user(
        "minh", "một hai ba bốn", full_name="Nguyễn Văn Minh", email="minh@example.vn"
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_each_person_is_told_once_in_the_same_transaction(lan: User, minh: User) -> None:
    assert tell([lan.pk, minh.pk, lan.pk], "test.daily", "Có  biên bản\nmới", "/bb/1/") == 2
    assert Notice.objects.get(user=lan).title == "Có biên bản mới"
    with transaction.atomic():
        tell([lan.pk], "test.daily", "bị hủy")
        transaction.set_rollback(True)
    assert queries.unread_count(lan.pk) == 1


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_a_notice_never_leads_out_of_the_site(lan: User, url: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        tell([lan.pk], "test.daily", "x", url)


def test_an_unregistered_kind_is_a_mistake_of_ours(lan: User) -> None:
    with pytest.raises(LookupError):
        tell([lan.pk], "test.nobody", "x")


def test_telling_many_people_takes_few_queries(db, django_assert_max_num_queries) -> None:
    people = [User.objects.create_user(f"u{n}", None, full_name=f"Người {n}").pk for n in range(60)]
    with django_assert_max_num_queries(3):
        assert tell(people, "test.daily", "Chung") == 60


def test_seventy_nine_notices_are_one_mail(lan: User) -> None:
    for n in range(79):
        tell([lan.pk], "test.daily", f"Việc số {n}", f"/viec/{n}/", body="nội dung dự thảo")
    assert mail.digest_due(MORNING) == [lan.pk]
    assert mail.send_digest(lan.pk, MORNING)
    assert len(outbox.outbox) == 1
    letter = outbox.outbox[0]
    assert letter.to == ["lan@example.vn"]
    assert "79" in letter.subject
    assert "http://127.0.0.1:8000/viec/0/" in letter.body
    assert "và 64 mục nữa" in letter.body
    assert "nội dung dự thảo" not in letter.body
    assert not mail.send_digest(lan.pk, MORNING + timedelta(hours=2))
    assert mail.digest_due(MORNING + timedelta(days=1)) == []


def test_a_quiet_kind_is_counted_and_never_named(lan: User) -> None:
    tell([lan.pk], "test.secret", "Kỷ luật ông A", "/mat/1/")
    mail.send_digest(lan.pk, MORNING)
    body = outbox.outbox[0].body
    assert "Việc mật (1)" in body
    assert "Kỷ luật" not in body
    assert "/mat/1/" not in body


def test_what_was_read_or_belongs_to_the_site_only_is_not_mailed(lan: User) -> None:
    tell([lan.pk], "test.site", "Chỉ trong hệ thống")
    tell([lan.pk], "test.daily", "Đã đọc")
    actions.open_notice(Notice.objects.get(title="Đã đọc").pk, user=lan.pk, at=MORNING)
    assert not mail.send_digest(lan.pk, MORNING)
    assert outbox.outbox == []


def test_the_digest_waits_for_its_hour_and_for_a_working_day(lan: User) -> None:
    tell([lan.pk], "test.daily", "Việc")
    assert mail.digest_due(MORNING - timedelta(hours=2)) == []  # 07:00, the digest goes at 07:30
    saturday, tet = datetime(2025, 6, 28, 2, tzinfo=UTC), datetime(2025, 1, 29, 2, tzinfo=UTC)
    assert mail.digest_due(saturday) == []
    assert mail.digest_due(tet) == []
    assert not calendar.is_working_day(tet.date())
    Rest.objects.create(user=lan, working_days_only=False)
    assert mail.digest_due(saturday) == [lan.pk]


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("18:59", False), ("19:00", True), ("23:59", True), ("00:00", True), ("07:00", False)],
)
def test_quiet_hours_pass_midnight_and_end_before_their_end(clock: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    at = datetime(2025, 6, 24, hour, minute, tzinfo=UTC)
    assert calendar.is_quiet(at, time(19), time(7)) is quiet


def test_hours_that_are_equal_mean_never_quiet() -> None:
    assert not calendar.is_quiet(MORNING, time(0), time(0))


def test_urgent_mail_goes_after_the_commit_and_only_once(lan: User) -> None:
    Rest.objects.create(user=lan, quiet_from=time(0), quiet_to=time(0), working_days_only=False)
    tell([lan.pk], "test.urgent", "Tranh chấp 1 mục", "/muc/1/")
    assert outbox.outbox == []
    run_pending()
    assert len(outbox.outbox) == 1
    tell([lan.pk], "test.daily", "Thường")
    run_pending()
    assert len(outbox.outbox) == 1


def test_urgent_mail_in_the_quiet_hours_waits_for_the_digest(lan: User) -> None:
    tell([lan.pk], "test.urgent", "Đêm khuya")
    night = datetime(2025, 6, 23, 16, tzinfo=UTC)  # 23:00 in Hà Nội
    assert not mail.send_at_once(lan.pk, night)
    assert mail.send_digest(lan.pk, MORNING)
    assert "Đêm khuya" in outbox.outbox[0].body


def test_a_person_may_choose_another_way(lan: User, minh: User) -> None:
    Wish.objects.create(user=lan, kind="test.urgent", way=Way.SITE)
    tell([lan.pk, minh.pk], "test.urgent", "Gấp")
    assert Job.objects.get().args == {"users": [minh.pk]}
    assert queries.unread_count(lan.pk) == 1


def test_a_mail_server_that_is_away_costs_no_notice(lan: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    tell([lan.pk], "test.daily", "Việc")
    with pytest.raises(OSError):  # noqa: PT011  # whatever the network says
        mail.send_digest(lan.pk, MORNING)
    assert mail.digest_due(MORNING) == [lan.pk]


def test_the_command_says_when_no_mail_server_is_set(lan: User, settings, capsys) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell([lan.pk], "test.daily", "Việc")
    call_command("send_digests")
    assert "THONGSUOT_SMTP_HOST" in capsys.readouterr().out
    assert Notice.objects.filter(emailed_at=None).count() == 1


def test_the_command_fails_loudly_when_the_server_refuses(lan: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    Rest.objects.create(
        user=lan, quiet_from=time(0), quiet_to=time(0), digest_at=time(0), working_days_only=False
    )
    tell([lan.pk], "test.daily", "Việc")
    with pytest.raises(CommandError):
        call_command("send_digests")


def test_the_list_shows_ones_own_notices_and_opening_marks_them(lan: User, minh: User) -> None:
    tell([lan.pk], "test.daily", "Biên bản <b>12</b>", "/bb/12/")
    tell([minh.pk], "test.daily", "Của anh Minh")
    client = signed_in(lan)
    page = client.get("/thong-bao/").content.decode()
    assert "Biên bản &lt;b&gt;12&lt;/b&gt;" in page
    assert "Của anh Minh" not in page
    mine, his = Notice.objects.get(user=lan), Notice.objects.get(user=minh)
    assert client.get(f"/thong-bao/{mine.pk}/mo/").status_code == 405
    assert client.post(f"/thong-bao/{mine.pk}/mo/").headers["Location"] == "/bb/12/"
    assert client.post(f"/thong-bao/{his.pk}/mo/").status_code == 404
    assert queries.unread_count(lan.pk) == 0
    assert "Biên bản" not in client.get("/thong-bao/?chua-doc=1").content.decode()


def test_read_all_leaves_what_came_since_the_page_was_drawn(lan: User) -> None:
    tell([lan.pk], "test.daily", "Cũ")
    seen = Notice.objects.get().pk
    tell([lan.pk], "test.daily", "Mới tới")
    client = signed_in(lan)
    client.post("/thong-bao/da-doc/", {"up_to": str(seen)})
    assert queries.unread_count(lan.pk) == 1
    client.post("/thong-bao/da-doc/", {"up_to": "9" * 40})
    assert queries.unread_count(lan.pk) == 0
    assert client.post("/thong-bao/da-doc/", {"up_to": "x"}).status_code == 302


def test_the_newest_notice_is_named_plainly_however_many_there_were(lan: User) -> None:
    Notice.objects.create(pk=1_234_567, user=lan, kind="test.daily", title="Việc", at=MORNING)
    assert 'name="up_to" value="1234567"' in signed_in(lan).get("/thong-bao/").content.decode()


def test_the_choices_are_kept(lan: User) -> None:
    client = signed_in(lan)
    sent = {f"kind_test_{n}": "digest" for n in ("daily", "secret", "site")}
    sent |= {"quiet_from": "18:00", "quiet_to": "06:30", "digest_at": "08:15"}
    for kind in (k for k in queries.ways_of(lan.pk) if not k.startswith("test.")):
        sent["kind_" + kind.replace(".", "_").replace("-", "_")] = "site"
    wrong = client.post("/thong-bao/cach-nhan/", sent | {"kind_test_urgent": "bồ câu"})
    assert wrong.status_code == 422
    assert (
        client.post("/thong-bao/cach-nhan/", sent | {"kind_test_urgent": "site"}).status_code == 302
    )
    assert queries.ways_of(lan.pk)["test.urgent"] == Way.SITE
    rest = queries.rest_of(lan.pk)
    assert (rest.quiet_from, rest.digest_at, rest.working_days_only) == (
        time(18), time(8, 15), False,
    )  # fmt: skip
    assert "08:15" in client.get("/thong-bao/cach-nhan/").content.decode()


def test_a_stranger_must_sign_in(db) -> None:
    for path in ("/thong-bao/", "/thong-bao/cach-nhan/"):
        assert Client().get(path).status_code == 302


def test_the_work_of_the_system_is_not_among_what_a_person_asked_for(lan: User) -> None:
    tell([lan.pk], "test.urgent", "Tranh chấp")
    assert Job.objects.get().kind == "notices.mail"
    assert "Gửi thư" not in signed_in(lan).get("/cong-viec/").content.decode()
