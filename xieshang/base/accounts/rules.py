"""Who may look after accounts, units and the audit. Three administrators, and no one person holds two (GB/T 22239-2019, 8.1.4.2, 8.1.5)."""

from .roles import Role

PERMISSIONS = {
    "manage": (Role.SYS_ADMIN,),  # make accounts, close them, new passwords; never grants
    "grant": (Role.SEC_ADMIN,),  # roles
    "see": (Role.SYS_ADMIN, Role.SEC_ADMIN),
}
ORGS = {"edit": (Role.CLERK, Role.SYS_ADMIN), "see": tuple(Role)}
AUDIT = {"see": (Role.AUDIT_ADMIN,)}
CALENDAR = {"edit": (Role.CLERK, Role.SYS_ADMIN), "see": tuple(Role)}
