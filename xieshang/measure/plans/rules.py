"""计划 (plan) and its targets: states, moves, words. No clock, no database.

The rhythm 年初有计划、半年有小结、年终有总结 is the committees' own; how a target is judged against the calendar stands in `pace.py`.
"""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xieshang.base.accounts.roles import Role
from xieshang.base.errors import Refused
from xieshang.base.settings.parameters import Parameter
from xieshang.base.workflow.engine import Move

STAFF = (Role.CLERK, Role.PARTTIMER)

SOURCES = (("own", _("自定")), ("above", _("上级分解")), ("five_year", _("五年规划")), ("special", _("专项")))
PLAN_STATES = {"reading": _("核对中"), "in_force": _("执行中"), "closed": _("已结束"), "withdrawn": _("已撤回")}
STATUSES = (("draft", _("草案")), ("fixed", _("审定")), ("issued", _("印发")), ("adjusted", _("已调整")))
TARGET_STATES = {
    "open": _("待核对"), "accepted": _("已确认"), "objected": _("有异议"), "dropped": _("不作任务"), "withdrawn": _("已调出"),
    "carried": _("已结转"),
}  # fmt: skip
REVISION_STATES = {"pairing": _("配对中"), "applied": _("已采用"), "abandoned": _("不用了")}
CHANGES = (("added", _("增")), ("removed", _("删")), ("changed", _("改")), ("merged", _("并")), ("same", _("未变")))
YEARLY = (
    ("new", _("新增")),
    ("dropped", _("取消")),
    ("raised", _("提高")),
    ("lowered", _("降低")),
    ("reworded", _("改写")),
    ("same", _("未变")),
)  # a plan beside the year before
TAKES = (("new", _("采用新稿")), ("old", _("保留原样")), ("open", _("另列待核对")))
STATE_WORDS = {
    "done": _("已完成"),
    "on_track": _("正常推进"),
    "not_due": _("未到期"),
    "behind": _("进度滞后"),
    "missed": _("未完成"),
    "by_hand": _("人工填报"),
    "unmeasured": _("未关联统计项"),
    "withdrawn": _("已调出"),
}  # how a target stands, as `pace` reckons it
KINDS = (("quantified", _("量化任务")), ("qualitative", _("定性任务")))

OPS = (
    ("at_least", _("不少于")),
    ("at_most", _("不超过")),
    ("exactly", _("等于")),
    ("between", _("介于")),
    ("about", _("约")),
)
PERIODS = (
    ("year", _("每年")),
    ("half_year", _("每半年")),
    ("quarter", _("每季度")),
    ("two_months", _("每两个月")),
    ("month", _("每月")),
    ("week", _("每周")),
    ("day", _("每天")),
    ("session", _("每次全会")),
    ("term", _("届内")),
)
PERS = (
    ("member", _("每名委员")),
    ("person", _("每人")),
    ("unit", _("每个单位")),
    ("group", _("每个机构")),
    ("community", _("每个社区（村、镇）")),
)

READ_BY = (
    ("quantity", _("数量")),
    ("frequency", _("频次")),
    ("bare frequency", _("只写了周期")),
    ("rate", _("比率")),
    ("limit", _("多久以内")),
    ("deadline", _("完成时限")),
    ("title of an item", _("条目标题")),
    ("clause", _("句首的动词")),
    ("table: figure", _("表格里的数量")),
    ("table: frequency", _("表格里的频次")),
    ("table: task", _("表格里的任务")),
    ("table: topic", _("表格里的议题")),
    ("split", _("核对时拆出")),
    ("added", _("核对时补上")),
)
SURE = 0.8  # a reading at least so sure may be confirmed together with the others


def said(words: tuple[tuple[str, Any], ...], code: str) -> str:
    """The word for a code; "" for none."""
    return str(dict(words).get(code, ""))


def complete(target: Any, given: dict[str, Any]) -> Refused | None:
    """A quantified target has its number: `given["value"]` where it is just being typed."""
    kind = given.get("kind", target.kind)
    value = given.get("value", target.value)
    highest = given.get("max", target.max)
    if kind == "quantified" and value is None:
        return Refused(
            "no_value", why=_now("“%(quote)s”还没有目标值") % {"quote": target.quote[:40]}, do=_now("请填写数量；没有数量的可改作定性任务"), field="value"
        )  # fmt: skip
    if kind == "quantified" and value < 0:
        return Refused("bad_value", why=_now("目标值不能小于 0"), do=_now("请重新填写"), field="value")
    if given.get("op", target.op) == "between" and (highest is None or highest < (value or 0)):
        return Refused("no_max", why=_now("“介于”要写两个数，后一个不小于前一个"), do=_now("请补上最大值"), field="max")
    return None


def handed_down(target: Any) -> Refused | None:
    """What was handed down is changed by who handed it down; who received it confirms it or objects."""
    if target.parent_id is None:
        return None
    return Refused(
        "received", why=_now("这是分解下来的任务，内容由分解的单位定"), do=_now("可以确认，或提出异议并写明理由")
    )


