from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "thongsuot.apps.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"
