"""What is done with accounts."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def change_password(act: Act, *, old: str, new: str) -> User:
    """Change one's own password; every other session of the account ends.

    Passwords are checked here and only their change is recorded: neither goes into the trail.
    Raises Refused when the old one is wrong or the new one breaks the policy.
    """
    user = User.objects.get(pk=act.by.user)
    problems = []
    if not user.check_password(old):
        problems.append(Problem("accounts.old-password"))
    try:
        validate_password(new, user)
    except ValidationError as error:
        problems.extend(
            Problem("accounts.weak-password", facts={"why": text}) for text in error.messages
        )
    if problems:
        raise Refused(problems)
    user.set_password(new)
    user.must_change_password = False
    _record_change(act, hashed=user.password)
    user.refresh_from_db()
    return user


@action("accounts.password-changed")
def _record_change(act: Act, *, hashed: str) -> Result:
    User.objects.filter(pk=act.by.user).update(password=hashed, must_change_password=False)
    act.record(chain="accounts", subject=Ref("user", act.by.user))
    return {"id": act.by.user}