TIME_OF_SENDER = ("kind", "deadline", "months", "starts_on", "ends_on", "body")
GOAL_OF_SENDER = (*TIME_OF_SENDER, "op", "value", "max", "unit", "period", "per")


def changing(target: Any, given: dict[str, Any]) -> Refused | None:
    """Of a target that was handed down only who does it, and what counts it, is changed by who received it."""
    fixed = GOAL_OF_SENDER if target.kind == "quantified" else TIME_OF_SENDER
    if any(name in given and given[name] != getattr(target, name) for name in fixed):
        return handed_down(target) or running(target, given)
    return running(target, given)


def withdrawing(target: Any, given: dict[str, Any]) -> Refused | None:
    return handed_down(target) or running(target, given)


def received(target: Any, given: dict[str, Any]) -> Refused | None:
    """Only what was handed down is objected to."""
    if target.parent_id is not None:
        return None
    return Refused("own", why=_now("这是本单位自己的任务"), do=_now("要改请用“调整”"))


def running(target: Any, given: dict[str, Any]) -> Refused | None:
    """Only a target of a plan in force is changed, taken out or reported on."""
    if target.plan.state == "in_force":
        return complete(target, given)
    if target.plan.state == "reading":
        return Refused(
            "not_in_force",
            why=_now("这份计划还在核对，没有启用"),
            do=_now("核对时可以直接修改；请先启用计划，再办这一步"),
        )
    return Refused("closed", why=_now("这份计划已经结束，不再改动"), do=_now("请在新的计划里办理"))


def carrying(target: Any, given: dict[str, Any]) -> Refused | None:
    """At the year's end what was not finished is carried over, whether the old plan is closed already or not."""
    if target.plan.state in ("in_force", "closed"):
        return handed_down(target)
    return running(target, given)


def reviewing(target: Any, given: dict[str, Any]) -> Refused | None:
    """What is read in may be put right freely until the plan is in force; then only what is still open (a revised paper)."""
    if refusal := handed_down(target):
        return refusal
    if target.plan.state == "reading" or target.state == "open":
        return None
    return Refused("in_force", why=_now("计划已经启用，不能再直接修改"), do=_now("请在任务页上“调整”，并写明理由"))


def correcting(target: Any, given: dict[str, Any]) -> Refused | None:
    return reviewing(target, given) or complete(target, given)


def _all_decided(plan: Any, given: dict[str, Any]) -> Refused | None:
    if given.get("open"):
        return Refused(
            "open_items", why=_now("还有 %(n)s 项没有核对") % {"n": given["open"]}, do=_now("请逐项确认或选“不要”，再启用计划"), field="open"
        )  # fmt: skip
    return None


# What the paper may be called next; the same again puts its meeting, number or day right.
STATUS_AFTER = {
    "draft": ("fixed", "issued"),
    "fixed": ("fixed", "issued", "adjusted"),
    "issued": ("issued", "adjusted"),
    "adjusted": ("adjusted",),
}


def settled(plan: Any, given: dict[str, Any]) -> Refused | None:
    """审定 rests on a meeting, 印发 and 已调整 on a meeting or a number; each on a day that is not to come and not before the last one."""
    if not given:
        return None
    status, day = given["status"], given["on"]
    if status not in STATUS_AFTER[plan.status]:
        return Refused(
            "bad_status", why=_now("“%(now)s”的计划不能改作“%(then)s”") % {"now": said(STATUSES, plan.status), "then": said(STATUSES, status)},
            do=_now("请选列出的状态"), field="status",
        )  # fmt: skip
    if not given["meeting"] and (status == "fixed" or not given["number"]):
        why = _now("审定要写明是哪次会议") if status == "fixed" else _now("还没有写依据的会议或文号")
        return Refused("no_footing", why=why, do=_now("请补上，以后的总结会用到"), field="meeting")
    if day > given["today"]:
        return Refused(
            "in_the_future", why=_now("日期 %(day)s 还没有到") % {"day": day}, do=_now("请检查日期"), field="on"
        )
    if plan.status_on and day < plan.status_on and status != plan.status:
        return Refused(
            "before", why=_now("日期早于“%(status)s”的 %(day)s") % {"status": said(STATUSES, plan.status), "day": plan.status_on},
            do=_now("请检查日期"), field="on",
        )  # fmt: skip
    return None


APPROVAL = "plans.approval"

