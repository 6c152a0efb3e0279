from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "thongsuot.apps.demo"
    label = "demo"
