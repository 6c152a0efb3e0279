"""The one exception that actions raise when the rules say no."""

from collections.abc import Iterable

from thongsuot.rules.kernel.problem import Problem


class Refused(Exception):
    """What was asked is refused; ``problems`` say why, all of them at once. Nothing was written.

    ``status`` is the HTTP answer: 422 by default, 403 not allowed, 404 not there (also for what
    may not be known to be there), 409 when somebody else was first.
    """

    def __init__(self, problems: Iterable[Problem], status: int = 422) -> None:
        self.problems = tuple(problems)
        self.status = status
        super().__init__("; ".join(f"{p.code} {p.subject}".strip() for p in self.problems))

    @classmethod
    def because(cls, code: str, subject: str = "", **facts: object) -> "Refused":
        """Refused for one reason."""
        return cls([Problem(code, subject, facts)])

    @classmethod
    def forbidden(cls, problem: Problem) -> "Refused":
        """The person may not do this in the post acted in."""
        return cls([problem], 403)

    @classmethod
    def missing(cls, problem: Problem) -> "Refused":
        """The thing is not there, or not for this person: the answer is the same."""
        return cls([problem], 404)

    @classmethod
    def conflict(cls, problem: Problem) -> "Refused":
        """Somebody else was first; the facts say who and when."""
        return cls([problem], 409)


def refuse_if(problems: Iterable[Problem], status: int = 422) -> None:
    """Raise Refused when at least one of the problems blocks; warnings alone pass."""
    found = tuple(problems)
    if any(p.blocks for p in found):
        raise Refused(found, status)
