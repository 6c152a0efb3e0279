from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "thongsuot.foundation.trail"
    label = "trail"
