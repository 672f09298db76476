"""Every write of activities. One function for a verb."""

from .moving import cancel, claim, decline, merge, postpone, void
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

__all__ = [
    "FIELDS",
    "UPLOAD",
    "Parts",
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
