from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    name = "thongsuot.apps.authority"
    label = "authority"
    verbose_name = "Thẩm quyền"
