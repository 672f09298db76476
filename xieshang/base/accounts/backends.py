"""用登录码登录: beside the password. Django asks the backends in turn; failures of all of them count towards the lock-out."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from xieshang.base import clock

from . import actions
from .models import User


class CodeBackend(ModelBackend):
    """A name, a telephone or a log-in name with a one-time code, in the fields of the log-in form."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **_more: Any
    ) -> User | None:
        return actions.use_code(username, password, now=clock.now()) if username and password else None


PATH = f"{__name__}.{CodeBackend.__name__}"
