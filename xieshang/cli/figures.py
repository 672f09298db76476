"""`figure` and `figures`: 查数 on the command line, of the page's own parts."""

import argparse
from datetime import date
from typing import Any

from xieshang.base import clock
from xieshang.base import words as words_of
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Person
from xieshang.web import asking, rules
from xieshang.web import figure_form as form
from xieshang.web import figure_parts as parts

from .commands import Mistake, day, moment, period
from .words import _

Args = argparse.Namespace


def listed(unit: Organization | None) -> list[dict[str, Any]]:
    """Every indicator of a unit, or of every unit: {indicator, name, unit, kind}."""
    return [
        {"indicator": one.code, "name": str(one.name), "unit": str(one.unit), "kind": one.how}
        for one in sorted(figures.offered(known_to(unit)).values(), key=lambda one: one.code)
    ]


def known_to(unit: Organization | None) -> dict[str, Indicator]:
    if unit is not None:
        return figures.indicators(unit)
    return {
        code: one for place in [None, *Organization.objects.all()] for code, one in figures.indicators(place).items()
    }


def answer(args: Args, unit: Organization) -> dict[str, Any]:
    """The figure that was asked for, as JSON says it. Raises Mistake."""
    known = figures.indicators(unit)
    people = list(Person.objects.filter(pk__in=form.people_of(unit)).order_by("order", "id").values_list("pk", "name"))
    query, by = _query(args, unit, known, people)
    split = parts.split_of(query, by, people)
    figure, *rest = figures.figures([query, *(one for _label, one in split)], known)
    unit_of = str(query.indicator.unit)
    named = [
        {"name": label, **_part(one)}
        for (label, _q), one in zip(split, rest, strict=True)
        if one.facts or by == "month"
    ]
    if by and by != "month" and (left := parts.rest(figure, rest)):
        named.append(
            {
                "name": _("没有注明的"),
                "indicator": query.indicator.code,
                "value": parts.json_number(left),
                "unit": unit_of,
            }
        )
    inside = [{"name": str(one.indicator.name), **_part(one)} for one in figure.parts]
    return {
        "indicator": query.indicator.code, "name": str(query.indicator.name), "value": figure.number, "unit": unit_of, "from": query.start.isoformat(),
        "to": query.end.isoformat(), "as_of": (query.as_of or clock.now()).isoformat(timespec="seconds"), "rows": None if query.indicator.part else _rows(query, known),
        "parts": named if by else inside, "notes": parts.of_years(figure), "sentence": parts.sentence(figure, unit, parts.narrowed(query)),
    }  # fmt: skip


def _part(figure: figures.Figure) -> dict[str, Any]:
    return {"indicator": figure.indicator.code, "value": figure.number, "unit": str(figure.indicator.unit)}


def _rows(query: figures.Query, known: dict[str, Indicator]) -> list[dict[str, Any]]:
    facts = list(figures.rows(query, known).select_related("person", "body"))
    titles = parts.titles_of(facts)
    return [
        {
            "on": fact.on.isoformat(), "title": titles.get(fact.record, fact.record), "ref": fact.record, "quantity": parts.json_number(fact.quantity),
            "measure": fact.measure, "person": fact.person.name if fact.person else None, "body": fact.body.name if fact.body else None,
        }
        for fact in facts
    ]  # fmt: skip


def _query(
    args: Args, unit: Organization, known: dict[str, Indicator], people: list[tuple[int, str]]
) -> tuple[figures.Query, str]:
    """The query, and how it is split. An indicator's code is taken as it is; else the words are read as on the page."""
    today, as_of = clock.today(), moment(args.as_of)
    asked = (day(args.start), day(args.end))
    period(*asked)
    if args.indicator in known:
        query = figures.Query(
            known[args.indicator], unit.pk, asked[0] or date(today.year, 1, 1), asked[1] or today, as_of=as_of
        )
        return _in_order(query), args.by or ""
    bodies = list(Body.objects.filter(organization=unit).exclude(kind=BodyKind.HANDLING_UNIT))
    meant = asking.understand(
        args.indicator, known, today=today, start=date(today.year, 1, 1), end=today, bodies=bodies, people=people
    )
    if not meant.sure or meant.equal:
        raise Mistake(_unclear(args.indicator, meant, known))
    chosen = form.Scope(bodies, people).chosen(meant)
    query = figures.Query(
        meant.found[0],
        unit.pk,
        asked[0] or meant.start,
        asked[1] or meant.end,
        person=meant.person,
        children=meant.children,
        as_of=as_of,
    )
    return _in_order(form.narrow(query, chosen, bodies)), args.by or meant.by


def _in_order(query: figures.Query) -> figures.Query:
    if not rules.EARLIEST <= query.start.year <= query.end.year <= rules.LATEST:
        raise Mistake(
            _("年份要在 %(earliest)s 到 %(latest)s 之间，请改好 --from 和 --to")
            % {"earliest": rules.EARLIEST, "latest": rules.LATEST}
        )
    period(query.start, query.end)
    return query


def _unclear(words: str, meant: asking.Meant, known: dict[str, Indicator]) -> str:
    said = [f"{one.name}（{one.code}）" for one in meant.found[:3] or asking.near(known, words)]
    if meant.equal:
        return _("“%(words)s”可能是%(names)s，请写明是哪一个") % {"words": words, "names": _(" 或 ").join(said[:2])}
    if said:
        return _("没有叫“%(words)s”的统计项，您要的是不是：%(names)s？xieshang figures 列出全部") % {
            "words": words,
            "names": words_of.listed(said),
        }
    return _("没有叫“%(words)s”的统计项，xieshang figures 列出全部") % {"words": words}
