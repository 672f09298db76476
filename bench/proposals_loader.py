"""A bulk loader of proposals for the bench only: five years of one committee, with all that stands beside them, as the actions would have left them.

Facts, their lines and digests come from the room's own functions, so the result passes `ledger verify`. The newest (one of twenty) bear the whole
trail of their moves, with texts, reviews and contacts; the older ones have one entry, as what was taken over from another system: their pages are
not asked for, and the lists, the search and the board read no trails.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from operator import attrgetter
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import JSONField, Max, Model

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit import sealing, trail
from xieshang.base.audit.models import Entry
from xieshang.base.ledger import posting, rollup
from xieshang.base.ledger.facts import Fact
from xieshang.base.ledger.models import PostedFact
from xieshang.base.numbers.models import Counter
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization, Session, System
from xieshang.base.people import facts as seat_facts
from xieshang.base.people.models import Person, Seat
from xieshang.base.workflow.models import Record
from xieshang.work.proposals import facts as said
from xieshang.work.proposals import rules
from xieshang.work.proposals.models import Assignment, Contact, Proposal, Rating, Review, Signature, Text

from . import county, proposals_texts
from .loader import Row, _insert, _plain

CODE, CLERK, SECOND, PASSWORD = "measured", "bench-clerk", "bench-second", "correct horse battery"
SIZES = {"20k": 20_000, "250k": 250_000}
UNITS, MEMBERS, YEARS, CHUNK = 130, 300, (2022, 2023, 2024, 2025, 2026), 1000
WHOLE = 0.05  # the newest, with the whole trail of their moves
CATEGORIES = tuple(proposals_texts.THINGS)
TODAY = county.NOW.date()
# How far the newest have come, and how the older ones ended.
NEWEST = (
    ("submitted", 8), ("returned", 2), ("prelim", 5), ("reviewed", 15), ("filed", 4), ("assigning", 4), ("assigned", 34), ("feedback", 8), ("rehandle", 1), ("closed", 10), ("tracking", 2),
    ("archived", 1), ("not_filed", 3), ("merged", 2), ("withdrawn", 1),
)  # fmt: skip
OLDER = (("archived", 86), ("closed", 4), ("not_filed", 5), ("merged", 4), ("withdrawn", 1))
PATH = (
    "draft",
    "submit",
    "review",
    "review_again",
    "file",
    "hand_over",
    "assign",
    "survey",
    "rate",
    "close",
    "archive",
)
STOPS = {
    "submitted": 2, "returned": 3, "prelim": 3, "reviewed": 4, "filed": 5, "merged": 5, "not_filed": 5, "withdrawn": 5, "assigning": 6, "assigned": 7, "feedback": 8, "rehandle": 10, "closed": 10,
    "tracking": 11, "archived": 11,
}  # fmt: skip
INSTEAD = {"returned": "send_back", "merged": "merge", "not_filed": "turn_down", "withdrawn": "withdraw", "rehandle": "redo", "tracking": "track"}  # fmt: skip
DEEDS = ("assigned", "sign", "contact", "reply", "approve", "send", "accept")
CAME = {rules.NEW: 1, rules.SIGNED: 2, rules.WORKING: 3, rules.DRAFTED: 4, rules.APPROVED: 5, rules.SENT: 6, rules.DELIVERED: 7}  # fmt: skip
CONTACTED = 2
BESIDE: tuple[type[Model], ...] = (Proposal, Signature, Assignment, Rating, Review, Text, Contact, Seat)


@dataclass
class Place:
    """The committee and all whom its proposals name."""

    organization: Organization
    term: int
    sessions: list[Session]
    seats: dict[int, int]
    offices: dict[str, Body]
    units: list[Body]
    clerk: User
    second: User


@dataclass
class _Batch:
    rows: dict[type[Model], list[Model]] = field(default_factory=lambda: {model: [] for model in BESIDE})
    entries: list[Entry] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)


def measured() -> tuple[Organization, User]:
    return Organization.objects.get(code=CODE), User.objects.get(username=CLERK)


def place(members: int = MEMBERS, units: int = UNITS) -> Place:
    """The committee, five plenaries, its members' persons, its handling units and two clerks, by the pages' own actions."""
    now = datetime(2022, 1, 4, 9, tzinfo=clock.SHANGHAI)
    with clock.at(now):
        unit = orgs.add(name="云江省政协", short_name="云江省", code=CODE, level=Level.PROVINCE, parent=None, by=None, now=now)  # fmt: skip
        term = orgs.add_term(unit, 13, date(2022, 1, 1), date(2026, 12, 31), by=None, now=now)
        sessions = [
            orgs.add_session(term, n, date(year, 1, 12), date(year, 1, 16), by=None, now=now)
            for n, year in enumerate(YEARS, 1)
        ]
        sectors = Body.objects.bulk_create(county._bodies(unit, BodyKind.SECTOR, county.SECTORS))
        people = Person.objects.bulk_create(Person(organization=unit, name=county._name(k), order=k) for k in range(members))  # fmt: skip
        seats = {person.pk: sectors[k % len(sectors)].pk for k, person in enumerate(people)}
        offices = {
            system: orgs.add_body(unit, BodyKind.HANDLING_UNIT, f"{word}办公厅", system=system, assigns=True, by=None, now=now)
            for system, word in (("government", "省政府"), ("party", "省委"))
        }  # fmt: skip
        made = Body.objects.bulk_create(
            Body(
                organization=unit, kind=BodyKind.HANDLING_UNIT, name=f"省{proposals_texts.OFFICES[n % 10]}第{n + 1}承办单位", order=n,
                system=System.PARTY if n % 6 == 0 else System.GOVERNMENT,
            )
            for n in range(units)
        )  # fmt: skip
        clerk, second = (_account(name, word, unit, now) for name, word in ((CLERK, "刘敏"), (SECOND, "周晴")))
    return Place(unit, term.pk, sessions, seats, offices, made, clerk, second)


def _account(username: str, name: str, unit: Organization, now: datetime) -> User:
    made = accounts.make(username, name=name, password=PASSWORD, organization=unit, by=None, now=now)
    accounts.grant(made, Role.CLERK, unit, by=None, now=now)
    return User.objects.get(pk=made.pk)


def build(size: str) -> int:
    """Fill an empty, migrated database; how many facts stand in it."""
    here = place()
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
        _Loader(here).load(SIZES[size])
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [*BESIDE, Entry, PostedFact]):
            cursor.execute(sql)
    sealing.seal_all(county.NOW)
    rollup.fold_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return PostedFact.objects.count()


class _Loader:
    """Ids that go on from what the actions wrote, the last numbers of each plenary, and the rows that wait."""

    def __init__(self, here: Place) -> None:
        self.here, self.dice, self.batch = here, Random(20260618), _Batch()
        self.ids = {
            model: count((model._default_manager.aggregate(n=Max("pk"))["n"] or 0) + 1)
            for model in (*BESIDE, Entry, PostedFact)
        }
        self.intake, self.number = dict.fromkeys(YEARS, 0), dict.fromkeys(YEARS, 0)
        self.main: int | None = None  # the last that was filed
        self.people = list(here.seats)

    def load(self, n: int) -> None:
        self._seat()
        states = {True: _drawn(NEWEST), False: _drawn(OLDER)}
        for k, day in enumerate(self._days(n)):
            newest = k >= n * (1 - WHOLE)
            self._proposal(day, self.dice.choice(states[newest]), newest)
            if k % CHUNK == CHUNK - 1:
                self._flush()
        self._flush()
        for session, year in zip(self.here.sessions, YEARS, strict=True):
            for series, last in (("intake", self.intake[year]), ("number", self.number[year])):
                Counter.objects.create(organization=self.here.organization, series=f"proposals.{series}:{session.pk}", last=last)  # fmt: skip

    def _days(self, n: int) -> list[date]:
        """The days on which they were sent, in order: most of a year's around its plenary, the others all through it."""
        found = []
        for k in range(n):
            start = date(YEARS[k % len(YEARS)], 1, 5)
            last = min((TODAY - start).days - 1, 350)
            around = self.dice.random() < 0.6
            found.append(start + timedelta(days=self.dice.randint(0, 11) if around else self.dice.randint(12, last)))
        return sorted(found)

    def _seat(self) -> None:
        now = datetime(2022, 1, 4, 10, tzinfo=clock.SHANGHAI)
        for person, sector in self.here.seats.items():
            seat = Seat(
                id=next(self.ids[Seat]), organization=self.here.organization, person_id=person, term_id=self.here.term, sector_id=sector, started_on=now.date(), state="seated",
                created_at=now, saved_at=now,
            )  # fmt: skip
            self._post(seat, "people.seat", now, seat_facts.facts(seat))
            self.batch.rows[Seat].append(seat)

    # ── one proposal ─────────────────────────────────────────────────────────────────────────────────────────────
    def _proposal(self, day: date, state: str, newest: bool) -> None:
        dice, at = self.dice, datetime.combine(day, time(9 + self.dice.randrange(9), self.dice.randrange(60)), clock.SHANGHAI)  # fmt: skip
        category = dice.choice(CATEGORIES)
        text = proposals_texts.proposal(dice, category)
        signers = dice.sample(self.people, dice.choice((1, 1, 2, 3)))
        session = self.here.sessions[day.year - YEARS[0]]
        self.intake[day.year] += 1
        one = Proposal(
            id=next(self.ids[Proposal]), organization=self.here.organization, session=session, kind=rules.SESSION if day <= session.closes_on else rules.INTERIM,
            proposer=rules.JOINT if len(signers) > 1 else rules.MEMBER, first_id=signers[0], title=text.title, situation=text.situation, analysis=text.analysis, advice=text.advice,
            intake=self.intake[day.year], submitted_at=at, submitted_on=day, state=state, created_at=at, saved_at=at,
        )  # fmt: skip
        came = STOPS[state]
        if came > 2:
            one.category, one.first_reviewer = category, self.here.clerk
            one.system = System.PARTY if dice.random() < 0.2 else System.GOVERNMENT
        self._decided(one, came)
        signed = [
            Signature(id=next(self.ids[Signature]), proposal=one, person_id=person, order=n, state=Signature.SIGNED, asked_at=at, answered_at=at, sector_id=self.here.seats[person])
            for n, person in enumerate(signers)
        ]  # fmt: skip
        given = self._assignments(one, text.thing, newest) if came >= 7 else []
        ratings = self._answered(one, given, signers) if came >= 8 else []
        people = tuple(said.Signer(s.person_id, s.sector_id) for s in signed)
        spoken = {a.pk: a.assigned_on for a in given if newest and _came(a) > CONTACTED}
        beside = said.Said(people, tuple(given), tuple(ratings), spoken=spoken)
        self._trail(one, came, newest, beside)
        for model, rows in ((Proposal, [one]), (Signature, signed), (Assignment, given), (Rating, ratings)):
            self.batch.rows[model] += rows
        for assignment in given:
            self._handled(assignment, newest)

    def _decided(self, one: Proposal, came: int) -> None:
        if came < 5 or one.submitted_on is None:
            return
        one.decided_on = min(one.submitted_on + timedelta(days=14), TODAY)
        if one.state == rules.NOT_FILED:
            one.grounds, one.disposition, one.told = ["R11"], rules.TO_INFO, "不属于本级工作范围"
        elif one.state == rules.WITHDRAWN:
            one.disposition = rules.WITHDRAW
        elif one.state == rules.MERGED:
            one.main_id = self.main
        else:
            self.number[one.submitted_on.year] += 1
            one.number, self.main = self.number[one.submitted_on.year], one.pk

    def _assignments(self, one: Proposal, thing: str, newest: bool) -> list[Assignment]:
        """To one unit, or to a host with a co-handler; of the newest some are late."""
        dice, done = self.dice, one.state != rules.ASSIGNED
        assert one.decided_on is not None
        on = min(one.decided_on + timedelta(days=5), TODAY)
        units = dice.sample(self.here.units, dice.choice((1, 1, 2)))
        roles = (rules.SOLE,) if len(units) == 1 else (rules.HOST, rules.CO)
        made = []
        for unit, role in zip(units, roles, strict=True):
            due = on + timedelta(days=90)
            state = dice.choice((rules.NEW, rules.SIGNED, rules.WORKING, rules.WORKING, rules.DRAFTED, rules.APPROVED, rules.SENT)) if role != rules.CO else rules.WORKING  # fmt: skip
            late = not done and state in rules.UNITS_TURN and due < TODAY
            if late and dice.random() < 0.8:  # most of them were put off
                due, late = TODAY + timedelta(days=dice.randint(1, 60)), False
            answered = min(on + timedelta(days=dice.randint(20, 100)), TODAY) if done else None
            state = (rules.OPINED if role == rules.CO else rules.DELIVERED) if done else state
            at = datetime.combine(on, time(10), clock.SHANGHAI)
            one_given = Assignment(
                id=next(self.ids[Assignment]), organization=one.organization, proposal=one, unit=unit, office=self.here.offices[one.system], role=role, assigned_on=on,
                object_by=on + timedelta(days=7), contact_by=on + timedelta(days=21), due_on=due, state=state, created_at=at, saved_at=at,
                signed_on=None if state == rules.NEW else on, delivered_on=answered, late_on=due + timedelta(days=1) if late else None,
                section="综合科", officer="李科长", contact="李科长", telephone="0000-1",
            )  # fmt: skip
            if done and role != rules.CO:
                one_given.reply, one_given.paper = proposals_texts.reply(dice, thing), f"省提函〔{on.year}〕{one_given.pk % 900 + 1}号"  # fmt: skip
                one_given.result, one_given.publicity, one_given.signer = dice.choice("AABBC"), rules.OPEN_TO_ALL, "王局长"  # fmt: skip
                one_given.outcome = rules.OUTCOME[one_given.result]
                one_given.outcome = rules.OUTCOME[one_given.result]
            elif done:
                one_given.opinion = "同意主办单位意见，我单位将配合落实。"
            made.append(one_given)
        return made

    def _answered(self, one: Proposal, given: Sequence[Assignment], signers: Sequence[int]) -> list[Rating]:
        one.replied_on = max(a.delivered_on for a in given if a.replies and a.delivered_on)
        one.result = max(a.result for a in given if a.replies)
        one.outcome = rules.OUTCOME[one.result]
        one.outcome = rules.OUTCOME[one.result]
        one.rate_by = one.replied_on + timedelta(days=21)
        on = min(one.replied_on + timedelta(days=6), TODAY)
        at = datetime.combine(on, time(9), clock.SHANGHAI)
        if one.state in (rules.CLOSED, rules.TRACKING, rules.ARCHIVED):
            one.closed_on = min(one.rate_by, TODAY)
            one.promise_on = date(one.closed_on.year + 1, 3, 1) if one.outcome in rules.FOLLOWED["reference"] else None
            one.published = self.dice.random() < 0.5
        unhappy = one.state == rules.REHANDLE
        asked = signers[: len(signers) // 2] if one.state == rules.FEEDBACK else signers
        return [
            Rating(
                id=next(self.ids[Rating]), proposal=one, person_id=person, visited="yes", way="visit", attitude="satisfied", aim="to_point", at=at,
                result="disagree" if unhappy else self.dice.choice(("agree", "agree", "understand")),
            )
            for person in asked
        ]  # fmt: skip

    # ── what the trail says of it ────────────────────────────────────────────────────────────────────────────────
    def _trail(self, one: Proposal, came: int, newest: bool, beside: said.Said) -> None:
        """One entry for each move it came; of the older ones for their end. All facts stand under the last."""
        verbs = [*PATH[: came - 1], INSTEAD.get(one.state, PATH[came - 1])] if newest else ["archive"]
        at, day = one.created_at, timedelta(hours=26)
        assert at is not None
        for n, verb in enumerate(verbs):
            last = n == len(verbs) - 1
            changed = {name: [None, getattr(one, name)] for name in ("title", "situation", "analysis", "advice")} if newest and n == 0 else {"state": [None, one.state]}  # fmt: skip
            facts = said.said(one, beside) if last else []
            self._post(one, f"proposals.{verb}", min(at + day * n, county.NOW), facts, changed=changed)
            if newest and verb in ("submit", "review", "review_again", "file"):
                self._kept(one, verb, one.saved_at)

    def _kept(self, one: Proposal, verb: str, at: datetime) -> None:
        """The text at this step, and what the reviewer of it said."""
        self.batch.rows[Text].append(
            Text(id=next(self.ids[Text]), proposal=one, verb=verb, at=at, title=one.title, situation=one.situation, analysis=one.analysis, advice=one.advice)
        )  # fmt: skip
        if verb in ("review", "review_again"):
            stage, by = (Review.FIRST, self.here.clerk) if verb == "review" else (Review.SECOND, self.here.second)
            self.batch.rows[Review].append(
                Review(id=next(self.ids[Review]), proposal=one, stage=stage, at=at, by=by, outcome="file", category=one.category, system=one.system)
            )  # fmt: skip

    def _handled(self, one: Assignment, newest: bool) -> None:
        at = one.created_at
        came = _came(one) if newest else 1
        for n in range(came):
            self._post(one, f"proposals.{DEEDS[n]}", min(at + timedelta(days=3) * n, county.NOW), ())
        if newest and came > CONTACTED:
            self.batch.rows[Contact].append(
                Contact(id=next(self.ids[Contact]), assignment=one, on=one.assigned_on, way="visit", who="李科长", words="到现场看了，谈了办理打算。", at=at)
            )  # fmt: skip

    def _post(self, record: Record, verb: str, now: datetime, facts: Iterable[Fact], **detail: Any) -> None:
        """The next version of a record: its audit entry, and the facts under it."""
        entry, ids, unit, ref = next(self.ids[Entry]), self.ids[PostedFact], self.here.organization, record.ref
        record.version, record.saved_at = record.version + 1, now
        rows = []
        for fact in facts:
            key = posting.key(unit.pk, fact)
            rows.append(Row(next(ids), key[0], key[1], key[2], now, *key[3:], ref, record.version, None, "", entry))
        made = trail.entry(
            verb, by=self.here.clerk, now=now, organization=unit, record=ref, version=record.version, detail=detail, facts=map(posting.line, rows)
        )  # fmt: skip
        made.pk = entry
        self.batch.entries.append(made)
        self.batch.facts += rows

    def _flush(self) -> None:
        _insert(Entry, _columns(Entry, self.batch.entries))
        for model, rows in self.batch.rows.items():
            _insert(model, _columns(model, rows))
        _insert(PostedFact, self.batch.facts if connection.vendor == "postgresql" else _plain(self.batch.facts))
        self.batch = _Batch()


def _came(one: Assignment) -> int:
    """How many of DEEDS were done; a co-handler that gave its opinion had spoken with the proposer too."""
    return CAME.get(one.state, 4)


def _drawn(shares: Iterable[tuple[str, int]]) -> list[str]:
    return [state for state, n in shares for _i in range(n)]


def _columns(model: type[Model], rows: Iterable[Model]) -> Iterator[tuple[Any, ...]]:
    """Rows of a model as the database takes them."""
    columns = model._meta.concrete_fields
    own = {
        column.attname for column in columns if connection.vendor == "sqlite" or isinstance(column, JSONField)
    }  # the driver knows the others
    prepared = [(n, column.get_db_prep_save) for n, column in enumerate(columns) if column.attname in own]
    read = attrgetter(*(column.attname for column in columns))
    for row in rows:
        values = list(read(row))
        for n, prepare in prepared:
            values[n] = prepare(values[n], connection)
        yield tuple(values)
