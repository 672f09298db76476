"""修订: a revised document is paired with the plan item by item, put right by a person, and applied in one step."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.workflow.engine import move
from xieshang.text.similarity import ratio

from .. import pairing, reading
from ..models import Mark, Pair, Paper, Plan, Revision, Section, Target
from ..rules import PLAN_MOVES, REVISION_MOVES, TAKES, TARGET_MOVES
from .checking import accept, drop
from .parts import READ, keep_version, known, rest_on
from .running import withdraw_target

NUMBERS = ("value", "max")
STANDS = ("start", "end", "order")
CHARGED = ("owner", "lead_leader", "lead_office", "cooperating", "months")
Seen = int | None


def start_revision(
    plan: Plan, paper: Paper, document: int | None = None, *, by: User | None, now: datetime
) -> Revision:
    """修订: pair a document with a plan. Nothing of the plan changes before it is applied.

    raises  Refused: received (a plan handed down is changed by who handed it down), closed, being_revised, which_document, no_such_document
    """
    if plan.sender_id is not None:
        raise Refused("received", why=_("这是上级分解的计划"), do=_("要改请由分解的单位调整"))
    if plan.state not in ("reading", "in_force"):
        raise Refused("closed", why=_("这份计划已经结束，不再改动"), do=_("请在新的计划里办理"))
    if paper.organization_id != plan.organization_id:
        raise Refused("other_unit", why=_("这份来稿不是本单位的"), do=_("请选本单位的来稿"), field="file")
    if Revision.objects.filter(plan=plan, state="pairing").exists():
        raise Refused(
            "being_revised", why=_("这份计划已有一份修订稿正在配对"), do=_("请先采用它，或选“不用了”"), field="file"
        )
    one = reading.choose(reading.documents(paper.text, paper.name), document)
    revision = Revision(
        organization=plan.organization, plan=plan, paper=paper, document=one.number, old_paper=plan.paper, old_document=plan.document
    )  # fmt: skip
    with move(revision, "start_revision", REVISION_MOVES, by=by, now=now) as step:
        step.then(lambda saved: _pair_up(saved, one))
    return step.record


def best_document(plan: Plan, documents: list[reading.Found]) -> int:
    """The document of a paper that is most likely the plan's new version: the one whose title is most like the plan's."""
    likely = max(documents, key=lambda one: ratio(one.title, plan.title), default=None)
    return likely.number if likely else 1


def _pair_up(revision: Revision, one: reading.Found) -> None:
    plan = revision.plan
    old = list(plan.targets.select_related("section").order_by("order", "id"))
    headings = [heading.title for heading in one.document.outline]
    new = reading.targets(one.document, plan, known(plan), revision.paper.doubtful)
    mine = [_item(target, target.section.title if target.section else "") for target in old]
    theirs = [_item(target, headings[n] if n is not None else "") for target, n in new]
    pairs, links = [], []
    for order, one_match in enumerate(pairing.match(mine, theirs)):
        olds = [old[k] for k in one_match.olds]
        said = _said(*new[one_match.new]) if one_match.new is not None else None
        pairs.append(Pair(revision=revision, order=order * 100, said=said, kind=kind(olds, said), sure=one_match.sure))
        links.append(olds)
    Pair.objects.bulk_create(pairs)
    through = Pair.olds.through
    through.objects.bulk_create(
        through(pair_id=pair.pk, target_id=target.pk)
        for pair, olds in zip(pairs, links, strict=True)
        for target in olds
    )


def _item(target: Target, heading: str) -> pairing.Item:
    """What was taken out, or came from another year's plan, is no item of this paper: it only knows its own words."""
    standing = target.state not in ("dropped", "withdrawn", "carried") and target.carried_from_id is None
    return pairing.Item(target.quote, target.goal_words, target.unit, target.indicator, heading, standing)


def _said(target: Target, section: int | None) -> dict[str, Any]:
    """A new item as plain values, as the database keeps them until the revision is applied."""
    plain = {name: getattr(target, name) for name in (*READ, *STANDS, *CHARGED)}
    texts = {name: None if plain[name] is None else str(plain[name]) for name in (*NUMBERS, "deadline")}
    return {**plain, **texts, "section": section}


