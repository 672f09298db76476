"""An assignment as its page shows it: where it is, who has it and until when, the one next thing, what is still missing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import telling
from xieshang.base.audit.models import Entry
from xieshang.base.audit.telling import Told
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.settings.parameters import value

from . import queries, rules, unit_forms
from .actions import handling
from .models import Assignment
from .telling import VERBS, words


@dataclass(frozen=True)
class Deed:
    """Something that can be done on the page. `move`: its verb in rules.HANDLING; `office`: done by the assigning office, not by the unit."""

    name: str
    move: str
    word: Any
    form: type[unit_forms.DeedForm]
    title: Any = ""  # what it is, where the button's word alone does not say it
    office: bool = False
    danger: bool = False
    text: Callable[[Assignment], str] = field(default=lambda assignment: "")

    @property
    def heading(self) -> Any:
        return self.title or self.word

    def body(self, assignment: Assignment) -> Body | None:
        return assignment.office if self.office else assignment.unit


def _object_text(one: Assignment) -> str:
    most = value(one.organization, rules.RETURNS, one.assigned_on)
    return _("%(day)s 前可以申请；一件提案最多退 %(n)s 次。等答复时不能自行转办或搁置。") % {
        "day": one.object_by,
        "n": most,
    }


def _longer_text(one: Assignment) -> str:
    return _("最多延到 %(day)s；要事先向提案者说明，并经交办机构同意。") % {"day": handling.longest(one)}


def _answer_text(one: Assignment) -> str:
    return _("%(unit)s申请延到 %(day)s：%(why)s") % {"unit": one.unit, "day": one.longer_to, "why": one.longer}


DEEDS = {
    one.name: one
    for one in (
        Deed("sign", "sign", gettext_lazy("签收"), unit_forms.SignForm, text=lambda a: _("签收后分到科室和经办人；不归本单位办的，先申请退件，不要签收后搁置。")),
        Deed("object_to", "object", gettext_lazy("申请退件"), unit_forms.ReasonForm, danger=True, text=_object_text),
        Deed("contact", "contact", gettext_lazy("登记联系情况"), unit_forms.ContactForm, gettext_lazy("联系提案者"), text=lambda a: _("答复前先和提案者见面或通话。")),
        Deed("ask_longer", "ask_longer", gettext_lazy("申请延期"), unit_forms.AskLongerForm, text=_longer_text),
        Deed("opine", "opine", gettext_lazy("送会办意见"), unit_forms.OpineForm, gettext_lazy("写会办意见"), text=lambda a: _("会办意见送主办单位，由主办单位一并答复；主办单位等到会办意见才能签发。")),
        Deed("reply", "reply", gettext_lazy("保存答复"), unit_forms.ReplyForm, gettext_lazy("起草答复")),
        Deed("inside", "inside", gettext_lazy("改科室、经办人"), unit_forms.InsideForm),
        Deed("approve", "approve", gettext_lazy("签发"), unit_forms.ApproveForm, text=lambda a: _("本单位负责人看过答复、同意发出后，在这里登记。")),
        Deed("send", "send", gettext_lazy("报审"), unit_forms.DeedForm, text=lambda a: _("答复报交办机构审核，通过后送达提案者。")),
        Deed("uphold", "uphold", gettext_lazy("同意退件"), unit_forms.UpholdForm, gettext_lazy("答复退件申请"), office=True, text=lambda a: _("同意后请另交其他单位。")),
        Deed("dismiss", "dismiss", gettext_lazy("不同意退件"), unit_forms.ReasonForm, office=True, danger=True),
        Deed("answer_longer", "answer_longer", gettext_lazy("答复延期申请"), unit_forms.AnswerLongerForm, office=True, text=_answer_text),
        Deed("suspend", "suspend", gettext_lazy("中止期限"), unit_forms.SuspendForm, office=True, text=lambda a: _("中止的日子不算在办理期限里，期限往后顺延同样的天数，不再提醒。")),
        Deed("resume", "resume", gettext_lazy("提前恢复计算期限"), unit_forms.UpholdForm, office=True, text=lambda a: _("今天是不算的最后一天。")),
        Deed("accept", "accept", gettext_lazy("审核通过，送达提案者"), unit_forms.AcceptForm, gettext_lazy("审核答复"), office=True),
        Deed("reject", "reject", gettext_lazy("退回重拟"), unit_forms.ReasonForm, office=True, danger=True, text=lambda a: _("没有针对提案、没有先和委员沟通的，写明理由退回。")),
    )
}  # fmt: skip
DRAFTED_AS_TYPED = ("reply", "opine")  # long forms, kept as they are typed


def deeds(one: Assignment, user: User) -> list[Deed]:
    """What the reader can do now: his right for the unit or the office, the state, and how the unit takes part."""
    here = {move.verb for move in rules.HANDLING if move.frm == one.state}
    found = []
    for deed in DEEDS.values():
        if deed.move not in here or not _fits(deed, one):
            continue
        if permissions.may(user, f"proposals.{deed.move}", one.organization, deed.body(one)):
            found.append(deed)
    return found


def _fits(deed: Deed, one: Assignment) -> bool:
    if deed.name == "answer_longer":
        return one.longer_to is not None
    if deed.name == "ask_longer":
        return one.longer_to is None
    if deed.name == "opine":
        return not one.replies and not (one.state == rules.OPINED and rules.host_is_open(one, {}))
    if deed.name == "suspend":
        return not one.late_on
    if deed.name == "resume":
        return any(kept.from_on <= clock.today() < kept.to_on for kept in one.suspensions.all())
    return one.replies or deed.name not in ("reply", "approve", "send")


def first(one: Assignment, missing: list[str], contacted: bool) -> tuple[str, ...]:
    """The one thing to do now (two where it is yes or no), whoever has to do it."""
    if one.state == rules.OBJECTED:
        return ("uphold", "dismiss")
    if one.state == rules.SENT:
        return ("accept", "reject")
    if one.state == rules.DRAFTED:
        return ("approve",) if not missing else ("reply",) if contacted else ("contact",)
    if one.state in (rules.SIGNED, rules.WORKING) and not one.replies:
        return ("opine",)
    step = {rules.NEW: "sign", rules.SIGNED: "contact", rules.WORKING: "reply", rules.APPROVED: "send", rules.SENT_BACK: "reply"}  # fmt: skip
    return (step[one.state],) if one.state in step else ()


def missing(one: Assignment) -> list[str]:
    """What still stands between here and a delivered reply, in words; of what is over nothing."""
    if one.state not in rules.OPEN:
        return []
    if not one.replies:
        return [_("会办意见")]
    found = [] if one.signed_on else [_("签收")]
    found += [_("重拟答复")] if one.state == rules.SENT_BACK else []
    found += handling.lacks(one)
    found += [] if one.signer else [_("签发")]
    return [*found, _("交办机构审核")]


def steps(one: Assignment, today: date) -> list[dict[str, Any]]:
    """The step bar, drawn from the states of rules.HANDLING."""
    known = rules.HANDLING_STEPS if one.replies else rules.CO_STEPS
    at = rules.HANDLING_STEP_OF.get(one.state, one.state)
    if not one.replies and at == rules.WORKING:
        at = rules.SIGNED
    places = [state for state, _word in known]
    over = at in (rules.DELIVERED, rules.OPINED)
    place = len(places) if over else places.index(at) if at in places else -1
    days = {rules.NEW: one.signed_on, rules.APPROVED: one.sent_on, rules.DELIVERED: one.delivered_on, rules.OPINED: one.delivered_on}  # fmt: skip
    late = queries.lights(one, today) == "late"
    made = []
    for n, (state, word) in enumerate(known):
        how = "skipped" if one.state == rules.TAKEN_BACK else "done" if n < place else "now" if n == place else "todo"
        how = "late" if how == "now" and late else how
        made.append({"label": word, "state": how, "date": days.get(state) if how == "done" else None})
    return made


def since(one: Assignment) -> date | None:
    """From when on it lies where it is."""
    return {
        rules.NEW: one.assigned_on, rules.OBJECTED: one.objected_on, rules.SENT: one.sent_on, rules.DELIVERED: one.delivered_on, rules.OPINED: one.delivered_on,
        rules.TAKEN_BACK: None,
    }.get(one.state, one.signed_on)  # fmt: skip


def where(one: Assignment) -> str:
    """In whose hands it is, and since when."""
    office = str(one.office) if one.office else _("提案委员会办公室")
    who = str(one.unit) if one.state in rules.UNITS_TURN else office
    said = {
        rules.TAKEN_BACK: _("已退件，不再由本单位办理"), rules.DELIVERED: _("已答复，等提案者反馈"), rules.OPINED: _("会办意见已送主办单位"),
    }.get(one.state) or _("在%(who)s：%(state)s") % {"who": who, "state": one.state_word}  # fmt: skip
    on = since(one)
    return _("%(said)s，自 %(day)s 起") % {"said": said, "day": on} if on and one.state in rules.OPEN else said


LIGHTS = {
    "done": "done",
    "late": "missed",
    "soon": "behind",
    "fine": "on_track",
}  # as the component of states draws them


def light(one: Assignment, today: date) -> tuple[str, str]:
    """(state of the component, words): never colour alone."""
    how, left = queries.lights(one, today), (one.due_on - today).days
    words = {
        "done": _("已办完") if one.state != rules.TAKEN_BACK else _("已退件"), "late": _("逾期 %(n)s 天") % {"n": -left},
        "soon": _("今天到期") if left == 0 else _("还有 %(n)s 天") % {"n": left}, "fine": _("还有 %(n)s 天") % {"n": left},
    }  # fmt: skip
    if one.state in (rules.OBJECTED, rules.SENT) and how == "fine":
        return "on_track", _("等交办机构")
    return LIGHTS[how], words[how]


WORTH = ("due_on", "longer_to", "result", "publicity", "section", "officer", "signer")


def history(entries: list[Entry], unit: Organization) -> list[Told]:
    """The trail in words, newest first."""
    return telling.told(entries, VERBS, lambda entry: _changes(entry, unit))


def _changes(entry: Entry, unit: Organization) -> list[str]:
    said = telling.columns(entry, Assignment, WORTH, words(entry, unit))
    if (left := entry.detail.get("left")) is not None:
        said.append(_("逾期 %(n)s 天") % {"n": -left} if left < 0 else _("还有 %(n)s 天") % {"n": left})
    return said


def sent_back_because(entries: list[Entry]) -> str:
    """Why the office sent the reply back last."""
    return next((one.reason for one in entries if one.verb == "proposals.reject"), "")
