from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "thongsuot.foundation.jobs"
    label = "jobs"
