"""All settings, by subject. The environment is read at the top; every variable is listed in docs/operations.md."""

import os
import sys
import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from wbw_portal import embedded

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """Read a variable; without a default it is required.

    Raises:
        ImproperlyConfigured: the variable is missing, named so that the operator knows what to set.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/operations.md).")
    return value


def flag(name: str) -> bool:
    """True when the variable is set to 1, true, yes or on."""
    return env(name, "").strip().lower() in {"1", "true", "yes", "on"}


# --- The environment -------------------------------------------------------------------------------------------------

DEBUG = flag("DEBUG")
DEMO = flag("PORTAL_DEMO")
TESTING = "pytest" in sys.modules
if TESTING:
    # Tests have data of their own, also in the processes that they start.
    os.environ["PORTAL_DATA"] = env("PORTAL_TEST_DATA", str(BASE_DIR / "var-test"))
DATA_DIR = embedded.data_dir()
# Development, tests and the demonstration need no secret of their own; anything else does.
SECRET_KEY = env("SECRET_KEY", "not-a-secret-" * 5 if DEBUG or DEMO or TESTING else None)
SECRET_KEY_FALLBACKS = [key for key in env("SECRET_KEY_FALLBACKS", "").split(",") if key]
# The address that letters link to, without a closing slash.
PORTAL_URL = env("PORTAL_URL", "http://localhost:8000" if DEBUG or DEMO or TESTING else None).rstrip("/")
HTTPS = PORTAL_URL.startswith("https://")
DATABASE_URL = env("DATABASE_URL", embedded.database_url())
REDIS_URL = env("REDIS_URL", embedded.redis_url())
EMAIL_URL = env("EMAIL_URL", "smtp://localhost:25")
MUNICIPALITY_FILE = Path(env("PORTAL_MUNICIPALITY", str(BASE_DIR / "wbw_portal/demo/municipality.toml")))
TRUSTED_PROXIES = int(env("PORTAL_TRUSTED_PROXIES", "0"))
# The municipality's own sign-in (OpenID Connect), when it has one.
OIDC_URL = env("PORTAL_OIDC_URL", "")
OIDC_CONFIGURED = bool(OIDC_URL)

# --- The municipality ------------------------------------------------------------------------------------------------

# Name, contact, colours and the promised periods: shared/municipality.py reads and checks it.
MUNICIPALITY = tomllib.loads(MUNICIPALITY_FILE.read_text(encoding="utf-8"))

# --- Application -----------------------------------------------------------------------------------------------------

ALLOWED_HOSTS = [urlsplit(PORTAL_URL).hostname or "", *filter(None, env("ALLOWED_HOSTS", "").split(","))]
if DEBUG or DEMO or TESTING:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]
ROOT_URLCONF = "wbw_portal.urls"
WSGI_APPLICATION = "wbw_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "wbw_portal.apps.PortalConfig",
    "subsidies",
    "partners",
    "participation",
    "participation.challenges",
    "participation.moments",
    "initiatives",
    "ambassadors",
    "shared.accounts",
    "shared.wijken",
    "shared.themes",
    "shared.audit",
    "shared.notifications",
    "shared.documents",
    "shared.reports",
    "shared.retention",
    "shared.terms",
    "shared.ui",
    "wbw_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "crispy_forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
if DEMO:
    INSTALLED_APPS.append("wbw_portal.demo")

MIDDLEWARE = [
    "wbw_portal.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wbw_portal.security.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wbw_portal.security.PrivatePagesMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "shared.ui.page_cache.PublicPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shared.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shared.accounts.sessions.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shared.ui.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shared.ui.context.portal",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "shared.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nlds"]
CRISPY_TEMPLATE_PACK = "nlds"
CRISPY_FAIL_SILENTLY = False

# --- Database, cache, queue ------------------------------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """Turn postgres://user:password@host:port/name into Django's settings; %2F in the host is a socket folder."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # Not parts.hostname, which is in small letters: a folder need not be.
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0]),
        "PORT": str(parts.port or ""),
        # The connections live in the pool, and each is tried before use: a restart of the server costs nothing.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": int(env("DATABASE_POOL", "6")), "timeout": 60 if TESTING else 5},
            # Tests of several people share a server, where dropping a database waits for what the others are doing.
            # The likeness at which half a word or a typing error still finds a plan (initiatives/querysets.py).
            "options": f"-c statement_timeout={180_000 if TESTING else 30_000} -c lock_timeout=5000"
            " -c pg_trgm.word_similarity_threshold=0.45",
        },
        "TEST": {
            "NAME": os.environ.get("TEST_DATABASE_NAME", "test_portal"),
            "TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE"),
        },
    }


DATABASES = {"default": database(DATABASE_URL)}