def new_target(pair: Pair) -> Target:
    """The new item of a pair as an unsaved target of its plan."""
    plan = pair.revision.plan
    said = {name: value for name, value in (pair.said or {}).items() if name != "section"}
    for name in NUMBERS:
        said[name] = None if said.get(name) is None else Decimal(said[name])
    said["deadline"] = parse_date(said["deadline"]) if said.get("deadline") else None
    return Target(plan=plan, organization=plan.organization, **said)


def kind(olds: Iterable[Target], said: dict[str, Any] | None) -> str:
    """增、删、改、并、未变."""
    found = list(olds)
    if said is None:
        return "removed"
    if len(found) > 1:
        return "merged"
    return "added" if not found else "same" if found[0].quote == said["quote"] else "changed"


# --- putting the pairs right --------------------------------------------------------------------------------------------------


def join(revision: Revision, pair: int, old: int, *, by: User | None, now: datetime, seen: Seen = None) -> Revision:
    """配对、并入: an old item that stood alone belongs to this new one; a second one makes it 并."""
    with move(revision, "pair", REVISION_MOVES, by=by, now=now, seen=seen) as step:
        one = _pair(step.record, pair)
        alone = step.record.pairs.filter(olds=old, said__isnull=True).first()
        if one.said is None or alone is None:
            raise Refused("not_free", why=_("这一项已经配了别的"), do=_("请先把它拆开，再重新配"))
        step.detail.update(pair=pair, old=old)

        def write(saved: Revision) -> None:
            one.olds.add(old)
            alone.delete()
            _settle(one)

        step.then(write)
    return step.record


def part(revision: Revision, pair: int, *, by: User | None, now: datetime, seen: Seen = None) -> Revision:
    """拆开: the new item stands alone (增), and so does each old one (删)."""
    with move(revision, "pair", REVISION_MOVES, by=by, now=now, seen=seen) as step:
        one = _pair(step.record, pair)
        if one.said is None or not one.olds.exists():
            raise Refused("alone", why=_("这一项没有配对，不用拆"), do=_("请刷新页面"))
        step.detail["pair"] = pair

        def write(saved: Revision) -> None:
            for n, old in enumerate(one.olds.order_by("order", "id"), 1):
                Pair.objects.create(revision=saved, order=one.order + n, kind="removed").olds.add(old)
            one.olds.clear()
            _settle(one)

        step.then(write)
    return step.record


def decide(revision: Revision, pair: int, take: str, *, by: User | None, now: datetime, seen: Seen = None) -> Revision:
    """采用新稿、保留原样、另列待核对: what applying does with this pair."""
    with move(revision, "pair", REVISION_MOVES, by=by, now=now, seen=seen) as step:
        one = _pair(step.record, pair)
        one.take, one.sure = take if take in dict(TAKES) else "new", True
        step.detail.update(pair=pair, take=one.take)
        step.then(lambda saved: one.save(update_fields=["take", "sure"]))
    return step.record


def _pair(revision: Revision, pk: int) -> Pair:
    found = revision.pairs.filter(pk=pk).first()
    if found is None:
        raise Refused("no_pair", why=_("这一对已经变了"), do=_("请刷新页面，看看现在的配对"))
    return found


def _settle(pair: Pair) -> None:
    pair.kind, pair.sure, pair.take = kind(pair.olds.all(), pair.said), True, "new"
    pair.save(update_fields=["kind", "sure", "take"])


def drop_revision(revision: Revision, *, by: User | None, now: datetime, seen: Seen = None) -> Revision:
    """不用了: the plan stays as it is."""
    with move(revision, "drop_revision", REVISION_MOVES, by=by, now=now, seen=seen) as step:
        pass
    return step.record


# --- applying -----------------------------------------------------------------------------------------------------------------


def apply_revision(
    revision: Revision, *, basis: str, number: str = "", effective_on: date, accept_sure: bool = True, by: User | None, now: datetime, seen: Seen = None,
) -> Revision:  # fmt: skip
    """采用: changed targets keep their old version, dropped ones are taken out, new ones are added; all of it or nothing.

    raises  Refused: no_basis, bad_day, no_value (a confirmed target would lose its number)
    """
    with move(revision, "apply_revision", REVISION_MOVES, by=by, now=now, seen=seen) as step:
        one = step.record
        one.basis, one.number, one.effective_on = basis.strip()[:100], number.strip()[:60], effective_on
        plan = Plan.objects.select_for_update(of=("self",)).select_related("organization", "paper").get(pk=one.plan_id)
        one.plan = plan
        if not one.basis:
            raise Refused("no_basis", why=_("还没有写修订的依据"), do=_("请写明哪次会议或哪份文件"), field="basis")
        if not plan.starts_on <= effective_on <= plan.ends_on:
            raise Refused("bad_day", why=_("生效日不在计划的起止期内"), do=_("请改正生效日"), field="effective_on")
        step.detail["pairs"] = one.pairs.exclude(kind="same").filter(take="new").count()
        step.then(lambda saved: _Applying(saved, accept_sure=accept_sure, by=by, now=now).all())
    return step.record


