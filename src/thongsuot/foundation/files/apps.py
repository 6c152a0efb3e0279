from django.apps import AppConfig

from thongsuot.foundation import wording
from thongsuot.foundation.files.messages import SENTENCES
from thongsuot.foundation.trail import guard


class FilesConfig(AppConfig):
    name = "thongsuot.foundation.files"
    label = "files"

    def ready(self) -> None:
        wording.register(SENTENCES)
        guard.append_only("files_storedfile", ("id", "sha256"))
