from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "thongsuot.apps.decisions"
    label = "decisions"
    verbose_name = "Quyết định"
