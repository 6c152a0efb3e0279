from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "thongsuot.apps.desk"
    label = "desk"
