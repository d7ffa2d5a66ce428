"""Django settings. Everything that differs between installations comes from the environment or the home folder.

`customerfile` (the command) starts the database and sets CUSTOMERFILE_CONNECTION before this module is read.
"""

import os
from pathlib import Path

from customerfile.access.provider_settings import provider_settings
from customerfile.config.database import database_settings
from customerfile.config.secrets import secret_key

CONNECTION = (
    os.environ.get("CUSTOMERFILE_CONNECTION") or os.environ.get("DATABASE_URL") or "dbname=customerfile"
)

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("CUSTOMERFILE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CUSTOMERFILE_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    # the page that describes the interface; a command that serves no pages would wait a third of a second for it
    *(["ninja"] if os.environ.get("CUSTOMERFILE_PAGES") else []),
    "customerfile.audit.apps.AuditConfig",
    "customerfile.vault.apps.VaultConfig",
    "customerfile.access.apps.AccessConfig",
    "customerfile.webhooks.apps.WebhooksConfig",
    "customerfile.definition.apps.DefinitionConfig",
    "customerfile.sources.apps.SourcesConfig",
    "customerfile.customers.apps.CustomersConfig",
    "customerfile.timeline.apps.TimelineConfig",
    "customerfile.holdings.apps.HoldingsConfig",
    "customerfile.quality.apps.QualityConfig",
    "customerfile.web.apps.WebConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "customerfile.web.middleware.CompressedPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "customerfile.web.live_session.LiveSessionMiddleware",
    "customerfile.web.reading.ReaderLanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "customerfile.web.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "customerfile.config.urls"
WSGI_APPLICATION = "customerfile.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "customerfile.web.permissions.may",
            ],
        },
    }
]

DATABASES = {"default": database_settings(CONNECTION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# A sorted file of SHA-1 digests, such as Pwned Passwords, beside the lists that ship: see docs/how-to/sign-in.md
BREACHED_PASSWORDS = (
    Path(os.environ["CUSTOMERFILE_BREACHED_PASSWORDS"])
    if os.environ.get("CUSTOMERFILE_BREACHED_PASSWORDS")
    else None
)
SIGN_IN_PROVIDER = provider_settings(os.environ)
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("CUSTOMERFILE_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

LANGUAGE_CODE = "en"
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "web" / "locale"]  # our own words before Django's
TIME_ZONE = os.environ.get("CUSTOMERFILE_TIME_ZONE", "UTC")
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).resolve().parent.parent / "web" / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"  # browsers keep every file: its address changes with it
STORAGES = {"staticfiles": {"BACKEND": "customerfile.web.static_files.VersionedStaticFiles"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
API_CALLS_PER_MINUTE = int(os.environ.get("CUSTOMERFILE_CALLS_PER_MINUTE", "30000"))  # of each token
WEBHOOK_PRIVATE = os.environ.get("CUSTOMERFILE_WEBHOOK_PRIVATE", "")  # hosts and networks of one's own
KEEP_READS_MONTHS = os.environ.get("CUSTOMERFILE_KEEP_READS_MONTHS", "12")  # of the ledger of who saw whom
KEEP_CHANGES_MONTHS = os.environ.get("CUSTOMERFILE_KEEP_CHANGES_MONTHS", "120")  # of who did what
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a file of 3,000 columns is mapped in one form
UPLOAD_MEGABYTES = int(os.environ.get("CUSTOMERFILE_UPLOAD_MEGABYTES", "100"))  # of a file handed in
EXPORT_NOTICE_ABOVE = int(os.environ.get("CUSTOMERFILE_EXPORT_NOTICE_ABOVE", "1000"))  # others are told of
READS_NOTICE_ABOVE = int(os.environ.get("CUSTOMERFILE_READS_NOTICE_ABOVE", "2000"))  # seen in an hour
EXPORT_REASON_ABOVE = os.environ.get("CUSTOMERFILE_EXPORT_REASON_ABOVE", "10000")  # leave in one file

# Values of customers never reach a log: errors are logged without their messages, requests without what was asked.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "customerfile.config.logs.ValuelessFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
