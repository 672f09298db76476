"""Whatever is tried by whomever in whatever order: what must never be, is not. More examples: XIESHANG_EXAMPLES=200."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger import posting, verify
from xieshang.base.ledger.models import unreversed
from xieshang.base.orgs.models import System
from xieshang.base.workflow.engine import find
from xieshang.base.workflow.models import Record
from xieshang.work.proposals import actions, facts, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.actions.rating import unrated
from xieshang.work.proposals.holding import OVER, held
from xieshang.work.proposals.models import Assignment, Proposal, Rating, Sheet
from xieshang.work.proposals.queries import round_of

from .test_walk import NOW, TEXT, Cast, again, answer, assigned, filed

EXAMPLES = int(os.environ.get("XIESHANG_EXAMPLES", "2"))
CONTENT = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point"}
RARE = ("withdraw", "discard", "take_back", "send_back", "object", "uphold", "reject", "redo", "revoke", "make_key", "inside", "write", "invite")  # fmt: skip
Act = Callable[["Walk", Any, dict[str, Any]], object]


class Walk:
    """Proposals of one county, and people who do things to them. `dice` says what, of what, and by whom."""

    def __init__(self, cast: Cast, dice: Random) -> None:
        self.cast, self.dice, self.now = cast, dice, NOW
        self.numbers: dict[int, tuple[int | None, int | None]] = {}
        self.everyone = [cast.first, cast.second, cast.third, cast.clerk, cast.other_clerk, cast.office, cast.road, cast.town, cast.house.user("handler")]  # fmt: skip

    def step(self) -> None:
        """One try: mostly something that the table has, mostly by who may, now and then from an old screen."""
        dice = self.dice
        self.now += timedelta(hours=dice.choice((1, 5, 30)))
        if not Proposal.objects.exists() or dice.random() < 0.04:
            self.tried(DRAFT, None, "draft")
            return
        record: Record = dice.choice([*Proposal.objects.order_by("-id")[:3], *Assignment.objects.order_by("-id")[:3], *Sheet.objects.filter(state="open")[:1]])  # fmt: skip
        table = {"Proposal": rules.MOVES, "Assignment": rules.HANDLING, "Sheet": rules.SHEET}[type(record).__name__]
        here = [move.verb for move in table if move.frm == record.state and move.verb in ACTS]
        common = [verb for verb in here if verb not in RARE]
        some = common if common and dice.random() < 0.9 else here
        verb = dice.choice(
            some if some and dice.random() < 0.95 else [move.verb for move in table if move.verb in ACTS]
        )
        self.tried(ACTS[verb], record, verb)

    def tried(self, act: Act, record: Any, verb: str) -> None:
        """By whom it may be, until one can; or by anybody, or from an old screen: then once."""
        others = self.dice.sample(self.everyone, len(self.everyone))
        right = [one for one in others if record is None or may(one, verb, record)]
        old = record is not None and verb not in UNSEEN and self.dice.random() < 0.1
        for by in right[:4] if right and self.dice.random() < 0.85 and not old else others[:1]:
            before = (record.state, record.version) if record is not None else None
            given: dict[str, Any] = {"by": User.objects.get(pk=by.pk), "now": self.now}
            given |= {"seen": record.version - old} if record is not None else {}
            with suppress(Refused, NotAllowed), transaction.atomic():
                act(self, record, given)
                assert not old, f"{verb} from an old screen was taken"
                break
            if record is not None:  # what was refused has changed nothing
                now = again(record)
                assert (now.state, now.version) == before
        self.holds(record)

    # ── what must hold after every step ──────────────────────────────────────────────────────────────────────────
    def holds(self, record: Any) -> None:
        proposals = list(Proposal.objects.select_related("first", "body", "organization"))
        for kind in ("number", "intake"):
            for session in {one.session_id for one in proposals}:
                given = sorted(n for one in proposals if one.session_id == session and (n := getattr(one, kind)))
                assert given == list(range(1, len(given) + 1)), f"{kind}: {given}"
        for one in proposals:
            kept = self.numbers.get(one.pk, (None, None))
            assert all(old in (None, new) for old, new in zip(kept, (one.number, one.intake), strict=True))
            self.numbers[one.pk] = (one.number, one.intake)
            self.has_owner(one)
        for touched in {one.pk: one for one in proposals}.values() if record is None else self.of(record):
            said = Counter(posting.key(touched.organization_id, fact) for fact in facts.facts(touched))
            assert Counter(map(posting.posted_key, unreversed().filter(record=touched.ref))) == said
        for rating in Rating.objects.select_related("by", "person"):
            assert rating.by and (rating.on_paper or rating.by.person_id == rating.person_id)
            assert not rating.by.grants.filter(role="handler").exists()

    def of(self, record: Any) -> list[Proposal]:
        found = [record] if isinstance(record, Proposal) else [record.proposal] if isinstance(record, Assignment) else [row.proposal for row in record.rows.all()]  # fmt: skip
        return [again(one) for one in found]

    def has_owner(self, one: Proposal) -> None:
        assert one.state in rules.STATES
        standing = round_of(one)
        assert all(given.state in rules.ASSIGNMENT_STATES for given in standing)
        if one.state == rules.MERGED:
            assert one.main and one.main.state in (*rules.LIVE, rules.WITHDRAWN)
        elif one.state not in OVER:
            has = held(one, standing, rated=not unrated(one))
            assert has, f"nobody has {one} ({one.state})"
            for who, verb in has:
                assert who and (find(rules.MOVES, verb, one.state) or any(find(rules.HANDLING, verb, given.state) for given in standing)), (one.state, verb)  # fmt: skip

    def by_the_table(self) -> None:
        """Every move in the trail is one of the tables."""
        tables = {"proposals.proposal": rules.MOVES, "proposals.assignment": rules.HANDLING, "proposals.sheet": rules.SHEET}  # fmt: skip
        states: dict[str, str] = {}
        for entry in Entry.objects.filter(record__startswith="proposals.", version__gt=0).order_by("id"):
            was = states.get(entry.record, "")
            now = entry.detail["changed"].get("state", [was, was])[1]
            known = {(m.verb, m.frm, m.to) for m in tables[entry.record.partition(":")[0]]}
            assert (entry.verb.partition(".")[2], was, now) in known, (entry.verb, was, now)
            states[entry.record] = now


def may(user: User, verb: str, record: Any) -> bool:
    body = (record.unit if verb in UNITS else record.office) if isinstance(record, Assignment) else None
    if isinstance(record, Proposal):
        body = actions.office_of(record)
    return permissions.may(User.objects.get(pk=user.pk), f"proposals.{verb}", record.organization, body)


UNITS = ("sign", "object", "inside", "contact", "ask_longer", "opine", "reply", "approve", "send")
UNSEEN = ("cosign", "rate", "rate_for", "assign", "assign_again", "hand_over")  # have no old screen, or take none here


def opinion(walk: Walk, one: Proposal) -> Opinion:
    outcome = walk.dice.choice((*("file",) * 6, "turn_down", "merge"))
    main = Proposal.objects.filter(state__in=rules.LIVE).order_by("id").first()
    return Opinion(outcome, "society", System.GOVERNMENT, main=main if outcome == "merge" else None, grounds=("R11",) if outcome == "turn_down" else ())  # fmt: skip


def units(walk: Walk, one: Proposal) -> list[tuple[Any, str]]:
    chosen = walk.dice.sample([walk.cast.units[name] for name in ("road", "town", "water")], walk.dice.choice((1, 1, 2)))  # fmt: skip
    roles = ((rules.SOLE,), (rules.HOST, rules.CO)) if walk.dice.random() < 0.8 else ((rules.CO,), (rules.SPLIT, rules.SPLIT))  # fmt: skip
    return list(zip(chosen, roles[len(chosen) - 1], strict=True))


def close(walk: Walk, one: Proposal, given: dict[str, Any]) -> object:
    return actions.close(one, **given, reason=walk.dice.choice(("", "已向提案者解释。")))


def without_seen(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key != "seen"}


DRAFT: Act = lambda w, one, g: actions.draft(w.cast.house.county, fields={**TEXT, "title": f"关于第{w.dice.randrange(99)}座桥的提案"}, **g)  # noqa: E731  # fmt: skip
ACTS: dict[str, Act] = {
    "write": lambda w, one, g: actions.write(one, fields={"advice": f"修 {w.dice.randrange(9)} 座。"}, **g),
    "invite": lambda w, one, g: actions.invite(one, w.dice.sample(w.cast.house.members[1:3], 1), **g),
    "cosign": lambda w, one, g: actions.cosign(one, g["by"].person or w.cast.house.members[1], agrees=w.dice.random() < 0.8, **without_seen(g)),
    "submit": lambda w, one, g: actions.submit(one, **g),
    "discard": lambda w, one, g: actions.discard(one, **g),
    "take_back": lambda w, one, g: actions.take_back(one, **g),
    "review": lambda w, one, g: actions.review(one, opinion(w, one), **g),
    "review_again": lambda w, one, g: actions.review_again(one, opinion(w, one), **g),
    "send_back": lambda w, one, g: actions.send_back(one, reason="请补充数据。", **g),
    "file": lambda w, one, g: actions.decide(actions.prepare(one.organization, "会议", w.now.date(), [one], **without_seen(g)), **without_seen(g), seen=1 if g["seen"] == one.version else 0),
    "withdraw": lambda w, one, g: actions.withdraw(one, reason="提案者要求。", **g),
    "hand_over": lambda w, one, g: actions.hand_over(one, **without_seen(g)),
    "assign": lambda w, one, g: actions.assign(one, units(w, one), **without_seen(g)),
    "assign_again": lambda w, one, g: actions.assign(one, units(w, one), **without_seen(g)),
    "rate": lambda w, one, g: actions.rate(one, CONTENT | {"result": w.dice.choice(("agree", "agree", "disagree"))}, **without_seen(g)),
    "rate_for": lambda w, one, g: actions.rate_for(one, w.cast.house.members[0], CONTENT | {"result": "agree"}, scan=("评价.txt", "同意".encode()), **without_seen(g)),
    "redo": lambda w, one, g: actions.redo(one, reason="没有答到点上。", **g),
    "close": close,
    "track": lambda w, one, g: actions.track(one, **g),
    "follow_up": lambda w, one, g: actions.follow_up(one, on=w.now.date(), result="C", words="还在做。", **g),
    "archive": lambda w, one, g: actions.archive(one, **g),
    "make_key": lambda w, one, g: actions.make_key(one, on=w.now.date(), **g),
    "decide": lambda w, one, g: actions.decide(one, **g),
    "sign": lambda w, one, g: actions.sign(one, **g),
    "object": lambda w, one, g: actions.object_to(one, reason="不归本单位。", **g),
    "uphold": lambda w, one, g: actions.uphold(one, **g),
    "dismiss": lambda w, one, g: actions.dismiss(one, reason="归你单位。", **g),
    "inside": lambda w, one, g: actions.inside(one, {"section": "一科"}, **g),
    "contact": lambda w, one, g: actions.contact(one, on=w.now.date(), way="phone", who="李科长", words="谈了工期。", **g),
    "ask_longer": lambda w, one, g: actions.ask_longer(one, to=one.due_on + timedelta(days=9), reason="汛期", **g),
    "answer_longer": lambda w, one, g: actions.answer_longer(one, agreed=w.dice.random() < 0.5, reason="可以", **g),
    "opine": lambda w, one, g: actions.opine(one, "配合。", **g),
    "reply": lambda w, one, g: actions.reply(one, {"reply": "已列入计划。", "result": w.dice.choice("ABC"), "contact": "李", "telephone": "632"}, **g),
    "approve": lambda w, one, g: actions.approve(one, signer="王局长", **g),
    "send": lambda w, one, g: actions.send(one, **g),
    "accept": lambda w, one, g: actions.accept(one, **g),
    "reject": lambda w, one, g: actions.reject(one, reason="没有写时间。", **g),
}  # fmt: skip


def _answered(cast: Cast) -> None:
    made = actions.hand_over(filed(cast), by=cast.clerk, now=NOW)
    made = actions.assign(made, [(cast.units["road"], rules.SOLE)], by=cast.office, now=NOW)
    answer(cast, made.assignments.get(), cast.road)


STARTS: dict[str, Callable[[Cast], Any]] = {"an empty house": lambda cast: None, "handed out": assigned, "answered": _answered}  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 10, suppress_health_check=list(HealthCheck), phases=(Phase.generate,), database=None)  # fmt: skip
@given(st.integers(0, 2**32), st.integers(15, 30))
def _any_path(cast: Cast, start: str, seed: int, steps: int) -> None:
    with transaction.atomic():
        STARTS[start](cast)
        walk = Walk(cast, Random(seed))
        for _n in range(steps):
            walk.step()
        walk.by_the_table()
        assert verify.verify().problems == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("start", STARTS)
def test_on_any_path_nothing_is_lost_doubled_or_nobodys(cast: Cast, start: str) -> None:
    _any_path(cast, start)
