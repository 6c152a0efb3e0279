from django.apps import AppConfig

from thongsuot.foundation import wording
from thongsuot.foundation.accounts.messages import SENTENCES


class AccountsConfig(AppConfig):
    name = "thongsuot.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        wording.register(SENTENCES)
