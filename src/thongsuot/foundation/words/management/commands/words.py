"""Make the indexes of words anew, or compare them with the rows."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from thongsuot.foundation.words import index


class Command(BaseCommand):
    """Without an option: fill every index anew."""

    help = (
        "Lập lại chỉ mục tìm theo từ; --check chỉ đối chiếu với dữ liệu. / "
        "Make the word indexes anew; --check only compares them with the rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--check``."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        """Do it and say which indexes there are. Raises CommandError for what does not fit."""
        if options["check"]:
            found = list(index.faults())
            if found:
                raise CommandError("\n".join(found))
            self.stdout.write("khớp / they fit")
            return
        made = index.rebuild()
        for one in made:
            self.stdout.write(one.name)
        for one in index.all_of():
            if one not in made:
                self.stdout.write(f"{one.name}: không lập được / could not be made")
