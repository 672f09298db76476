"""历年数据 of the demo: three years from before the county worked here, as its summaries told them. Invented, growing a little."""

from datetime import date, datetime
from decimal import Decimal

from xieshang.base import clock
from xieshang.base.ledger import figures
from xieshang.work.earlier import actions
from xieshang.work.earlier.actions import Given

from .people import County

OLDEST_FIRST = {
    "activities.held": (58, 64, 71), "activities.collective": (17, 19, 22), "activities.research": (6, 7, 8), "activities.inspection": (4, 5, 5),
    "activities.consultation": (3, 4, 6), "activities.member_day": (9, 10, 11), "activities.three_into": (8, 11, 12), "activities.attended": (702, 768, 815),
    "activities.participants": (103, 108, 112), "gifts.amount": (186000, 203500, 221800), "people.in_office": (118, 119, 120),
}  # fmt: skip
REPLACED = "activities.inspection"


def three_years(made: County, today: date) -> None:
    """The years before the two whose work is there."""
    now = datetime(today.year - 1, 1, 6, 10, tzinfo=clock.SHANGHAI)
    rows = [
        Given(today.year - 4 + n, code, Decimal(value), f"《{today.year - 4 + n}年度工作总结》")
        for code, values in OLDEST_FIRST.items()
        for n, value in enumerate(values)
    ]
    actions.bring(made.unit, rows, by=None, now=now)
    _replaced(made, today)


def _replaced(made: County, today: date) -> None:
    """Of last year the summary told one more inspection than was recorded: the detail is what is read."""
    known, (first, last) = figures.indicators(made.unit), (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    detail = figures.figure(figures.Query(known[REPLACED], made.unit.pk, first, last), known).value or Decimal(0)
    told = Given(first.year, REPLACED, detail + 1, f"《{first.year}年度工作总结》")
    actions.bring(made.unit, [told], by=None, now=clock.now())
