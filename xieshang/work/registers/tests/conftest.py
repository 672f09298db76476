"""A register that an office made itself, with a field of every type; and a browser that is logged in."""

import pytest

from xieshang.work.registers import actions
from xieshang.work.registers.fields import Field, Measure

FIELDS = (
    Field("on", "收到日期", "date", True, role="on"),
    Field("title", "来访事由", "text", True, role="title"),
    Field(
        "kind",
        "来访种类",
        "choice",
        True,
        options=(("letter", "来信"), ("call", "来电"), ("visit", "来访")),
        role="category",
    ),
    Field("heads", "人数", "number", unit="人次"),
    Field("help", "救助金", "money"),
    Field("due", "办结期限", "date"),
    Field("words", "诉求", "long_text"),
    Field("place", "接待地点", "place"),
    Field("keeper", "接待人", "person"),
    Field("team", "陪同委员", "people"),
    Field("body", "接待机构", "body"),
    Field("files", "附件", "file"),
)
MEASURES = (
    Measure(
        "visits", "当面来访", "件", where={"category": ("visit",)}, words=("当面来访",), note="当面来访的，一件只计一次"
    ),
    Measure("heads", "来访人次", "人次", "sum", "heads", words=("来访人次",), note="人数之和"),
    Measure("team", "陪同接待", "人次", "count", "team", words=("陪同接待",), note="接待人和陪同委员，一件一人计一次"),
    Measure("who", "参与接待的委员", "人", "people", words=("参与接待的委员",), note="同一人只计一个"),
    Measure(
        "share",
        "当面来访率",
        "%",
        "rate",
        part="visits",
        whole="entries",
        words=("当面来访率",),
        note="当面来访的除以全部",
    ),
)


@pytest.fixture
def desk(house):
    """信访登记: made by the clerk of the county."""
    return actions.make(
        house.county,
        name="信访登记",
        unit="件",
        fields=FIELDS,
        measures=MEASURES,
        by=house.user("clerk"),
        now=house.now,
    )


@pytest.fixture
def enter(house, desk):
    """Record an entry in 信访登记 as the county's clerk."""

    def record(title="反映停车难", on="2026-03-05", **values):
        more = {key: values.pop(key) for key in ("client_id", "reason", "files") if key in values}
        by = values.pop("by", None) or house.user("clerk")
        return actions.record(desk, on=on, title=title, values={"kind": "来访", **values}, by=by, now=house.now, **more)

    return record


@pytest.fixture
def logged_in(house, client):
    """A client that logs in as a role of the house."""

    def enter_as(role="clerk", org=None):
        client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
        if org:
            client.get(f"/registers/?org={org}")
        return client

    return enter_as