def reason_of(revision: Revision) -> str:
    """What every target that changed says of why."""
    number = f"（{revision.number}）" if revision.number else ""
    return _("修订依据：%(basis)s%(number)s，自 %(day)s 起施行") % {
        "basis": revision.basis, "number": number, "day": revision.effective_on,
    }  # fmt: skip


class _Applying:
    """One revision being applied."""

    def __init__(self, revision: Revision, *, accept_sure: bool, by: User | None, now: datetime) -> None:
        self.revision, self.plan, self.accept_sure = revision, revision.plan, accept_sure
        self.by, self.now, self.reason = by, now, reason_of(revision)
        self.sections: list[Section] = []

    def all(self) -> None:
        one = reading.choose(
            reading.documents(self.revision.paper.text, self.revision.paper.name), self.revision.document
        )
        pairs = list(self.revision.pairs.prefetch_related("olds"))
        for pair in pairs:
            pair.revision = self.revision
        changes = any(pair.kind != "same" and pair.take != "old" for pair in pairs)
        if self._same_paper(one) and not changes:
            return
        self._plan(one, changes=changes)
        headed = dict(self.plan.targets.exclude(section=None).values_list("pk", "section__title"))
        self.sections = outline(self.plan, one)
        self._under_their_headings(headed)
        for pair in pairs:
            self._apply(pair)

    def _under_their_headings(self, headed: dict[int, str]) -> None:
        """What the new paper does not name stays under the heading it had, where that still stands."""
        places = {section.title: section for section in self.sections}
        by_title: dict[str, list[int]] = defaultdict(list)
        for pk, title in headed.items():
            by_title[title].append(pk)
        for title in by_title.keys() & places.keys():
            Target.objects.filter(pk__in=by_title[title]).update(section=places[title])

    def _same_paper(self, one: reading.Found) -> bool:
        return self.plan.digest == reading.digest(self.revision.paper.text[one.document.start : one.document.end])

    def _plan(self, one: reading.Found, *, changes: bool) -> None:
        """The plan stands on the new paper, and says since when and by what."""
        with move(self.plan, "revise", PLAN_MOVES, by=self.by, now=self.now, reason=self.reason) as step:
            plan, document, text = step.record, one.document, self.revision.paper.text
            plan.title, plan.paper, plan.document = one.title[:200], self.revision.paper, one.number
            plan.start, plan.end = document.start, document.end
            plan.digest = reading.digest(text[document.start : document.end])
            if changes and plan.state == "in_force":
                since = self.revision.effective_on
                assert since is not None
                rest_on(step, status="adjusted", meeting=self.revision.basis, number=self.revision.number, on=since)
        self.plan = step.record

    def _apply(self, pair: Pair) -> None:
        olds = sorted(pair.olds.all(), key=lambda target: (target.order, target.pk))
        for old in olds:
            old.plan, old.organization = self.plan, self.plan.organization
        if pair.said is None:
            if pair.take == "new":
                self._out(olds[0], self.reason)
            return
        new, section = new_target(pair), self._section(pair)
        if not olds:
            if pair.take != "old":
                self._add(pair, new, section)
            return
        if pair.take == "open":
            self._add(pair, new, section)
        first, *others = olds
        self._put(first, new, section, changed=pair.kind != "same" and pair.take == "new")
        for other in others:
            if pair.take == "new":
                self._out(other, _("%(reason)s；并入“%(words)s”") % {"reason": self.reason, "words": new.words})
                Target.objects.filter(pk=other.pk).update(made_from=first)
            else:
                Target.objects.filter(pk=other.pk).update(section=section)

    def _section(self, pair: Pair) -> Section | None:
        at = (pair.said or {}).get("section")
        return self.sections[at] if at is not None and at < len(self.sections) else None

    def _out(self, target: Target, reason: str) -> None:
        if target.state == "accepted" and self.plan.state == "in_force":
            withdraw_target(target, by=self.by, now=self.now, reason=reason[:500])
        elif target.state in ("open", "accepted"):
            drop(target, by=self.by, now=self.now)

    def _add(self, pair: Pair, new: Target, section: Section | None) -> None:
        """A new one begins on the day the revision does: what was to be done before that day was not asked of anybody."""
        new.plan, new.organization = self.plan, self.plan.organization
        if (
            self.plan.state == "in_force"
            and self.revision.effective_on
            and self.revision.effective_on > self.plan.starts_on
        ):
            new.starts_on = self.revision.effective_on
        made = read(new, section, by=self.by, now=self.now)
        if self.accept_sure and self.plan.state == "in_force" and made.is_sure:
            made = accept(made, by=self.by, now=self.now)
        Pair.objects.filter(pk=pair.pk).update(made=made)

    def _put(self, target: Target, new: Target, section: Section | None, *, changed: bool) -> None:
        """Moved to its new place; where it changed, read afresh with its old goal kept. A tie made by hand stays where it still fits."""
        changed = changed and target.state in ("open", "accepted")
        if not changed:
            Target.objects.filter(pk=target.pk).update(section=section, start=new.start, end=new.end, order=new.order)
            return
        if target.state == "accepted" and new.kind == "quantified" and new.value is None:
            raise Refused(
                "no_value", why=_("“%(quote)s”新稿里没有写数") % {"quote": new.quote[:40]},
                do=_("请对这一项选“保留原样”，或先拆开，采用以后再核对"), field="basis",
            )  # fmt: skip
        with move(target, "reread", TARGET_MOVES, by=self.by, now=self.now, reason=self.reason) as step:
            keep_version(step, self.reason)
            old = step.record
            keep = new.kind == "quantified" and not new.indicator and old.unit == new.unit
            for name in READ:
                if not (keep and name in ("indicator", "tied_by", "tied_surely")):
                    setattr(old, name, getattr(new, name))
            old.section, old.start, old.end, old.order = section, new.start, new.end, new.order


