"""Every write about accounts: making, closing, passwords, roles; log-in codes; telephones that are remembered."""

from .accounts import close, grant, make, revoke, set_password
from .codes import issue_code, may_issue, use_code
from .devices import digest_of, forget, recognised, remember

__all__ = [
    "close",
    "digest_of",
    "forget",
    "grant",
    "issue_code",
    "make",
    "may_issue",
    "recognised",
    "remember",
    "revoke",
    "set_password",
    "use_code",
]