CACHES = {
    "default": {
        "BACKEND": "wbw_portal.cache.FailSoftRedisCache",
        "LOCATION": embedded.redis_database(REDIS_URL, 1),
        "KEY_PREFIX": os.environ.get("TEST_DATABASE_NAME", "") + os.environ.get("PYTEST_XDIST_WORKER", ""),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

CELERY_BROKER_URL = embedded.celery_url(REDIS_URL)
# Tests run a task where it is called; those about the queue itself start a worker and switch this off.
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = TESTING
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 0,
    # Test runs of several people share one Redis.
    "global_keyprefix": os.environ.get("TEST_DATABASE_NAME", ""),
}
# A worker waits for Redis when it starts. One that loses it ends, and what keeps it running starts another: Celery
# 5.7.0 connects again when idle, but ends with an error of its own when a task or a process of it ends just then.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY = False
CELERY_TIMEZONE = "Europe/Amsterdam"
# The timetable: a row per clock-driven task, in the app that owns it, gathered in wbw_portal/celery.py.

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["shared.ui.formats"]

# --- Accounts --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["shared.accounts.backends.RoleBackend"]
# What each role may do: `manage.py sync_roles` puts it in the groups, and every migrate does.
ROLE_PERMISSIONS = "wbw_portal.roles.PERMISSIONS"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"
# Where the work of a role starts; the first that fits. Everybody else starts at LOGIN_REDIRECT_URL.
START_PAGES = {
    "functional_manager": "admin:index",
    "coordinator": "admin:index",
    "ambassador": "admin:index",
    "finance": "admin:index",
    "council_staff": "/rapportages/",
}
# Somebody with a second factor who leaves the screen alone for this long signs in again.
STAFF_IDLE = timedelta(minutes=int(env("PORTAL_STAFF_IDLE_MINUTES", "60")))
# What was typed and not sent is wiped after this long without a sign of life: the next person may use that computer.
# The page warns five minutes before, so it cannot be very short.
FORM_IDLE = timedelta(minutes=max(10, int(env("PORTAL_FORM_IDLE_MINUTES", "30"))))
ACCOUNT_ADAPTER = "shared.accounts.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "shared.accounts.forms.SignInForm",
    "confirm_login_code": "shared.accounts.forms.SignInCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The code that came by e-mail is the proof of the address; there is nothing else to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Per address from where is asked (ip) and per account (key): 8 digits, 3 guesses a code, so 36 guesses an hour.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,12/h/key", "login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "shared.accounts.adapter.PortalMFAAdapter"
MFA_FORMS = {
    "authenticate": "shared.accounts.forms.SecondFactorForm",
    "reauthenticate": "shared.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "shared.accounts.forms.SetUpAppForm",
    "add_webauthn": "shared.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "shared.accounts.forms.PasskeyAfterCodeForm",
    "reauthenticate_webauthn": "shared.accounts.forms.PasskeyAgainForm",
    "login_webauthn": "shared.accounts.forms.PasskeySignInForm",
    "edit_webauthn": "shared.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks of phones differ: the code of half a minute ago counts as well.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = MUNICIPALITY["portal_name"]
# The municipality's own sign-in. It opens accounts that exist, by the e-mail address that it vouches for.
SOCIALACCOUNT_ADAPTER = "shared.accounts.adapter.PortalSocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A link and not a form: form-action 'self' in the security policy would stop the redirect to another host.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
OIDC_NAME = env("PORTAL_OIDC_NAME", MUNICIPALITY["full_name"])
# Values of the claim `acr` with which that sign-in says that it asked for a second factor.
OIDC_SECOND_FACTOR = [value for value in env("PORTAL_OIDC_SECOND_FACTOR", "").split(",") if value]
if OIDC_CONFIGURED:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "werk",
                    "name": OIDC_NAME,
                    "client_id": env("PORTAL_OIDC_CLIENT_ID"),
                    "secret": env("PORTAL_OIDC_SECRET"),
                    "settings": {"server_url": OIDC_URL},
                }
            ],
        }
    }

# --- Security --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^gezond/$", r"^gereed/$"]
CSRF_FAILURE_VIEW = "shared.ui.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
# A form that comes back sooner was not filled in by a person.
SPAM_MINIMUM_SECONDS = 3

# --- Files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("PORTAL_STATIC", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
# Files of residents have no address of their own: views hand them out after asking the policy.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Every link has the hash in it, so only those files are kept and compressed.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "shared.documents.uploads.CappedUploadHandler",
]
# A virus scanner, when there is one: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
CLAMAV_URL = env("CLAMAV_URL", "")

# --- E-mail ----------------------------------------------------------------------------------------------------------

_mail = urlsplit(EMAIL_URL)
EMAIL_BACKEND = "wbw_portal.demo.mailbox.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"{MUNICIPALITY['portal_name']} <{MUNICIPALITY['sender']}>"
SERVER_EMAIL = MUNICIPALITY["sender"]

# --- Logs ------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wbw_portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    # Django's own handler would mail and print each error a second time.
    "loggers": {"django": {"handlers": []}, "celery": {"handlers": []}, "pikepdf": {"level": "WARNING"}},
}
