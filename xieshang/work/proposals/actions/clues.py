"""线索: taken in, put into the reference list or dealt with otherwise, published, and what was made of it."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.errors import Refused
from xieshang.base.numbers.actions import take
from xieshang.base.orgs.models import Body, Organization, Session
from xieshang.base.settings.parameters import value
from xieshang.base.workflow.engine import Step, move

from .. import clue_rules, rules, sessions, terms
from ..models import Clue, ClueList, Knock, Proposal

FIELDS = ("title", "text", "name", "contact", "category")
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read for another


def receive(
    organization: Organization, fields: Mapping[str, Any], *, source: str, body: Body | None = None, client_id: UUID | None = None, by: User | None, now: datetime,
) -> Clue:  # fmt: skip
    """收到一条线索. client_id: sent twice it is one, with the same receipt. Raises NotAllowed · Refused: no name, no way to answer, too short or too long."""
    if client_id and (found := Clue.objects.filter(client_id=client_id, organization=organization).first()):
        return found
    typed = {name: str(fields.get(name, "")).strip() for name in FIELDS}
    _check(organization, typed, source, now)
    session, _kind = sessions.at(organization, now)
    new = Clue(
        organization=organization, session=session, source=source, body=body, code=_code(), client_id=client_id, received_on=now.date(), **typed
    )  # fmt: skip
    with move(new, "clue", clue_rules.CLUE, by=by, now=now, body=body) as step:
        step.detail["source"] = source
    return step.record


def _check(organization: Organization, typed: Mapping[str, str], source: str, now: datetime) -> None:
    for name, words in (("title", _("标题")), ("text", _("内容")), ("name", _("姓名")), ("contact", _("联系方式"))):
        if not typed[name]:
            raise Refused("empty", why=_("还没有写：%(parts)s") % {"parts": words}, do=_("写好再提交"), field=name)
    if typed["category"] and typed["category"] not in terms.categories(organization, now.date()):
        raise Refused("no_category", why=_("没有这个类别"), do=_("请从列出的里面选"), field="category")
    if source == clue_rules.TYPED_IN:
        return
    written = len("".join(typed["text"].split()))
    least, most = (value(organization, key, now.date()) for key in (clue_rules.CLUE_LEAST, clue_rules.CLUE_MOST))
    if not least <= written <= most:
        raise Refused(
            "length", why=_("现在是 %(n)s 字，线索要写 %(least)s 到 %(most)s 字") % {"n": written, "least": least, "most": most},
            do=_("请写清什么事、在哪里、建议怎么办，再提交"), field="text",
        )  # fmt: skip


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(10))


@transaction.atomic
def knock(organization: Organization, address: str, *, asking: bool = False, now: datetime) -> None:
    """Somebody without an account comes to the open page. Raises Refused: too often from one address on one day."""
    purpose = "ask" if asking else "send"
    mark = salted_hmac("xieshang.clues", f"{organization.pk} {purpose} {now.date()} {address}", algorithm="sha256").hexdigest()  # fmt: skip
    Knock.objects.filter(on__lt=now.date()).delete()
    Knock.objects.get_or_create(mark=mark, on=now.date())
    one = Knock.objects.select_for_update().get(mark=mark, on=now.date())
    most = clue_rules.ASKS_A_DAY if asking else value(organization, clue_rules.CLUES_A_DAY, now.date())
    if one.times >= most:
        raise Refused("too_often", why=_("今天从您这里来的次数太多了"), do=_("请明天再来，或打电话给提案委员会办公室"))
    one.times += 1
    one.save(update_fields=["times"])


def enlist(clue: Clue, *, category: str, units: Iterable[int] = (), words: str = "", by: User | None, now: datetime, seen: int) -> Clue:  # fmt: skip
    """列入参考目录, under a category and with units that might do it. Its number is given the first time and stays."""
    if category not in terms.categories(clue.organization, now.date()):
        raise Refused("no_category", why=_("列入参考目录的要分好类别"), do=_("请选类别再保存"), field="category")
    chosen = list(units)
    with move(clue, "clue_enlist", clue_rules.CLUE, by=by, now=now, seen=seen) as step:
        step.record.category = category
        step.detail["units"] = chosen
        _decided(step, words or _("已列入提案参考目录，供委员选题参考"))
        step.then(lambda made: made.units.set(chosen))
        step.then(_number)
    return step.record


def _number(clue: Clue) -> None:
    if clue.number is None:
        clue.number = take(clue.organization, f"proposals.clue:{clue.session_id or 0}")
        clue.save(update_fields=["number"])


def _decided(step: Step[Clue], words: str) -> None:
    """What became of it, for who asks; somebody with an account is told."""
    step.record.decided_on, step.record.told = step.day, words[:500]
    if step.record.created_by:
        step.tell([step.record.created_by], _("您提供的线索“%(title)s”：%(what)s") % {"title": step.record.title, "what": words})  # fmt: skip


def to_opinion(clue: Clue, *, words: str = "", by: User | None, now: datetime, seen: int) -> Clue:
    """转社情民意: it is rather news of the people's mind than matter for a proposal."""
    with move(clue, "clue_opinion", clue_rules.CLUE, by=by, now=now, seen=seen, reason=words) as step:
        _decided(step, words or _("已作为社情民意信息处理"))
    return step.record


