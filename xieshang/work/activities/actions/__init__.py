"""Every write of activities. One function for a verb."""

from .moving import cancel, merge, postpone, void
from .recording import (
    FIELDS,
    UPLOAD,
    Parts,
    correct,
    drop_left_uploads,
    hold,
    keep_draft,
    keep_upload,
    plan,
    record,
)
from .sharing import agree, claim, decline

__all__ = [
    "FIELDS",
    "UPLOAD",
    "Parts",
    "agree",
    "cancel",
    "claim",
    "correct",
    "decline",
    "drop_left_uploads",
    "hold",
    "keep_draft",
    "keep_upload",
    "merge",
    "plan",
    "postpone",
    "record",
    "void",
]
