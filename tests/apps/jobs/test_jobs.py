"""Long work: after the commit, once, watched by its owner, honest when it is interrupted."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.jobs import board, queries, running, worker
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.jobs.models import Job, State
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.refusal import Refused

inside, may_go = threading.Event(), threading.Event()


@job("test.counts", title="Đếm", heavy=False)
def counts(progress: Progress, *, to: int) -> dict[str, object]:
    for n in range(to):
        progress.step(n + 1, to, f"dòng {n + 1}")
    return {"url": "/ket-qua/"}


@job("test.refused", title="Bị từ chối")
def refused(progress: Progress) -> None:
    raise Refused.because("jobs.no-file", "12")


@job("test.breaks", title="Hỏng")
def breaks(progress: Progress) -> None:
    raise ZeroDivisionError


@job("test.unfit", title="Kết quả không lưu được")
def unfit(progress: Progress) -> dict[str, object]:
    return {"at": timezone.now()}


@job("test.again", title="Chạy lại được", repeatable=True)
def again(progress: Progress) -> None:
    progress.step(1)


@job("test.long", title="Giữ khóa ghi")
def long(progress: Progress, *, row: int) -> dict[str, object]:
    with transaction.atomic():
        User.objects.filter(pk=row).update(full_name="Đang ghi")
        progress.step(5, 10, "nửa chừng")
        inside.set()
        assert may_go.wait(20)
        User.objects.filter(pk=row).update(full_name="Đã ghi")
    return {}


@pytest.fixture
def lan(db) -> User:
    return User.objects.create_user("lan", "một hai ba bốn", full_name="Trần Thị Lan")


@pytest.fixture
def minh(db) -> User:
    return User.objects.create_user("minh", "một hai ba bốn", full_name="Nguyễn Văn Minh")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_job_runs_once_and_its_result_is_kept(lan: User) -> None:
    asked = start("test.counts", owner=lan.pk, to=3)
    assert running.run_pending() == 1
    assert running.run_pending() == 0
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.total) == (State.DONE, 3, 3)
    assert asked.result == {"url": "/ket-qua/"}
    assert board.note(asked.pk) is None


def test_a_transaction_taken_back_takes_its_job_back(lan: User) -> None:
    with transaction.atomic():
        start("test.counts", owner=lan.pk, to=3)
        transaction.set_rollback(True)
    assert running.run_pending() == 0


def test_a_kind_that_no_room_declared_is_never_queued(lan: User) -> None:
    with pytest.raises(LookupError):
        start("test.nobody", owner=lan.pk)


def test_a_refusal_is_shown_in_its_own_words(lan: User) -> None:
    asked = start("test.refused", owner=lan.pk)
    running.run_pending()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "Việc số 12" in asked.message


@pytest.mark.parametrize("kind", ["test.breaks", "test.unfit"])
def test_a_mistake_of_ours_is_owned_and_never_left_running(lan: User, kind: str) -> None:
    asked = start(kind, owner=lan.pk)
    with pytest.raises((ZeroDivisionError, TypeError)):
        running.run_pending()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert f"số việc {asked.pk}" in asked.message


def test_only_one_heavy_job_runs_at_a_time_and_light_ones_pass_it(lan: User) -> None:
    now = timezone.now()
    first = start("test.again", owner=lan.pk)
    start("test.again", owner=lan.pk)
    light = start("test.counts", owner=lan.pk, to=1)
    taken = running.claim("a", now)
    assert taken is not None
    assert taken.pk == first.pk
    assert running.claim("b", now, heavy=True) is None
    passed = running.claim("b", now)
    assert passed is not None
    assert passed.pk == light.pk
    for claimed in (taken, passed):
        running.finish(claimed, running.Outcome(State.DONE), now)
    assert running.claim("b", now, heavy=True) is not None
    board.forget(first.pk + 1)


def test_a_silent_worker_is_given_up_and_what_may_be_repeated_queues_again(lan: User) -> None:
    now = timezone.now()
    again_, once = start("test.again", owner=lan.pk), start("test.counts", owner=lan.pk, to=1)
    for asked in (again_, once):
        running.claim("dead", now, heavy=asked.heavy)
        board.forget(asked.pk)
    assert running.release(now + timedelta(minutes=1)) == 0
    assert running.release(now + timedelta(minutes=4)) == 2
    again_.refresh_from_db()
    once.refresh_from_db()
    assert again_.state == State.QUEUED
    assert once.state == State.FAILED
    assert "Máy chủ dừng giữa chừng" in once.message


def test_what_dies_three_times_is_not_tried_a_fourth_time(lan: User) -> None:
    asked, now = start("test.again", owner=lan.pk), timezone.now()
    for _ in range(3):
        assert running.claim("dead", now)
        board.forget(asked.pk)
        assert running.release(now, older=timedelta(0)) == 1
    asked.refresh_from_db()
    assert asked.state == State.FAILED


def test_a_job_running_in_this_process_is_never_given_up(lan: User) -> None:
    asked, now = start("test.again", owner=lan.pk), timezone.now()
    assert running.claim("alive", now)
    assert running.release(now + timedelta(days=1)) == 0
    board.forget(asked.pk)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_job_holds_the_write_lock(lan: User) -> None:
    inside.clear()
    may_go.clear()
    asked = start("test.long", owner=lan.pk, row=lan.pk)
    lane = worker.Lane(heavy=True)

    def work() -> None:
        try:
            lane.work_off()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        end = pool.submit(work)
        assert inside.wait(20)
        asked.refresh_from_db()
        standing = queries.standing(asked, timezone.now())
        assert (standing.done, standing.total, standing.message) == (5, 10, "nửa chừng")
        worker.copy_progress(asked)
        may_go.set()
        end.result(timeout=60)
    asked.refresh_from_db()
    lan.refresh_from_db()
    assert (asked.state, asked.done) == (State.DONE, 5)
    assert lan.full_name == "Đã ghi"


@pytest.mark.django_db(transaction=True)
def test_many_workers_never_do_the_same_job_twice(lan: User) -> None:
    for _ in range(12):
        start("test.counts", owner=lan.pk, to=1)

    def take(n: int) -> list[int]:
        mine = []
        try:
            while (taken := running.claim(f"w{n}", timezone.now(), heavy=False)) is not None:
                mine.append(taken.pk)
        finally:
            connection.close()
        return mine

    with ThreadPoolExecutor(6) as pool:
        taken = [pk for mine in pool.map(take, range(6)) for pk in mine]
    assert sorted(taken) == list(Job.objects.order_by("id").values_list("id", flat=True))
    for pk in taken:
        board.forget(pk)


def test_the_page_tells_how_it_stands_and_asks_again_until_it_ends(lan: User) -> None:
    asked, client = start("test.counts", owner=lan.pk, to=2), signed_in(lan)
    waiting = client.get(f"/cong-viec/{asked.pk}/").content.decode()
    assert "đang chờ" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "hx-get" in waiting
    assert "Có thể đóng trang này" in waiting
    running.run_pending()
    ended = client.get(f"/cong-viec/{asked.pk}/").content.decode()
    assert 'href="/ket-qua/"' in ended
    assert 'http-equiv="refresh"' not in ended
    part = client.get(f"/cong-viec/{asked.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="viec"')


def test_nobody_else_sees_a_job(lan: User, minh: User) -> None:
    asked = start("test.counts", owner=lan.pk, to=2)
    stranger = signed_in(minh)
    assert stranger.get(f"/cong-viec/{asked.pk}/").status_code == 404
    assert stranger.get(f"/cong-viec/{asked.pk}/tep/").status_code == 404
    assert "Đếm" not in stranger.get("/cong-viec/").content.decode()
    assert "Đếm" in signed_in(lan).get("/cong-viec/").content.decode()
    assert Client().get(f"/cong-viec/{asked.pk}/").status_code == 302


def test_the_file_a_job_made_is_a_caged_download(lan: User) -> None:
    asked = start("test.counts", owner=lan.pk, to=1)
    running.run_pending()
    client = signed_in(lan)
    assert client.get(f"/cong-viec/{asked.pk}/tep/").status_code == 404
    stored = keep(b"a;b\n", "a.csv", by=lan.pk)
    Job.objects.filter(pk=asked.pk).update(result={"file": stored.pk, "name": "Danh sách.csv"})
    response = client.get(f"/cong-viec/{asked.pk}/tep/")
    assert b"".join(response.streaming_content) == b"a;b\n"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_link_out_of_the_site_is_not_offered(lan: User) -> None:
    asked = start("test.counts", owner=lan.pk, to=1)
    running.run_pending()
    Job.objects.filter(pk=asked.pk).update(result={"url": "//evil.example/"})
    assert "evil" not in signed_in(lan).get(f"/cong-viec/{asked.pk}/").content.decode()


def test_a_guess_of_the_time_left_needs_something_to_guess_from(lan: User) -> None:
    asked = start("test.counts", owner=lan.pk, to=1)
    now = timezone.now()
    Job.objects.filter(pk=asked.pk).update(state="running", started_at=now, done=10, total=40)
    asked.refresh_from_db()
    assert queries.standing(asked, now).minutes_left is None
    assert queries.standing(asked, now + timedelta(minutes=1)).minutes_left == 3


def test_the_command_works_off_what_waits(lan: User, capsys) -> None:
    start("test.counts", owner=lan.pk, to=1)
    call_command("run_jobs")
    assert capsys.readouterr().out.startswith("1 ")
