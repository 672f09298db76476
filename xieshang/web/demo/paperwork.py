"""The demo's papers: one late entry waits for the head of the office, one was signed on paper, something was done for a member who asked by telephone."""

import io
from datetime import date, timedelta
from uuid import UUID

from PIL import Image, ImageDraw

from xieshang.base import clock
from xieshang.base.accounts.models import User
from xieshang.base.ledger import periods
from xieshang.base.orgs.queries import term_on
from xieshang.base.paperwork import actions
from xieshang.base.people.models import Person
from xieshang.work.activities import queries
from xieshang.work.registers import actions as registers
from xieshang.work.registers.models import Register

from .people import County

LATE = (
    ("冬至走访独居老人", "visit", "云岭县老城社区", "12-21", "照片和签到表本周才从社区取回", "5b0f1c52-1a5e-4a8e-9a53-0d2b8f5f7a01"),
    ("年末座谈民营企业", "talk", "县工业园", "12-26", "当时由经济委代记，没有及时交来", "5b0f1c52-1a5e-4a8e-9a53-0d2b8f5f7a02"),
)  # fmt: skip


def of_the_year(made: County, today: date) -> None:
    """Signed and unsigned papers of the county."""
    clerk = User.objects.get(username="liumin")
    _late(made, today, clerk)
    _for_a_member(made, today, clerk)


def _late(made: County, today: date, clerk: User) -> None:
    """Last year is locked and its grace time over: two activities were found since. It has its detail, so that they replace no yearly figure."""
    through = date(today.year - 1, 12, 31)
    if term_on(made.unit, through) is None:
        return
    now = clock.now()
    periods.lock(made.unit, through, grace_until=through + timedelta(days=31), by=clerk, now=now - timedelta(days=3))
    asked = []
    for title, kind, place, day, why, client_id in LATE:
        typed = {
            "title": [title], "kind": [kind], "place": [place], "on": [f"{through.year}-{day}"], "half_days": ["1"], "collective": ["on"],
            "reason": [why], "client_id": [client_id],
        }  # fmt: skip
        asked.append(
            actions.ask(
                made.unit, "activities.record", title=title, why=why, values=typed, key=queries.NEW, client_id=UUID(client_id), by=clerk,
                now=now - timedelta(days=2),
            )
        )  # fmt: skip
    actions.enter(
        asked[1], agreed=True, signed_by="章国华（领导）", signed_on=(now - timedelta(days=1)).date(), scan=("审批单（扫描）.png", _scan()), opinion="情况属实，同意补登",
        by=clerk, now=now,
    )  # fmt: skip


def _scan() -> bytes:
    """A sheet of paper with a scrawl on it: nobody's hand."""
    sheet = Image.new("L", (420, 594), 250)
    pen = ImageDraw.Draw(sheet)
    for line in range(90, 420, 40):
        pen.line((50, line, 370, line), fill=120)
    pen.line([(220, 470), (240, 440), (255, 480), (280, 435), (300, 475), (330, 450)], fill=40, width=3)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _for_a_member(made: County, today: date, clerk: User) -> None:
    """He has no telephone that can do more than ring: he rang, and the office wrote it down."""
    register = Register.objects.filter(organization=made.unit, catalogue="donations").first()
    if register is None:
        return
    own = made.people["全体委员"]
    person = next(one for one in own if not User.objects.filter(person=one).exists())
    day = max(date(today.year, 1, 1), today - timedelta(days=12))
    registers.report_for(
        register, Person.objects.get(pk=person.pk), on=day, title="资助两名学生学费", values={"purpose": "捐资助学", "money": "2000"}, how="phone",
        asked_on=day, by=clerk, now=clock.now(),
    )  # fmt: skip
