"""The demo's 报送: since this summer the townships and communities send their month; one is missing, one came back, one was corrected later."""

from datetime import date, timedelta

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.base.settings import parameters
from xieshang.measure.submissions import actions, queries, rules
from xieshang.work.activities import actions as activities

from .people import County

MONTHS = 4


def of_the_year(made: County, today: date) -> None:
    """The last four months that are over, of each unit below the county."""
    from . import moment

    clerk = User.objects.get(username="liumin")
    senders = {"青石镇": "zhouxiaoyun", "桂花社区": "zhouxiaoyun"}
    first = date(today.year, max(1, today.month - MONTHS), 1)
    parameters.set_value(
        made.unit,
        rules.RHYTHM,
        "month",
        effective_from=first,
        citation="主席会议研究，逐月报送",
        by=clerk,
        now=moment(first),
    )
    spans = [span for span in queries.periods(made.unit, today.year) if span[1] < today]
    for unit in (*made.townships.values(), *made.communities.values()):
        for start, end in spans:
            last = (start, end) == spans[-1]
            if last and unit.short_name in ("白沙镇", "桂花社区"):
                continue
            when = moment(end + timedelta(days=3), 10)
            by = User.objects.filter(username=senders.get(unit.short_name, "")).first()
            record = actions.send(unit, start=start, end=end, by=by, now=when)
            if last and unit.short_name == "柳河乡":
                actions.send_back(
                    record, reason="走访企业的活动只登了标题，请补上参加的委员再报", by=None, now=clock.now()
                )
            elif not last:
                actions.accept(record, by=None, now=when + timedelta(hours=4))
    if len(spans) > 1:
        _late(made, spans[-2][0] + timedelta(days=9))


def _late(made: County, on: date) -> None:
    """A visit that was entered after its month had been sent: 报 3，现 4."""
    fields = {
        "title": "走访桂花社区养老服务中心",
        "kind": "visit",
        "on": on,
        "collective": True,
        "place": "桂花社区",
        "carriers": ["into_community"],
    }
    activities.record(made.townships["青石镇"], fields=fields, presence={}, by=None, now=clock.now())