def answer(clue: Clue, *, words: str, by: User | None, now: datetime, seen: int) -> Clue:
    """答复: what was asked is answered with it."""
    with move(clue, "clue_answer", clue_rules.CLUE, by=by, now=now, seen=seen, reason=words) as step:
        _decided(step, words)
    return step.record


def refuse(clue: Clue, *, words: str, by: User | None, now: datetime, seen: int) -> Clue:
    """不采用, with why."""
    with move(clue, "clue_refuse", clue_rules.CLUE, by=by, now=now, seen=seen, reason=words) as step:
        _decided(step, words)
    return step.record


def bring_back(clue: Clue, *, words: str, by: User | None, now: datetime, seen: int) -> Clue:
    """重新处理: what was done with it was not right."""
    with move(clue, "clue_back", clue_rules.CLUE, by=by, now=now, seen=seen, reason=words) as step:
        step.record.decided_on, step.record.told = None, ""
    return step.record


def publish_list(organization: Organization, session: Session | None, *, by: User | None, now: datetime) -> ClueList:
    """发布参考目录 of a plenary to the members; what is put into it later is there at once."""
    if not Clue.objects.filter(organization=organization, session=session, state=clue_rules.LISTED).exists():
        raise Refused("empty_list", why=_("目录里还没有线索"), do=_("请先把线索列入参考目录"))
    if ClueList.objects.filter(organization=organization, session=session).exists():
        raise Refused("published", why=_("这次会议的参考目录已经发布"), do=_("新列入的线索会直接出现在目录里"))
    new = ClueList(organization=organization, session=session, published_on=now.date())
    with move(new, "clues_publish", clue_rules.CLUE_LIST, by=by, now=now) as step:
        holders = Grant.objects.filter(organization=organization, role=Role.MEMBER, ended_at=None).values("user")
        step.tell(User.objects.filter(pk__in=holders, is_active=True), _("提案参考目录已发布，可以从里面选题写提案"))
    return step.record


def used(proposal: Proposal, now: datetime) -> None:
    """Something was sent, or taken back, that was begun from a clue: the clue says since when it is used."""
    if proposal.clue_id is None:
        return
    clue = Clue.objects.select_for_update().get(pk=proposal.clue_id)
    sent = clue.proposals.exclude(state=rules.DRAFT).exclude(submitted_on=None).order_by("submitted_on")
    first = sent.values_list("submitted_on", flat=True).first()
    if clue.used_on != first:
        with move(clue, "clue_used", clue_rules.CLUE, by=None, now=now) as step:
            step.record.used_on = first
            step.detail["proposal"] = proposal.pk
