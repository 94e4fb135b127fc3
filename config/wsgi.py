"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402 - settings are read only now

from wanowa.kernel.clock import platform  # noqa: E402 - same
from wanowa.record.queries import clock  # noqa: E402 - tables can be imported only now
from wanowa.web.caching import register_clock  # noqa: E402 - same

# Only a process that serves pages keeps them: tests, commands and the worker always ask the database.
clock.allow()
register_clock(clock.read)
platform.follow()
connection.close()  # a page takes its own from the pool
