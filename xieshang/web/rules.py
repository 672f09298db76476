"""Who sees what of other people's year, and how we look at it. 履职量化默认不见排名: a member sees his own."""

from xieshang.base.accounts.roles import Role

PERMISSIONS = {"see": (Role.CLERK, Role.PARTTIMER, Role.LEADER)}
EARLIEST, LATEST = 1949, 2100  # years that can be asked for
