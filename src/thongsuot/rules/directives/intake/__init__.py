"""The intake: from the prose of conclusions, notices and news to drafts of duties.

``extract`` is the one door. It reads; a person decides what becomes a duty.
"""

from thongsuot.rules.directives.intake.draft import KEYS, RHYTHMS, Draft, Names
from thongsuot.rules.directives.intake.extract import extract

__all__ = ["KEYS", "RHYTHMS", "Draft", "Names", "extract"]