def read(target: Target, section: Section | None, *, by: User | None, now: datetime) -> Target:
    """An item of a paper becomes an open target."""
    target.section = section
    with move(target, "read", TARGET_MOVES, by=by, now=now) as step:
        pass
    return step.record


def outline(plan: Plan, one: reading.Found) -> list[Section]:
    """Headings, holes, blanks and things done, with offsets from the document's beginning."""
    document, base = one.document, one.document.start
    Section.objects.filter(plan=plan).delete()
    Mark.objects.filter(plan=plan).delete()
    Mark.objects.bulk_create(
        [
            Mark(plan=plan, kind="gap", start=g.start - base, end=g.start - base, after=(g.after or "")[:20], missing=g.missing[:20])
            for g in document.gaps
        ]
        + [Mark(plan=plan, kind="blank", start=b.start - base, end=b.end - base) for b in document.blanks]
        + [Mark(plan=plan, kind="fact", start=f.start - base, end=f.end - base) for f in document.facts]
    )  # fmt: skip
    return Section.objects.bulk_create(
        Section(
            plan=plan, order=n, level=h.level, marker=h.marker[:20], title=h.title[:300], start=h.start - base, end=h.end - base
        )
        for n, h in enumerate(document.outline)
    )  # fmt: skip


def revise_at_once(plan: Plan, paper: Paper, document: int, *, by: User | None, now: datetime) -> Revision:
    """`plan import --revise`: what is surely paired is applied; of the rest the old stays and the new is an open item beside it."""
    revision = start_revision(plan, paper, document, by=by, now=now)
    for pair in revision.pairs.exclude(said__isnull=True).filter(kind__in=("changed", "merged")).order_by("pk"):
        new = new_target(pair)
        blank = new.kind == "quantified" and new.value is None
        if not pair.sure or blank:
            decide(revision, pair.pk, "open", by=by, now=now)
    return apply_revision(
        revision, basis=_("修订稿《%(name)s》") % {"name": paper.name[:80]}, effective_on=min(max(now.date(), plan.starts_on), plan.ends_on),
        accept_sure=False, by=by, now=now,
    )  # fmt: skip
