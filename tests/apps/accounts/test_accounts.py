"""Accounts: guessing is slowed, the owner is not locked out, tokens are hashes bound to a post."""

from datetime import UTC, datetime, timedelta

import pytest

from thongsuot.foundation.accounts import actions, throttle, tokens
from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Hat, Role

NOON = datetime(2025, 6, 24, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def lan() -> tuple[User, Actor]:
    user = User.objects.create_user("lan", "mot-mat-khau-dai", full_name="Trần Thị Lan")
    hat = Hat(
        appointment=11, role=Role.CLERK, post="Văn thư", body=1, body_name="UBND quận Hà Đông"
    )
    return user, Actor(user=user.pk, name=user.full_name, hats=(hat,), hat=hat)


def test_a_thousand_guesses_are_checked_ten_times() -> None:
    checked = 0
    for n in range(1000):
        at = NOON + timedelta(milliseconds=n)
        if throttle.may_try("lan", f"10.0.{n % 200}.1", at, known_device=False):
            checked += 1
            throttle.note_failure("lan", f"10.0.{n % 200}.1", at)
    assert checked == throttle.CHECKED_PER_ACCOUNT


def test_the_owner_still_gets_in_from_a_known_device() -> None:
    for _ in range(20):
        throttle.note_failure("lan", "203.0.113.9", NOON)
    assert not throttle.may_try("lan", "10.1.1.1", NOON, known_device=False)
    assert throttle.may_try("lan", "10.1.1.1", NOON, known_device=True)


def test_waiting_opens_the_door_again() -> None:
    for _ in range(20):
        throttle.note_failure("lan", "10.1.1.1", NOON)
    later = NOON + throttle.WINDOW + timedelta(seconds=1)
    assert throttle.may_try("lan", "10.1.1.1", later, known_device=False)


def test_a_new_password_follows_the_policy_and_is_on_the_trail() -> None:
    user, actor = lan()
    with pytest.raises(Refused) as caught:
        actions.change_password(Act(by=actor, key="a", at=NOON), old="sai", new="12345")
    codes = [p.code for p in caught.value.problems]
    assert "accounts.old-password" in codes
    assert "accounts.weak-password" in codes
    actions.change_password(
        Act(by=actor, key="b", at=NOON), old="mot-mat-khau-dai", new="ban-giao-khong-sot"
    )
    user.refresh_from_db()
    assert user.check_password("ban-giao-khong-sot")
    entry = Entry.objects.get(act="accounts.password-changed")
    assert (entry.before, entry.after) == (None, None)


def test_a_token_is_kept_as_a_hash_for_a_post_that_is_held() -> None:
    _, actor = lan()
    secret = tokens.new_secret()
    given = {
        "name": "Máy chủ một cửa",
        "secret_hash": tokens.hash_of(secret),
        "prefix": secret[:8],
        "days": 30,
        "write": False,
    }
    with pytest.raises(Refused):
        tokens.make_token(Act(by=actor, key="x", at=NOON), appointment=99, **given)
    made = tokens.make_token(Act(by=actor, key="y", at=NOON), appointment=11, **given)
    assert secret not in str(ApiToken.objects.values().get())
    found = tokens.token_for(secret, NOON)
    assert found is not None
    assert found.pk == made["id"]
    assert tokens.token_for(secret, NOON + timedelta(days=31)) is None
    tokens.revoke_token(Act(by=actor, key="z", at=NOON), token_id=found.pk)
    assert tokens.token_for(secret, NOON) is None
