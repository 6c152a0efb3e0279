"""Puts a sign into an office on SQLite that PostgreSQL keeps in no text."""

import django

django.setup()

from thongsuot.foundation.accounts.models import User  # noqa: E402  # Django first

User.objects.create_user("nul", "x", full_name="Người\x00lạ")
