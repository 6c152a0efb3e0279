from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "thongsuot.apps.directives"
    label = "directives"
    verbose_name = "Nhiệm vụ"
