"""The one settings file. What differs between machines comes from environment.py."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.csp import CSP

from config import database, logs, mail
from config.environment import environment
from config.secret import secret_key

django_stubs_ext.monkeypatch()  # lets Django's generic classes be written with their types at run time

ROOT = Path(__file__).resolve().parent.parent
HOME = environment.home
DEMO = environment.demo
PACK = environment.pack
STEP_UP = environment.step_up
LOG_KEY = Path(environment.log_key) if environment.log_key else HOME / "keys" / "log-key"
SEAL_KEY = Path(environment.seal_key) if environment.seal_key else HOME / "keys" / "seal-key"
PERSONAL_KEYS = SEAL_KEY.parent / "people"
LOG_STRICT = environment.log_strict
PUBLIC_URL = environment.public_url
SECURE = environment.https and not DEMO
"""Whether residents reach us over TLS: then cookies and headers insist on it."""

SECRET_KEY = environment.secret_key or secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = environment.allowed_hosts
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "wanowa.web.staff.Staff",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "wanowa.web",
    "wanowa.record",
    "wanowa.search",
    "wanowa.guideline",
    "wanowa.people",
    "wanowa.parties",
    "wanowa.collaborations",
    "wanowa.activities",
    "wanowa.contributions",
    "wanowa.talent",
    "wanowa.exchange",
    "wanowa.progress",
    "wanowa.evaluations",
    "wanowa.introductions",
    "wanowa.proposals",
    "wanowa.consultations",
    "wanowa.papers",
    "wanowa.notices",
    "wanowa.opendata",
    "wanowa.home",
    "wanowa.cli",
]
FORM_RENDERER = "wanowa.web.widgets.Renderer"
MIDDLEWARE = [
    "wanowa.web.arrival.Arrival",  # first: it looks at the clock
    "wanowa.web.caching.PageCache",
    "wanowa.web.languages.Language",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wanowa.web.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wanowa.web.middleware.Problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wanowa.people.views.look.Speaking",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wanowa.people.views.gate.SecondFactor",
    "wanowa.people.views.sent.DraftsSent",
    "django_htmx.middleware.HtmxMiddleware",
    "wanowa.web.idempotency.Idempotency",  # last: it runs the view
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wanowa.guideline.views.city",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]

DATABASES = {"default": database.settings(environment)}
DATABASE_APP_ROLE = database.app_role(environment)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
SESSION_ENGINE = "wanowa.people.models"
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
ACCOUNT_ADAPTER = "wanowa.people.views.adapter.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_METHODS = {"email"}
# One address may stand for a whole city hall or school: generous for addresses of machines, strict for mail.
ACCOUNT_RATE_LIMITS = {"signup": "120/m/ip", "request_login_code": "120/m/ip,3/m/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "wanowa.people.forms.NameForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6}
MFA_ADAPTER = "wanowa.people.views.adapter.SecondFactorAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "わのわ"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_WEBAUTHN_USER_VERIFICATION = "required"

LANGUAGE_CODE = "ja"
LANGUAGES = [
    ("ja", "日本語"),
    ("ja-simple", "やさしい日本語"),
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("ko", "한국어"),
    ("vi", "Tiếng Việt"),
]
LOCALE_PATHS = [ROOT / "wanowa" / floor / "locale" for floor in ("kernel", "press")]  # no apps of Django's
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# Static files. `demo` and `serve` collect and compress them once into HOME and tell their web workers so;
# everybody else (tests, Django's own commands) takes the files of the apps as they lie there.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = not environment.static_built
STORAGES = {
    "default": {"BACKEND": "wanowa.kernel.files.DurableStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if environment.static_built
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

MAILERS = {"default": mail.mailer("" if DEMO else environment.smtp_url)}  # the demo's people do not exist
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.mail_from

LOGGING = logs.configuration(environment.log_format)
LOGGING_CONFIG = "config.logs.configure"

# Nothing from elsewhere, nothing inline: every style and script is a file of ours.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wanowa.web.problems.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = SECURE, True, "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
BEHIND_PROXY = environment.behind_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.behind_proxy else None
