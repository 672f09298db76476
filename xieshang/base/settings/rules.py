"""Who may set a unit's rules."""

from xieshang.base.accounts.roles import Role

PERMISSIONS = {"see": (Role.CLERK, Role.PARTTIMER, Role.LEADER, Role.SYS_ADMIN), "set": (Role.CLERK, Role.SYS_ADMIN)}
