from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thongsuot.foundation.ui"
    label = "ui"
