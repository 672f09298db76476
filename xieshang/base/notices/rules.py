"""Who delivers by telephone, and after how many days an unread notice is telephoned."""

from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import STAFF
from xieshang.base.settings.parameters import Parameter

CALL_AFTER = "notices.call_after"
PARAMETERS = (
    Parameter(
        CALL_AFTER, _("有账号的人几天没看算未送达"), 3, unit=_("天"),
        help=_("没有账号的人当天就列入未送达名单；有账号的过了这些天还没有看，也请打电话"),
    ),
)  # fmt: skip
PERMISSIONS = {"deliver": STAFF}
