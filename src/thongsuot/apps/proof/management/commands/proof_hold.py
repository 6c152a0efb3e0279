"""Keep a checkpoint that a witness or a printed paper holds, so that ``thongsuot verify`` compares with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.apps.proof import held
from thongsuot.apps.proof.models import OfficeKey
from thongsuot.rules.proof.checkpoint import NotANote, Note, read_checkpoint, read_key, read_note


class Command(BaseCommand):
    """Reads a note signed by this office and keeps it beside the key."""

    help = "Giữ một điểm kiểm tra do nơi khác đưa lại. / Keep a checkpoint that somebody else held."

    def add_arguments(self, parser: CommandParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        """Keep it when it is ours; leaves with an error otherwise."""
        path = options["file"]
        assert isinstance(path, Path)
        try:
            note = read_note(path.read_text(encoding="utf-8"))
            mark = read_checkpoint(note)
        except (NotANote, OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: không phải điểm kiểm tra / no checkpoint") from error
        if not _ours(note, mark.origin):
            raise CommandError(
                f"{mark.origin}: không do cơ quan này ký / not signed by this office"
            )
        held.hold(note)
        self.stdout.write(f"{mark.origin} {mark.size}")


def _ours(note: Note, origin: str) -> bool:
    rows = OfficeKey.objects.values_list("key", flat=True)
    return any(
        key.speaks_for(origin) and note.signed_by(key.under(origin)) for key in map(read_key, rows)
    )
