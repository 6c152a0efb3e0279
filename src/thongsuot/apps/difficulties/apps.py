from django.apps import AppConfig


class DifficultiesConfig(AppConfig):
    name = "thongsuot.apps.difficulties"
    label = "difficulties"
    verbose_name = "Vướng mắc"
