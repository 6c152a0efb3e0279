from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "thongsuot.foundation.files"
    label = "files"
