"""The intake: from the prose of conclusions, notices and news to drafts of duties.

``extract`` reads with our rules; ``checked`` takes what another reader claims, as far as it
holds. A person decides what becomes a duty.
"""

from thongsuot.rules.directives.intake.claims import checked
from thongsuot.rules.directives.intake.dating import written_on
from thongsuot.rules.directives.intake.draft import KEYS, RHYTHMS, Draft, Names
from thongsuot.rules.directives.intake.extract import extract

__all__ = ["KEYS", "RHYTHMS", "Draft", "Names", "checked", "extract", "written_on"]
