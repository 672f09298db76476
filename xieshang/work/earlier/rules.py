"""历年数据: the verbs, who may do them, and what a yearly figure may be."""

from xieshang.base.accounts.roles import Role
from xieshang.base.workflow.engine import Move

MOVES = (
    Move("record", "", "valid", (Role.CLERK, Role.PARTTIMER)),
    Move("correct", "valid", "valid", (Role.CLERK, Role.PARTTIMER), reason=True),
    Move("void", "valid", "void", (Role.CLERK, Role.PARTTIMER), reason=True),
)
PERMISSIONS = {"see": (Role.CLERK, Role.PARTTIMER, Role.LEADER)}
FIRST_YEAR = 1949  # the first committee
MOST_ROWS = 500  # brought in at once
FEW = 2  # detail of less than one in so many of the yearly figure: probably not all of it was entered
