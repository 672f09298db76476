"""Who may look into and repair the ledger."""

from xieshang.base.accounts.roles import Role

PERMISSIONS = {
    "see": (Role.CLERK, Role.PARTTIMER, Role.LEADER, Role.MEMBER),
    "post_late": (Role.CLERK,),
    "lock": (Role.CLERK,),
    "verify": (Role.CLERK, Role.AUDIT_ADMIN, Role.SYS_ADMIN),
}
