"""What the room offers to the frame: what waits, its card under 工作, its part of the search."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xieshang.base import registry, todo
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.base.settings.parameters import value

from . import actions, clue_rules, office, queries, rules
from .actions import batches
from .models import Assignment, Clue, Proposal, Selection
from .queries import clues

NEXT = {
    rules.NEW: gettext_lazy("签收"),
    rules.SIGNED: gettext_lazy("联系委员"),
    rules.WORKING: gettext_lazy("起草答复"),
    rules.DRAFTED: gettext_lazy("签发"),
    rules.APPROVED: gettext_lazy("报审"),
    rules.SENT_BACK: gettext_lazy("重拟"),
}
CO_NEXT = gettext_lazy("写会办意见")


@todo.source_of(Proposal, state=(rules.DRAFT,))
def to_cosign(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """请您会签: drafts of others that wait for a member's answer. One query."""
    if user.person_id is None or not permissions.may(user, "proposals.cosign", unit):
        return
    for one in queries.to_cosign(user, unit)[:20]:
        yield todo.Todo(
            title=_("请您会签：%(title)s") % {"title": one.title}, detail=_("%(who)s领衔") % {"who": one.first}, url=one.get_absolute_url(), verb=_("去会签"), main=True,
        )  # fmt: skip


@todo.source_of(Proposal, state=(rules.FEEDBACK,))
def to_rate(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """请评价: replies that wait for a proposer's word. Two queries."""
    if user.person_id is None or not permissions.may(user, "proposals.rate", unit):
        return
    for one in queries.to_rate(user, unit)[:20]:
        yield todo.Todo(
            title=_("请评价办理结果：%(title)s") % {"title": one.title}, detail=one.name, url=f"{one.get_absolute_url()}/rate", verb=_("去评价"), due=one.rate_by, main=True,
        )  # fmt: skip


@todo.source_of(Assignment, state=rules.UNITS_TURN)
def to_handle(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """A unit: what it was given, each with its next step."""
    if not permissions.bodies(user, "proposals.see_assigned"):
        return
    for one in queries.handed(user, unit)[:50]:
        yield todo.Todo(
            title=one.proposal.title, detail=f"{one.proposal.name} · {one.get_role_display()}", url=one.get_absolute_url(), verb=str(NEXT[one.state] if one.replies or one.state == rules.NEW else CO_NEXT),
            due=one.object_by if one.state == rules.NEW else one.due_on, main=True,
        )  # fmt: skip


BOARD = (
    (rules.SUBMITTED, "proposals.review", gettext_lazy("待初审"), gettext_lazy("去审查")),
    (rules.PRELIM, "proposals.review_again", gettext_lazy("待复审"), gettext_lazy("去复审")),
    (rules.REVIEWED, "proposals.prepare", gettext_lazy("待上会审议"), gettext_lazy("做审议单")),
    (rules.FILED, "proposals.hand_over", gettext_lazy("待送交办"), gettext_lazy("送交办")),
    (rules.FEEDBACK, "proposals.close", gettext_lazy("待反馈、办结"), gettext_lazy("看一看")),
)


@todo.source_of(Proposal, state=tuple(state for state, *_words in BOARD))
def on_the_board(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """The office: one line for each state in which something waits for it, not one for each proposal."""
    if not permissions.may(user, "proposals.review", unit):
        return
    waiting = queries.wanting(user, unit, [state for state, *_words in BOARD])
    for state, verb, title, word in BOARD:
        if (n := waiting.get(state, 0)) and permissions.may(user, verb, unit):
            said = ngettext("%(n)s 件提案%(title)s", "%(n)s 件提案%(title)s", n) % {"n": n, "title": title}
            yield todo.Todo(title=said, detail="", url=f"{reverse('proposals:list')}?state={state}", verb=str(word))


@todo.source_of(Clue, state=(clue_rules.RECEIVED,))
def clues_to_read(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """The office: clues that nobody has dealt with."""
    if permissions.may(user, "proposals.clue_enlist", unit) and (n := clues.waiting_clues(unit)):
        said = ngettext("%(n)s 条提案线索待处理", "%(n)s 条提案线索待处理", n) % {"n": n}
        url = f"{reverse('proposals:clues')}?state={clue_rules.RECEIVED}"
        yield todo.Todo(title=said, detail="", url=url, verb=_("去处理"))


@todo.source_of(Proposal, kind=(rules.SESSION,), state=(rules.FILED, rules.ASSIGNING))
def to_hand_out(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """大会提案 that are still to be handed out, with the day that follows from the end of their plenary. One query."""
    if not permissions.may(user, "proposals.hand_over", unit):
        return
    waiting = Proposal.objects.filter(organization=unit, kind=rules.SESSION, state__in=(rules.FILED, rules.ASSIGNING), session__closes_on__lt=today)  # fmt: skip
    days = timedelta(days=value(unit, rules.ASSIGN_DAYS, today))
    for closed, n in waiting.order_by("session__closes_on").values_list("session__closes_on").annotate(n=Count("pk")):
        said = ngettext("还有 %(n)s 件大会提案没有交办", "还有 %(n)s 件大会提案没有交办", n) % {"n": n}
        yield todo.Todo(title=said, detail="", url=f"{reverse('proposals:list')}?kind={rules.SESSION}", verb=_("看一看"), due=closed + days)  # fmt: skip


@todo.source_of(Proposal, state=(rules.ASSIGNING, rules.REHANDLE, rules.ASSIGNED))
def at_the_office(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """An assigning office (or the clerk, where there is none): to assign, objections, extensions, replies to look at."""
    for title, detail, url, word in office.waiting(user, unit):
        yield todo.Todo(title=title, detail=detail, url=url, verb=word, main=True)


@todo.source_of(Proposal, state=(rules.FILED, rules.ASSIGNING, rules.ASSIGNED))
def key_without(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """Key proposals that nobody leads yet, or without a plan. One query."""
    if not permissions.may(user, "proposals.supervise", unit):
        return
    if n := queries.wanting_key(unit).count():
        said = ngettext("%(n)s 件重点提案还没有领导领办或督办方案", "%(n)s 件重点提案还没有领导领办或督办方案", n) % {
            "n": n
        }
        yield todo.Todo(title=said, detail="", url=reverse("proposals:key"), verb=_("去登记"))


@todo.source_of(Selection, state=("scoring",))
def to_score(user: User, unit: Organization, today: date) -> Iterator[todo.Todo]:
    """请评分: selections in which the reader reviews. One query."""
    for one in queries.to_score(user, unit):
        yield todo.Todo(
            title=_("请评分：%(what)s") % {"what": one}, detail="", url=one.get_absolute_url(), verb=_("去评分")
        )


CARD = ("proposals.submitted", "proposals.filed", "proposals.replied")


@registry.card
def card(user: User, unit: Organization | None, start: date, end: date) -> dict[str, Any] | None:
    """提案 among the kinds of work, with the year's figures from the ledger."""
    if unit is None or not unit.has_committee:
        return None
    sees = permissions.may(user, "proposals.see", unit) or permissions.may(user, "proposals.see_own", unit)
    if not sees and not permissions.bodies(user, "proposals.see_assigned"):
        return None
    known = registry.INDICATORS
    asked = [figures.Query(known[code], unit.pk, start, end) for code in CARD]
    found = figures.figures(asked, known) if permissions.may(user, "proposals.see", unit) else []
    return {
        "title": _("提案"),
        "text": _("从起草、会签、审查、立案、交办、答复到评价，到哪一步、在谁手里、还有几天，一页看到。"),
        "url": reverse("proposals:list"),
        "figures": [{"label": f.indicator.name, "value": f.text, "unit": f.indicator.unit} for f in found],
        "do": {"label": _("写提案"), "url": reverse("proposals:new")} if permissions.may(user, "proposals.draft", unit) else None,
    }  # fmt: skip


@registry.searchable
def search(user: User, unit: Organization, words: str, limit: int) -> tuple[Any, list[dict[str, Any]]]:
    found = queries.found(user, unit, words)[:limit]
    return _("提案"), [{"title": one.title, "note": one.name, "url": one.get_absolute_url()} for one in found]


@registry.job
def limits(now: datetime) -> None:
    """What came near its limit, and what is past it."""
    actions.mark_overdue(now)
    actions.remind(now)


@registry.job
def long_work(now: datetime) -> None:
    """What was asked for on a page and takes its time."""
    actions.bring_waiting(now)
    actions.pack_waiting(now)
    actions.print_waiting(now)
    batches.run_waiting(now)
