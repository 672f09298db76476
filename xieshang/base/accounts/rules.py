"""Who may look after accounts, units and the audit. Three administrators, and no one person holds two (GB/T 22239-2019, 8.1.4.2, 8.1.5)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .again import MINUTES
from .roles import STAFF, Role

if TYPE_CHECKING:
    from xieshang.base.settings.parameters import Parameter

PERMISSIONS = {
    "manage": (Role.SYS_ADMIN,),  # make accounts, close them, new passwords; never grants
    "grant": (Role.SEC_ADMIN,),  # roles
    "see": (Role.SYS_ADMIN, Role.SEC_ADMIN),
    "hand_over": STAFF,  # 交接: passes work on and lets roles end on a day; it gives none
    "issue_code": (*STAFF, Role.SYS_ADMIN),  # 登录码: staff to members and handlers, the administrator to all
}
ORGS = {"edit": (Role.CLERK, Role.SYS_ADMIN), "see": tuple(Role)}
AUDIT = {"see": (Role.AUDIT_ADMIN,)}
CALENDAR = {"edit": (Role.CLERK, Role.SYS_ADMIN), "see": tuple(Role)}

CODE_ROLES = (Role.MEMBER, Role.HANDLER)  # to whom the office may give a code; a leader signs, so not to him
CODE_FIGURES = 8  # with five tries one in twenty million is guessed
CODE_HOURS, CODE_TRIES, DEVICE_DAYS = "accounts.code_hours", "accounts.code_tries", "accounts.device_days"


def parameters() -> "tuple[Parameter, ...]":
    """The rules a unit may set; made when asked for, since settings ask our permissions."""
    from xieshang.base.settings.parameters import Parameter

    return (
        Parameter(
            CODE_HOURS, _("登录码有效多久"), 72, unit=_("小时"), least=1,
            source=_("NIST SP 800-63A（2017）：当面交付的登记码最长 7 天"),
            help=_("默认 3 天：周五打印、托人带到乡镇，周一还能用；只能用一次，另发一个，旧的就作废"),
        ),
        Parameter(CODE_TRIES, _("登录码可以输错几次"), 5, unit=_("次"), least=1, help=_("到了次数这个登录码作废，发码的人会收到消息")),
        Parameter(DEVICE_DAYS, _("手机记住多久"), 180, unit=_("天"), least=1, help=_("默认半年；改密码、停用账号时，记住的手机一并失效")),
        Parameter(
            MINUTES, _("要紧的一步，验过本人之后多久不再问"), 15, unit=_("分钟"), least=1,
            help=_("授权、重设密码、停用账号、锁定、定稿、接收报送等；从手机自动登录进来的，办这些之前一定要验"),
        ),
    )  # fmt: skip
