"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
application = get_wsgi_application()

from thongsuot.foundation.jobs import worker  # noqa: E402  # its tables exist only now

worker.begin()
