from django.apps import AppConfig
from django.conf import settings

from thongsuot.apps.demo import story_day
from thongsuot.foundation import clock


class DemoConfig(AppConfig):
    name = "thongsuot.apps.demo"
    label = "demo"

    def ready(self) -> None:
        if settings.DEMO:  # tests keep the wall clock
            clock.follow(story_day.current)
