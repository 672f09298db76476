"""Every write about accounts: making, closing, passwords, roles; log-in codes; telephones that are remembered; handing over."""

from .accounts import close, grant, make, revoke, set_password
from .codes import issue_code, may_issue, use_code
from .devices import digest_of, forget, recognised, remember
from .leaving import end_due, hand_over, staff

__all__ = [
    "close",
    "digest_of",
    "end_due",
    "forget",
    "grant",
    "hand_over",
    "issue_code",
    "make",
    "may_issue",
    "recognised",
    "remember",
    "revoke",
    "set_password",
    "staff",
    "use_code",
]
