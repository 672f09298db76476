"""Settings of the tests: the same, in memory or on the PostgreSQL of `DATABASE_URL`, with cheap passwords."""

import os
import tempfile

os.environ.setdefault("XIESHANG_DATA", tempfile.mkdtemp(prefix="xieshang-test-"))
os.environ.setdefault("XIESHANG_SECRET_KEY", "only-for-tests")

from .settings import *  # noqa: F403
from .settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if "postgresql" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["OPTIONS"] = {}  # a pool keeps connections that the test database cannot be dropped under
AXES_ENABLED = True
KEEPS_PAGES = False  # tests write beside the actions; those of base/unchanged.py turn it on
ALLOWED_HOSTS = ["*"]
