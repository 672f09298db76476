"""Members in office: the verbs of a seat (委员资格)."""

from xieshang.base.accounts.roles import Role
from xieshang.base.workflow.engine import Move

CHARTER = "《中国人民政治协商会议章程》"

# fmt: off
MOVES = (
    Move("seat",   "",       "seated", (Role.CLERK,), source=CHARTER),
    Move("end",    "seated", "ended",  (Role.CLERK,), source=CHARTER),
)
MEMBERSHIP_MOVES = (
    Move("join",   "",       "joined", (Role.CLERK, Role.PARTTIMER)),
    Move("leave",  "joined", "left",   (Role.CLERK, Role.PARTTIMER), reason=True),
)
# fmt: on
PERMISSIONS = {
    "see": (Role.CLERK, Role.PARTTIMER, Role.LEADER, Role.MEMBER),
    "see_phone": (Role.CLERK,),
    "edit": (Role.CLERK,),
}
STATES = {"seated": "在任", "ended": "已免去"}
