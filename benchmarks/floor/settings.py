"""The barest settings: no middleware, no session, one table app, connections that stay open."""

import os

SECRET_KEY = "nothing here is secret"  # noqa: S105 - it signs nothing
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["benchmarks.floor"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.floor.views"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["FLOOR_DATABASE"],
        "HOST": os.environ["FLOOR_SOCKETS"],
        "USER": os.environ["FLOOR_USER"],
        "CONN_MAX_AGE": None,
    }
}
