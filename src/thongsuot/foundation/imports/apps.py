from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "thongsuot.foundation.imports"
    label = "imports"
