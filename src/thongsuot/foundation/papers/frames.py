"""What every ready paper has in common, whatever it is about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from thongsuot.foundation.papers.values import (
    NOT_VERIFIED,
    Annex,
    Letterhead,
    Paper,
    Section,
    Signatory,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Head, legal bases, recipients, marks and check line of a paper that is still to be built.

    Shapes: ``subject`` empty takes the usual subject of that kind of paper.
    """

    letterhead: Letterhead
    subject: str = ""
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    verification: Verification = NOT_VERIFIED
    secrecy: Literal["", "MẬT", "TỐI MẬT", "TUYỆT MẬT"] = ""
    urgency: Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"] = ""
    demo: bool = False
    made_at: datetime | None = None

    def paper(
        self,
        kind: str,
        subject: str,
        sections: tuple[Section, ...],
        signatories: tuple[Signatory, ...],
        *,
        annexes: tuple[Annex, ...] = (),
        landscape: bool = False,
    ) -> Paper:
        """The paper of that kind inside this frame."""
        return Paper(
            letterhead=self.letterhead,
            kind=kind,
            subject=self.subject or subject,
            sections=sections,
            bases=self.bases,
            signatories=signatories,
            recipients=self.recipients,
            annexes=annexes,
            verification=self.verification,
            secrecy=self.secrecy,
            urgency=self.urgency,
            demo=self.demo,
            landscape=landscape,
            made_at=self.made_at,
        )
