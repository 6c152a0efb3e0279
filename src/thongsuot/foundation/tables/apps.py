from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "thongsuot.foundation.tables"
    label = "tables"
