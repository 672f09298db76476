"""The engine that moves records: permission → guard → state → facts → audit → notice, in one transaction.

A room's `rules.py` holds its table of `Move`s; its `actions.py` opens `move(...)`, changes what is special to the verb, and leaves.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xieshang.base import registry
from xieshang.base.accounts import again, permissions
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import circumstances, trail
from xieshang.base.errors import Refused, Stale
from xieshang.base.ledger import posting
from xieshang.base.notices.actions import tell, tell_people
from xieshang.base.orgs.models import Body, Organization
from xieshang.base.people.models import Person
from xieshang.base.settings import parameters

from .models import Record

R = TypeVar("R", bound=Record)
Guard = Callable[[Any, dict[str, Any]], Refused | None]


@dataclass(frozen=True)
class Move:
    """One row of a room's table: the verb, from which state, to which, who may, what must hold, and the source of the rule.

    `frm` "" means that the verb makes the record; "*" means any state it has.
    """

    verb: str
    frm: str
    to: str
    who: tuple[Role, ...]
    guard: Guard | None = None
    source: str = ""
    reason: bool = False  # a reason must be given
    approval: str = (
        ""  # the rule (a parameter) by which a leader must have approved this step first; see base/paperwork
    )
    again: bool = False  # 要紧的一步: who acts proves anew who he is, when his last proof is old


@dataclass
class Step(Generic[R]):
    """What an action may do while the record is locked."""

    record: R
    by: User | None
    now: datetime
    reason: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    notices: list[tuple[Iterable[User], str]] = field(default_factory=list)
    people: list[tuple[Iterable[Person], str]] = field(default_factory=list)
    writes: list[Callable[[R], None]] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.now.date()

    def then(self, write: Callable[[R], None]) -> None:
        """Rows beside the record (attendances, values): written once it has its id and before its facts are told."""
        self.writes.append(write)

    def tell(self, users: Iterable[User], text: str) -> None:
        """A notice to these accounts, sent after commit."""
        self.notices.append((users, text))

    def tell_people(self, people: Iterable[Person], text: str) -> None:
        """A notice to these persons, with an account or without: who has none is telephoned (未送达名单)."""
        self.people.append((people, text))


def find(moves: Iterable[Move], verb: str, state: str) -> Move | None:
    return next((m for m in moves if m.verb == verb and (m.frm == state or (m.frm == "*" and state))), None)


def possible(
    record: Record, user: User, moves: Iterable[Move], body: Body | None = None, given: dict[str, Any] | None = None
) -> list[str]:
    """The verbs that `user` may do on `record` now, maybe for one body: what a page draws as buttons. given: as in `move`."""
    room = record.RECORD.split(".")[0]
    return [
        m.verb
        for m in moves
        if m.frm in (record.state, "*")
        and permissions.may(user, f"{room}.{m.verb}", record.organization, body)
        and not (m.guard and m.guard(record, given or {}))
    ]


@contextmanager
def move(
    record: R, verb: str, moves: Iterable[Move], *, by: User | None, now: datetime, seen: int | None = None, reason: str = "", yours: dict[str, Any] | None = None,
    given: dict[str, Any] | None = None, at: Organization | None = None, body: Body | None = None,
) -> Iterator[Step[R]]:  # fmt: skip
    """Lock, check, let the action change `step.record`, then save it with its facts and its audit entry.

    record  saved (it is locked and read afresh) or new (verb with from-state "")
    by      who acts; None is the system, which holds every grant and stands in the audit as 系统
    seen    the version on the person's screen; another one raises Stale with both versions
    yours   what the person typed, shown beside theirs when it is Stale
    given   what the guard looks at besides the record
    at      the unit in which `by` acts, where it is another than the record's (a jointly held one; what is sent up is accepted above)
    body    for which body `by` acts: a grant that is narrowed to it holds
    raises  NotAllowed · Refused · Stale; then nothing is written
    """
    room = record.RECORD.split(".")[0]
    if by is not None:
        permissions.require(by, f"{room}.{verb}", at or record.organization, body)
    with transaction.atomic():
        elsewhere = record.organization_id
        record = _locked(record, seen, yours or {})
        if by is not None and at is None and record.organization_id != elsewhere:  # it moved, or was read before it did
            permissions.require(by, f"{room}.{verb}", record.organization, body)
        row = find(moves, verb, record.state)
        if row is None:
            raise Refused("wrong_state", why=_("这条记录现在不能办理这一步"), do=_("请刷新页面，看看它的最新状态"))
        if row.reason and not reason.strip():
            raise Refused(
                "no_reason",
                why=_("还没有写理由，以后看的人需要知道为什么"),
                do=_("请写一句理由再提交，您填写的内容没有丢失"),
                field="reason",
            )
        if row.guard and (refusal := row.guard(record, given or {})):
            raise refusal
        if row.approval and by is not None:
            _require_approval(record, row, f"{room}.{verb}", now)
        if row.again and by is not None:
            again.require(at or record.organization, now)
        before = snapshot(record) if record.pk else {}
        step = Step(record, by, now, reason)
        yield step
        _save(step, row, verb=f"{room}.{verb}", before=before)


def _require_approval(record: Record, row: Move, verb: str, now: datetime) -> None:
    ref = record.ref if record.pk else ""  # what is not there yet was approved as it was typed
    if parameters.value(record.organization, row.approval, now.date()) and not circumstances.approved(verb, ref):
        raise Refused(
            "needs_approval",
            why=_("按本单位的规则，这一步要领导签批"),
            do=_("请点“送签”：领导在网上同意，或打印审批单、纸上签字后代录"),
        )


def _locked(record: R, seen: int | None, yours: dict[str, Any]) -> R:
    if record.pk is None:
        return record
    fresh = (
        type(record)._default_manager.select_for_update(of=("self",)).select_related("organization").get(pk=record.pk)
    )
    if seen is not None and fresh.version != seen:
        who, when = str(fresh.saved_by or trail.SYSTEM), f"{localtime(fresh.saved_at):%H:%M}"
        raise Stale(
            theirs=snapshot(fresh), yours=yours, who=who, when=when,
            why=_("这条记录在 %(when)s 由%(who)s修改过，您的修改尚未保存") % {"when": when, "who": who},
            do=_("请对照两边的内容，选择保留哪一处后再保存"),
        )  # fmt: skip
    return fresh


def _save(step: Step[Any], row: Move, *, verb: str, before: dict[str, Any]) -> None:
    record = step.record
    if record.pk is None:
        record.created_at, record.created_by = step.now, step.by
    record.state, record.version = row.to, record.version + 1
    record.saved_at, record.saved_by = step.now, step.by
    record.save()
    for write in step.writes:
        write(record)
    for keep in registry.KEPT.get(record.RECORD, ()):
        keep(record)
    facts = posting.restate(record, now=step.now, by=step.by, reason=step.reason)
    after = snapshot(record)
    changed = {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}
    made = trail.write(
        verb, by=step.by, now=step.now, organization=record.organization, record=record.ref, version=record.version, reason=step.reason,
        detail={"changed": changed, **step.detail}, facts=[posting.line(f) for f in facts],
    )  # fmt: skip
    posting.save(facts, made)
    for users, text in step.notices:
        tell(users, text, organization=record.organization, record=record.ref, now=step.now)
    for people, text in step.people:
        tell_people(people, text, organization=record.organization, record=record.ref, now=step.now)


def snapshot(record: models.Model) -> dict[str, Any]:
    """The columns of a record as plain values, for audit and for showing two versions; encrypted columns are left out."""
    skip = ("EncryptedField",)
    plain = {}
    for column in record._meta.concrete_fields:
        if type(column).__name__ in skip or column.name in ("saved_at", "saved_by", "version"):
            continue
        value = getattr(record, column.attname)
        plain[column.name] = value if isinstance(value, str | int | bool | dict | list | type(None)) else str(value)
    return plain
