"""Who may look into and repair the ledger, and how long a closed period still takes late entries."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.settings.parameters import Parameter

GRACE_DAYS = "ledger.grace_days"
PARAMETERS = (
    Parameter(
        GRACE_DAYS, _("锁定后的宽限天数"), 90, unit=_("天"),
        help=_("锁定以后还能照常补登多少天；排定了下次全体会议的，到开幕前一天"),
    ),
)  # fmt: skip

PERMISSIONS = {
    "see": (Role.CLERK, Role.PARTTIMER, Role.LEADER, Role.MEMBER),
    "post_late": (Role.HEAD, Role.LEADER),  # and whoever signs on paper (base/paperwork)
    "lock": (Role.CLERK,),
    "verify": (Role.CLERK, Role.AUDIT_ADMIN, Role.SYS_ADMIN),
    "rebuild": (Role.SYS_ADMIN,),
}
