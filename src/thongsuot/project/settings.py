"""One settings file; everything that differs between offices comes from the environment."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from thongsuot.project import engine, env

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.text("THONGSUOT_VAR", str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("THONGSUOT_DEBUG")
DEMO = env.flag("THONGSUOT_DEMO")
TESTING = env.flag("THONGSUOT_TESTING")


def _secret() -> str:
    """The key from the environment, else one made once and kept beside the data."""
    given = env.text("THONGSUOT_SECRET_KEY")
    if given:
        return given
    path = VAR / "secret-key"
    if not path.exists():
        _make_secret(path)
    return path.read_text(encoding="utf-8").strip()


def _make_secret(path: Path) -> None:
    """Whole, and readable by nobody else, from its first moment: two processes may begin at once."""
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)


SECRET_KEY = _secret()
ALLOWED_HOSTS = env.words(
    "THONGSUOT_HOSTS",
    "127.0.0.1,localhost,[::1],testserver" if DEMO or DEBUG or TESTING else "127.0.0.1,localhost",
)
CSRF_TRUSTED_ORIGINS = env.words("THONGSUOT_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "thongsuot.foundation.ui",
    "thongsuot.foundation.trail",
    "thongsuot.foundation.accounts",
    "thongsuot.foundation.files",
    "thongsuot.foundation.jobs",
    "thongsuot.foundation.words",
    "thongsuot.foundation.tables",
    "thongsuot.foundation.imports",
    "thongsuot.foundation.notices",
    "thongsuot.foundation.hooks",
    "thongsuot.apps.registry",
    "thongsuot.apps.handover",
    "thongsuot.apps.custody",
    "thongsuot.apps.guarding",
    "thongsuot.apps.digitising",
    "thongsuot.apps.continuity",
    "thongsuot.apps.proof",
    "thongsuot.apps.settling",
    "thongsuot.apps.authority",
    "thongsuot.apps.procedures",
    "thongsuot.apps.directives",
    "thongsuot.apps.reporting",
    "thongsuot.apps.difficulties",
    "thongsuot.apps.decisions",
    "thongsuot.apps.disclosure",
    "thongsuot.apps.oversight",
    "thongsuot.apps.rearrangement",
    "thongsuot.apps.desk",
]
if DEMO or TESTING:
    INSTALLED_APPS.append("thongsuot.apps.demo")  # nothing of it exists in a production database

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thongsuot.foundation.ui.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thongsuot.foundation.ui.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "thongsuot.foundation.ui.strange.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thongsuot.foundation.accounts.middleware.OwnPassword",
    "thongsuot.apps.registry.middleware.ActorMiddleware",
    "thongsuot.foundation.ui.refusals.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thongsuot.foundation.hooks.middleware.TellOthers",
]

ROOT_URLCONF = "thongsuot.project.urls"
WSGI_APPLICATION = "thongsuot.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thongsuot.foundation.ui.context.page",
            ],
            "builtins": ["thongsuot.foundation.ui.templatetags.ts"],
        },
    }
]

SQLITE_VERSION = engine.prefer_a_sound_sqlite()
DATABASE_URL = env.text("DATABASE_URL")
DATABASES = {
    "default": env.postgres(DATABASE_URL)
    if DATABASE_URL
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(VAR / "thongsuot.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": engine.journal_pragmas(SQLITE_VERSION),
        },
        "TEST": {"NAME": str(VAR / "test.sqlite3")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["thongsuot.foundation.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often and protect nobody
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

SESSION_COOKIE_AGE = 60 * 60 * 10  # a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = env.flag("THONGSUOT_HTTPS", default=not (DEBUG or DEMO or TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("THONGSUOT_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "thongsuot.foundation.ui.views.csrf_failed"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
FORMAT_MODULE_PATH = ["thongsuot.project.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # |number groups where people read; a form value never is
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO or TESTING
END_OF_WORK = env.text("THONGSUOT_END_OF_WORK", "17:00")  # when a due day ends, local time
DATA_ROOT = Path(env.text("THONGSUOT_DATA", str(ROOT / "data")))  # facts of the house, as text
FILES_ROOT = VAR / "files"  # content-addressed, write once
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
UPLOAD_MAX_BYTES = env.number("THONGSUOT_UPLOAD_MB", 64) * 1024 * 1024

HOOKS_SIGHT = "thongsuot.project.api.sight.teller"  # what a post may be told of
HOOKS_PRIVATE = env.flag("THONGSUOT_HOOKS_PRIVATE", default=DEMO or TESTING)

PADES = env.text("THONGSUOT_PADES")  # path: which office signs PDF with which certificate

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("THONGSUOT_SMTP_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = env.text("THONGSUOT_SMTP_HOST")
EMAIL_PORT = env.number("THONGSUOT_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("THONGSUOT_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("THONGSUOT_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("THONGSUOT_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("THONGSUOT_MAIL_FROM", "thongsuot@localhost")
SITE_URL = env.text("THONGSUOT_SITE_URL", "http://127.0.0.1:8000")
SITE_NAME = env.text("THONGSUOT_SITE_NAME", "Thông Suốt")

OIDC_ISSUER = env.text("THONGSUOT_OIDC_ISSUER")  # set: sign-in through the office's own directory
if OIDC_ISSUER:
    INSTALLED_APPS.append("mozilla_django_oidc")
    AUTHENTICATION_BACKENDS.insert(0, "thongsuot.foundation.accounts.oidc.OidcBackend")
    OIDC_RP_CLIENT_ID = env.text("THONGSUOT_OIDC_CLIENT_ID")
    OIDC_RP_CLIENT_SECRET = env.text("THONGSUOT_OIDC_CLIENT_SECRET")
    OIDC_RP_SIGN_ALGO = env.text("THONGSUOT_OIDC_ALGORITHM", "RS256")
    OIDC_RP_SCOPES = env.text("THONGSUOT_OIDC_SCOPES", "openid email profile")
    OIDC_OP_AUTHORIZATION_ENDPOINT = env.text(
        "THONGSUOT_OIDC_AUTHORIZE", f"{OIDC_ISSUER}/authorize"
    )
    OIDC_OP_TOKEN_ENDPOINT = env.text("THONGSUOT_OIDC_TOKEN", f"{OIDC_ISSUER}/token")
    OIDC_OP_USER_ENDPOINT = env.text("THONGSUOT_OIDC_USERINFO", f"{OIDC_ISSUER}/userinfo")
    OIDC_OP_JWKS_ENDPOINT = env.text("THONGSUOT_OIDC_JWKS", f"{OIDC_ISSUER}/jwks")
    OIDC_USE_PKCE = True
    OIDC_AUTHENTICATE_CLASS = "thongsuot.foundation.accounts.directory.Ask"
    OIDC_CALLBACK_CLASS = "thongsuot.foundation.accounts.directory.Back"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "thongsuot.foundation.ui.logs.JsonLines"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["err"], "level": env.text("THONGSUOT_LOG", "WARNING")},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
