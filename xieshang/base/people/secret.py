"""A text column that is encrypted at rest with the installation's key."""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import models


@lru_cache
def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"people:{settings.SECRET_KEY}".encode()).digest()))


class EncryptedField(models.TextField):
    """Plain in Python, Fernet in the database; it cannot be searched, on purpose."""

    def get_prep_value(self, value: Any) -> Any:
        return _cipher().encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return _cipher().decrypt(value.encode()).decode() if value else ""
