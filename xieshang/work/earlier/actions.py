"""登记, 更正, 作废 of a yearly figure, and many of them at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.orgs.models import Organization
from xieshang.base.workflow.engine import Step, move

from .models import YearFigure
from .rules import FIRST_YEAR, MOVES

Files = Iterable[tuple[str, bytes]]
MOST = Decimal(10) ** 12


class Given(NamedTuple):
    """What is said of a year: the code of a 统计项, its number, and the paper it stands in."""

    year: int
    indicator: str
    value: Decimal
    source: str


def record(
    organization: Organization, given: Given, *, by: User | None, now: datetime, reason: str = "", files: Files = ()
) -> YearFigure:
    """登记历年数据. Raises Refused: a year that is not over, a number that cannot be, no source, or the year has its figure already."""
    new = YearFigure(organization=organization)
    with move(new, "record", MOVES, by=by, now=now, reason=reason) as step:
        _write(step, given, list(files))
    return step.record


def correct(
    one: YearFigure, given: Given, *, by: User | None, now: datetime, seen: int, reason: str, files: Files = ()
) -> YearFigure:
    """更正: the figure that was counted is taken back and the right one posted, with the reason."""
    yours = {"year": given.year, "value": str(given.value), "source": given.source}
    with move(one, "correct", MOVES, by=by, now=now, seen=seen, reason=reason, yours=yours) as step:
        _write(step, given, list(files))
    return step.record


def void(one: YearFigure, *, by: User | None, now: datetime, seen: int, reason: str) -> YearFigure:
    """作废: it is read no more."""
    with move(one, "void", MOVES, by=by, now=now, seen=seen, reason=reason) as step:
        pass
    return step.record


@transaction.atomic
def bring(
    organization: Organization, rows: Sequence[Given], *, by: User | None, now: datetime, reason: str = ""
) -> list[YearFigure]:
    """Many at once, all or none."""
    if by is not None:
        permissions.require(by, "earlier.record", organization)
    return [record(organization, row, by=by, now=now, reason=reason) for row in rows]


def check(given: Given, one: Indicator | None, now: datetime) -> Refused | None:
    """Why this cannot be the figure of a year; None when it can."""
    if one is None:
        return Refused(
            "no_indicator", why=_("没有这个统计项"), do=_("请从列表里选，或照“查数”里的名称写"), field="indicator"
        )
    if not FIRST_YEAR <= given.year < now.year:
        said = {"first": FIRST_YEAR, "last": now.year - 1}
        return Refused(
            "bad_year", why=_("历年数据是已经过完的年度，从 %(first)s 到 %(last)s") % said, do=_("请改年度；今年的请登记明细"), field="year"
        )  # fmt: skip
    if not 0 <= given.value < MOST or given.value != round(given.value, 2):
        return Refused("bad_value", why=_("这个数不对：不能是负数，最多两位小数"), do=_("请核对原件"), field="value")
    if one.how in ("count", "people", "stock") and given.value != given.value.to_integral_value():
        said_of = {"name": one.name, "unit": one.unit}
        return Refused(
            "not_whole", why=_("“%(name)s”按%(unit)s计数，应是整数") % said_of, do=_("请核对原件"), field="value"
        )
    if one.how == "rate" and given.value > 100:
        return Refused(
            "over_100",
            why=_("“%(name)s”是百分数，不能超过 100") % {"name": one.name},
            do=_("请核对原件"),
            field="value",
        )
    if not given.source.strip():
        return Refused(
            "no_source", why=_("还没有写出处"), do=_("请写明是哪份文件里的数，例如《2023年工作总结》"), field="source"
        )
    return None


def _write(step: Step[YearFigure], given: Given, files: list[tuple[str, bytes]]) -> None:
    record = step.record
    one = figures.indicators(record.organization).get(given.indicator)
    refused = check(given, one, step.now)
    if one is None or refused:
        raise refused  # type: ignore[misc]  # which there is, where there is no indicator
    there = YearFigure.objects.filter(
        organization=record.organization, year=given.year, indicator=one.code, state="valid"
    )
    if taken := there.exclude(pk=record.pk).first():
        raise Refused(
            "taken", why=_("%(year)s年“%(name)s”已经补录过，是 %(value)s") % {"year": given.year, "name": one.name, "value": f"{taken.value:g}"},
            do=_("数不对的，请打开那一条更正"), field="indicator",
        )  # fmt: skip
    record.year, record.indicator, record.name = given.year, one.code, str(one.name)[:80]
    record.measure, record.value, record.source = str(one.unit)[:8], given.value, given.source.strip()[:200]
    if files:
        step.detail["files"] = [name for name, _data in files]
        step.then(lambda saved: _attach(step, saved, files))


def _attach(step: Step[YearFigure], saved: YearFigure, files: list[tuple[str, bytes]]) -> None:
    storage.attach(files, record=saved.ref, organization=saved.organization, by=step.by, now=step.now)
