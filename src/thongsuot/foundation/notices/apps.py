from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thongsuot.foundation.notices"
    label = "notices"
