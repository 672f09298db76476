"""Where a proposal is, in words: the step bar, who has it and until when, the trail."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.audit.telling import Told
from xieshang.base.orgs.models import Organization

from . import clue_rules, rules, terms
from .models import Assignment, Proposal

VERBS = {
    f"proposals.{verb}": word
    for verb, word in {
        "draft": gettext_lazy("起草"), "write": gettext_lazy("修改"), "invite": gettext_lazy("邀请会签"), "cosign": gettext_lazy("会签"), "submit": gettext_lazy("提交"), "cosign_for": gettext_lazy("代办会签"), "arrange_signers": gettext_lazy("调整会签次序"), "unsign": gettext_lazy("撤回会签"), "agree_again": gettext_lazy("看过改动，继续会签"), "take_back": gettext_lazy("收回"), "discard": gettext_lazy("不提了"),
        "review": gettext_lazy("初审"), "review_again": gettext_lazy("复审"), "send_back": gettext_lazy("退回修改"), "file": gettext_lazy("立案"), "merge": gettext_lazy("并案"), "turn_down": gettext_lazy("不予立案"),
        "withdraw": gettext_lazy("撤案"), "hand_over": gettext_lazy("送交办"), "assign": gettext_lazy("交办"), "survey": gettext_lazy("答复送达，征询意见"), "rate": gettext_lazy("评价"), "rate_for": gettext_lazy("代录评价"),
        "rate_refused": gettext_lazy("承办单位账号试图评价，未接受"), "redo": gettext_lazy("重新办理"), "assign_again": gettext_lazy("重新交办"), "close": gettext_lazy("办结"), "track": gettext_lazy("回头看"),
        "follow_up": gettext_lazy("登记落实情况"), "prepare": gettext_lazy("列审议单"), "arrange": gettext_lazy("改审议单"), "decide": gettext_lazy("审议通过"), "archive": gettext_lazy("归档"), "lock": gettext_lazy("锁定，疑似涉密"), "purge": gettext_lazy("确认涉密，彻底清除"), "release": gettext_lazy("不涉密，恢复"), "make_key": gettext_lazy("列为重点提案"), "publish": gettext_lazy("公开"), "unpublish": gettext_lazy("撤下公开"), "assigned": gettext_lazy("交给承办单位"), "sign": gettext_lazy("签收"),
        "object": gettext_lazy("申请退件"), "uphold": gettext_lazy("同意退件"), "dismiss": gettext_lazy("不同意退件"), "contact": gettext_lazy("联系委员"), "ask_longer": gettext_lazy("申请延期"),
        "answer_longer": gettext_lazy("答复延期申请"), "opine": gettext_lazy("送会办意见"), "reply": gettext_lazy("起草答复"), "approve": gettext_lazy("签发"), "send": gettext_lazy("报审"), "reject": gettext_lazy("退回重拟"),
        "accept": gettext_lazy("审核通过，送达"), "revoke": gettext_lazy("撤回交办"), "original": gettext_lazy("上传盖章原件"), "inside": gettext_lazy("改科室、经办人"), "overdue": gettext_lazy("逾期"), "remind": gettext_lazy("提醒"),
        "packed": gettext_lazy("做成归档包"),
        "start_selection": gettext_lazy("开始评优"), "recommend": gettext_lazy("推荐优秀"), "begin_scoring": gettext_lazy("开始评分"), "score": gettext_lazy("评分"), "close_scoring": gettext_lazy("评分截止"),
        "decide_selection": gettext_lazy("审定优秀提案"), "make_excellent": gettext_lazy("评为优秀提案"),
        "nominate": gettext_lazy("推荐为重点"), "prepare_key": gettext_lazy("列重点名单"), "decide_key": gettext_lazy("审定重点名单"), "supervise": gettext_lazy("登记督办"),
        "handled": gettext_lazy("办理情况有变化"), "bring_in": gettext_lazy("导入"), "ask_bring_in": gettext_lazy("导入旧年提案"), "name_unit": gettext_lazy("认承办单位旧名称"), "ask_take_over": gettext_lazy("转入提案登记簿"), "suspend": gettext_lazy("中止期限"), "set_due": gettext_lazy("定办理期限"), "stop_due": gettext_lazy("停用办理期限"), "resume": gettext_lazy("恢复期限"),
    }.items()
}  # fmt: skip
VERBS |= clue_rules.VERBS
PRIVATE = ("rate", "rate_for")  # whose word it was is the committee's to know


def steps(proposal: Proposal, standing: list[Assignment], late: bool = False) -> list[dict[str, Any]]:
    """The step bar, drawn from the table of states: what is done, where it is, what is to come."""
    at = proposal.step
    days = {rules.SUBMITTED: proposal.submitted_on, rules.FILED: proposal.decided_on, rules.FEEDBACK: proposal.replied_on, rules.CLOSED: proposal.closed_on}  # fmt: skip
    days[rules.ASSIGNING] = min((one.assigned_on for one in standing), default=None)
    days[rules.ASSIGNED] = min((one.signed_on for one in standing if one.signed_on), default=None)
    known = [state for state, _word in rules.STEPS]
    place = known.index(at) if at in known else -1
    if not at:  # it left the course at the review
        place = known.index(rules.FILED)
    made = []
    for n, (state, word) in enumerate(rules.STEPS):
        how = "done" if n < place else "now" if n == place and at else "skipped" if not at else "todo"
        how = "late" if how == "now" and late else how
        made.append({"label": word, "state": how, "date": days.get(state) if how in ("done", "now", "late") else None})
    return made


def where(proposal: Proposal, standing: list[Assignment], today: date) -> str:
    """One sentence: where it is, who has it, until when."""
    state = proposal.state
    if state == rules.ASSIGNED:
        return "；".join(_at_unit(one, today) for one in standing) or _("等交办机构重新交办")
    return {
        rules.DRAFT: _("草稿，还没有提交"), rules.SUBMITTED: _("在提案委员会办公室，等初审"), rules.PRELIM: _("等另一位审查人复审"), rules.REVIEWED: _("等提案委员会会议审议"),
        rules.RETURNED: _("已退回，请修改后再提交"), rules.FILED: _("已立案，等送交办"), rules.ASSIGNING: _("在%(who)s，等交给承办单位") % {"who": _office(proposal)},
        rules.FEEDBACK: _("已答复，请提案者在 %(day)s 前评价") % {"day": proposal.rate_by}, rules.REHANDLE: _("不满意，等重新交办"), rules.CLOSED: _("已办结"),
        rules.TRACKING: _("回头看，等登记落实情况"), rules.ARCHIVED: _("已归档"), rules.LOCKED: _("疑似涉密，已锁定，等另一个人确认"), rules.MERGED: _("并入%(main)s，一起办理") % {"main": proposal.main.name if proposal.main else ""},
        rules.NOT_FILED: _("不予立案：%(why)s") % {"why": proposal.told}, rules.WITHDRAWN: _("已撤案"),
    }.get(state, "")  # fmt: skip


def _office(proposal: Proposal) -> str:
    from .actions import office_of

    office = office_of(proposal)
    return str(office) if office else _("提案委员会办公室")


def _at_unit(one: Assignment, today: date) -> str:
    words = {"unit": one.unit, "state": one.state_word, "n": abs((one.due_on - today).days)}
    if one.state not in rules.OPEN:
        return _("%(unit)s：%(state)s") % words
    if one.due_on < today and one.state not in rules.UNITS_TURN:
        return _("%(unit)s：%(state)s") % words
    if one.due_on < today:
        return _("%(unit)s：%(state)s，超期 %(n)s 天") % words
    return _("%(unit)s：%(state)s，还有 %(n)s 天") % words


def history(entries: list[Entry], unit: Organization, *, names: bool) -> list[Told]:
    """The trail in words, newest first. names: whether the reader may know who rated."""
    told = telling.told(entries, VERBS, lambda entry: _changes(entry, unit))
    if names:
        return told
    hidden = {f"proposals.{verb}" for verb in PRIVATE}
    pairs = zip(entries, told, strict=True)
    return [Told(t.at, _("提案者"), t.verb, "", []) if e.verb in hidden else t for e, t in pairs]


def words(entry: Entry, unit: Organization) -> dict[str, Callable[[Any], str]]:
    """Category and class in the unit's words of the day."""
    on = localtime(entry.at).date()
    return {
        "category": lambda code: terms.title(unit, terms.CATEGORY, code, on),
        "result": lambda code: terms.title(unit, terms.CLASS, code, on),
    }


WORTH = ("title", "number", "intake", "result", "system", "category", "kind")


def _changes(entry: Entry, unit: Organization) -> list[str]:
    said = telling.columns(entry, Proposal, WORTH, words(entry, unit))
    if deed := entry.detail.get("deed"):  # of one of its units
        said.append(_("%(unit)s：%(state)s") % {"unit": entry.detail.get("unit", ""), "state": VERBS.get(deed, deed)})
    if digest := entry.detail.get("sha256"):
        said.append(f"SHA-256 {digest}")
    return said
