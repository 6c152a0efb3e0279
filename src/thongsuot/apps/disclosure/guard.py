"""What the database refuses: changing or losing a line that the public was told."""

from thongsuot.foundation.trail import guard


def declare() -> None:
    """Register the triggers."""
    for table in ("disclosure_contact", "disclosure_matter"):
        guard.append_only(table)