# fmt: off
PLAN_MOVES = (
    #    verb            from         to           who
    Move("import",       "",          "reading",   STAFF),
    Move("receive",      "",          "in_force",  STAFF),
    Move("revise",       "reading",   "reading",   STAFF),
    Move("revise",       "in_force",  "in_force",  STAFF),
    Move("edit",         "reading",   "reading",   STAFF),
    Move("edit",         "in_force",  "in_force",  STAFF),
    Move("settle",       "reading",   "reading",   STAFF, settled, approval=APPROVAL),
    Move("settle",       "in_force",  "in_force",  STAFF, settled, approval=APPROVAL),
    Move("put_in_force", "reading",   "in_force",  STAFF, _all_decided),
    Move("close",        "in_force",  "closed",    STAFF),
    Move("withdraw",     "reading",   "withdrawn", STAFF),
    Move("withdraw",     "in_force",  "withdrawn", STAFF, reason=True),
)
TARGET_MOVES = (
    #    verb               from         to           who    guard
    Move("read",            "",          "open",      STAFF),
    Move("add",             "",          "open",      STAFF, reviewing),
    Move("accept",          "open",      "accepted",  STAFF, complete),
    Move("correct",         "open",      "accepted",  STAFF, correcting),
    Move("correct",         "accepted",  "accepted",  STAFF, correcting),
    Move("reread",          "open",      "open",      STAFF),
    Move("reread",          "accepted",  "accepted",  STAFF),
    Move("split",           "open",      "open",      STAFF, reviewing),
    Move("split",           "accepted",  "open",      STAFF, reviewing),
    Move("merge",           "open",      "open",      STAFF, reviewing),
    Move("merge",           "accepted",  "open",      STAFF, reviewing),
    Move("drop",            "open",      "dropped",   STAFF, reviewing),
    Move("drop",            "accepted",  "dropped",   STAFF, reviewing),
    Move("restore",         "dropped",   "open",      STAFF),
    Move("reopen",          "accepted",  "open",      STAFF, reviewing),
    Move("change",          "accepted",  "accepted",  STAFF, changing, reason=True),
    Move("withdraw_target", "accepted",  "withdrawn", STAFF, withdrawing, reason=True),
    Move("reinstate",       "withdrawn", "accepted",  STAFF, withdrawing, reason=True),
    Move("progress",        "accepted",  "accepted",  STAFF, running),
    Move("hand_down",       "accepted",  "accepted",  STAFF, running),
    Move("receive_target",  "",          "open",      STAFF),
    Move("reshare",         "open",      "open",      STAFF, reason=True),
    Move("reshare",         "accepted",  "open",      STAFF, reason=True),
    Move("reshare",         "objected",  "open",      STAFF, reason=True),
    Move("take_back",       "open",      "withdrawn", STAFF, reason=True),
    Move("take_back",       "accepted",  "withdrawn", STAFF, reason=True),
    Move("take_back",       "objected",  "withdrawn", STAFF, reason=True),
    Move("object",          "open",      "objected",  STAFF, received, reason=True),
    Move("object",          "accepted",  "objected",  STAFF, received, reason=True),
    Move("accept",          "objected",  "accepted",  STAFF, complete),
    Move("carry_out",       "accepted",  "carried",   STAFF, carrying, reason=True),
    Move("carry_in",        "",          "accepted",  STAFF),
    Move("carry_back",      "carried",   "accepted",  STAFF, carrying, reason=True),
    Move("hand_over",       "open",      "open",      STAFF),
    Move("hand_over",       "accepted",  "accepted",  STAFF),
    Move("hand_over",       "objected",  "objected",  STAFF),
)
REVISION_MOVES = (
    Move("start_revision",  "",          "pairing",   STAFF),
    Move("pair",            "pairing",   "pairing",   STAFF),
    Move("apply_revision",  "pairing",   "applied",   STAFF),
    Move("drop_revision",   "pairing",   "abandoned", STAFF),
)
# fmt: on
PERMISSIONS = {"see": (*STAFF, Role.LEADER, Role.MEMBER), "export": (*STAFF, Role.LEADER)}

SMALL_GOAL = "plans.small_goal"
ABOUT = "plans.about_percent"
PROGRESS_EVERY = "plans.progress_every"
PROGRESS_DAYS = "plans.progress_days"
REASON_DAYS = "plans.reason_days"
PARAMETERS = (
    Parameter(APPROVAL, _("计划审定、印发须领导签批"), False, type="bool", help=_("打开后，送签并经领导同意（网上或纸上）才改文稿状态；不打开也可以送签")),
    Parameter(
        SMALL_GOAL, _("小目标的界限"), 4, least=1,
        help=_("目标值小于它的，到期前不算滞后；不小于它的，按序时应完成数判"),
    ),
    Parameter(
        ABOUT, _("“约”到几成算完成"), 90, unit="%", least=1,
        help=_("目标写作“约 20 次”的，按目标值的百分之几判；90 就是 18 次"),
    ),
    Parameter(
        PROGRESS_EVERY, _("多久写一次进展"), "quarter", type="choice", choices=(("month", _("每月")), ("quarter", _("每季度")), ("never", _("不要求"))),
        help=_("每项没有完成的任务，期末由责任人写一句进展；滞后的还要写原因和下一步"),
    ),
    Parameter(
        PROGRESS_DAYS, _("期末后几天内写进展"), 10, unit=_("天"),
        help=_("待办里的期限：从一个月或一个季度的最后一天起算"),
    ),
    Parameter(
        REASON_DAYS, _("滞后原因隔几天再问"), 31, unit=_("天"), least=1,
        help=_("进度滞后或未完成的任务，这些天里没有写过原因的，再请责任人写一次"),
    ),
)  # fmt: skip
