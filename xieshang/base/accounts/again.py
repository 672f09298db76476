"""要紧的一步再验一次: what matters asks for the password, or a fresh log-in code, when the last proof is some minutes old.

The page's middleware says when the person at this screen proved who he is (`proved`). Where nobody says so, at the command line, in the
worker, in a test of an action, there is no screen that could have been left open, and nothing is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from xieshang.base.errors import NotAllowed
from xieshang.base.orgs.models import Organization

MINUTES = "accounts.again_minutes"
NO_SCREEN: Final = "no screen"
_proof: ContextVar[datetime | str | None] = ContextVar("proof", default=NO_SCREEN)


class ProveAgain(NotAllowed):
    """Who asks must say once more who he is; the page asks for it and goes on with what was sent. No matter of a form: views let it pass."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "again", why=_("这一步要紧，请再验一次是您本人"), do=_("填您的密码，或办公室新发的登录码；填好就接着办")
        )


@contextmanager
def proved(at: datetime | None) -> Iterator[None]:
    """Within this block somebody acts at a screen who proved who he is at that moment; None: he came by a remembered telephone."""
    token = _proof.set(at)
    try:
        yield
    finally:
        _proof.reset(token)


def prove(at: datetime) -> None:
    """Within `proved`: he has just proved it again."""
    _proof.set(at)


def require(organization: Organization, now: datetime) -> None:
    """Raise ProveAgain unless the proof is younger than the unit's rule asks."""
    from xieshang.base.settings import parameters  # the settings ask our permissions

    proof = _proof.get()
    if isinstance(proof, str):
        return
    minutes = parameters.value(organization, MINUTES, now.date())
    if proof is None or not now - timedelta(minutes=minutes) <= proof <= now + timedelta(minutes=1):
        raise ProveAgain
