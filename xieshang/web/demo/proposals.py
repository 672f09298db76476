"""This year's proposals of the county, each as far as it has come: from drafts to what is closed and to be looked at again next year.

Last year's stand in the bridge register; the switch-over day is the first of this year.
"""

from datetime import date, datetime, timedelta
from random import Random

from xieshang.base.accounts.models import User
from xieshang.base.notices import actions as notices
from xieshang.base.notices.models import Notice
from xieshang.base.orgs.models import Body, System
from xieshang.base.people.models import Person
from xieshang.base.settings import parameters
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Assignment, Proposal

from . import joining
from .people import UNITS, County
from .work import TOPICS

SITUATION = "近两年走访了 {n} 个村和 {m} 家企业，群众对{topic}反映比较集中，主要是办得慢、管得散、用得不够。"
ANALYSIS = "一是牵头的部门不够明确；二是投入没有固定下来，靠一事一议；三是日常管护没有落实到人。"
ADVICE = "一、明确由主管部门牵头，今年上半年拿出方案。\n二、把{topic}列入年度预算，建立台账，按季通报。\n三、请所在乡镇配合，把日常管护落实到村到人。"
REPLY = "一、关于牵头部门。已明确由我局牵头，成立工作专班。\n二、关于经费。{topic}已列入今年预算安排。\n三、关于日常管护。与乡镇签订责任书，按季检查。\n下一步，我局将按提案建议抓好落实。"
CONTENT = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "agree"}
SLOW = {31: -6, 58: 12}  # not answered yet: days from today to the day that was set for them
MANY, LATER = 96, 5  # sent in around the session; and later, in April and in September


def of_the_year(county: County, today: date) -> None:
    """Proposals of this year, by the actions of those who would take them."""
    start = date(today.year, 1, 1)
    clerk = User.objects.get(username="liumin")
    parameters.set_value(
        county.unit, "registers.switch_proposals", start.isoformat(), effective_from=start, citation="主席会议", by=clerk, now=_at(start)
    )  # fmt: skip
    year = _Year(county, today)
    for n in range(MANY):
        year.one(n, start + timedelta(days=4 + n % 9))
    for month in (4, 9):
        for n in range(LATER):
            year.one(MANY + n, date(today.year, month, 6 + n * 3))
    year.decide()
    year.handle()
    year.unfinished()
    joining.of_the_year(county, today)
    year.telephone()


def _at(day: date, hour: int = 10) -> datetime:
    from . import moment

    return moment(day, hour)


class _Year:
    """The people and the proposals of one year, in the order in which things happen."""

    def __init__(self, county: County, today: date) -> None:
        self.county, self.today, self.dice = county, today, Random(20260202)
        self.clerk, self.second, self.office = (User.objects.get(username=name) for name in ("liumin", "tangwenbin", "fubo"))  # fmt: skip
        self.members = county.people["全体委员"]
        self.reviewed: dict[date, list[Proposal]] = {}
        self.suspended = False

    def _text(self, topic: str) -> dict[str, str]:
        n, m = self.dice.randrange(4, 12), self.dice.randrange(3, 9)
        return {
            "title": f"关于{self.dice.choice(('加强', '推进', '完善'))}{topic}的提案", "situation": SITUATION.format(n=n, m=m, topic=topic), "analysis": ANALYSIS, "advice": ADVICE.format(topic=topic),
        }  # fmt: skip

    def one(self, n: int, day: date) -> None:
        """Written, signed by others, sent, reviewed twice."""
        if day >= self.today:
            return
        dice, now = self.dice, _at(day)
        topic = dice.choice(TOPICS)
        first: Person = self.members[(n * 7) % len(self.members)]
        made = actions.draft(self.county.unit, fields=self._text(topic), first=first, wanted=[self._unit().pk], by=None, now=now)  # fmt: skip
        if n % 3 == 0:
            others = [one for one in dice.sample(self.members, 2) if one != first]
            made = actions.invite(made, others, by=None, now=now, seen=made.version)
            for other in others:
                made = actions.cosign(made, other, agrees=dice.random() < 0.9, by=None, now=now)
        made = actions.submit(made, by=None, now=now)
        if day + timedelta(days=3) >= self.today:
            return
        opinion = self._opinion(n)
        later = _at(day + timedelta(days=1))
        made = actions.review(made, opinion, by=self.clerk, now=later, seen=made.version)
        made = actions.review_again(made, opinion, by=self.second, now=later, seen=made.version)
        self.reviewed.setdefault(date(self.today.year, day.month, 20), []).append(made)

    def _unit(self) -> Body:
        return self.county.bodies[self.dice.choice(UNITS)]

    def _opinion(self, n: int) -> Opinion:
        if n % 11 == 5:
            ground = self.dice.choice(("R11", "R10", "R12"))
            return Opinion("turn_down", grounds=(ground,), words=str(rules.GROUNDS[ground].title))
        category = self.dice.choice([code for code, _title in rules.CATEGORIES])
        units = tuple(self.county.bodies[name].pk for name in self.dice.sample(UNITS, 2 if n % 4 == 0 else 1))
        return Opinion("file", category, System.GOVERNMENT, words="", units=units)

    def decide(self) -> None:
        """A sheet for each meeting of the committee."""
        for number, (on, waiting) in enumerate(sorted(self.reviewed.items()), 1):
            if on >= self.today:
                continue
            title = f"提案委员会{self.today.year}年第{'一二三四'[number - 1]}次全体会议"
            sheet = actions.prepare(self.county.unit, title, on, waiting, by=self.clerk, now=_at(on))
            actions.decide(sheet, by=self.clerk, now=_at(on, 15), seen=sheet.version)

    def handle(self) -> None:
        """Handed out, answered, rated; some are still on the way, two are overdue."""
        for n, proposal in enumerate(Proposal.objects.filter(state=rules.FILED).order_by("number")):
            if n % 13 == 0:
                day = (proposal.decided_on or self.today) + timedelta(days=20)
                if day < self.today:
                    proposal = actions.make_key(proposal, on=day, by=self.clerk, now=_at(day), seen=proposal.version)
            self._handle(n, proposal)

    def _handle(self, n: int, proposal: Proposal) -> None:
        on = (proposal.decided_on or self.today) + timedelta(days=25)
        if on >= self.today:
            return
        last = proposal.reviews.order_by("-id").first()
        units = list(last.units.all()) if last else []
        roles = [rules.SOLE] if len(units) == 1 else [rules.HOST, *[rules.CO] * (len(units) - 1)]
        proposal = actions.hand_over(proposal, by=self.clerk, now=_at(on))
        due = self.today + timedelta(days=SLOW[n]) if n in SLOW else None
        proposal = actions.assign(proposal, zip(units, roles, strict=True), due_on=due, by=self.office, now=_at(on, 15))
        days = self.dice.randrange(40, 85)
        if n in SLOW or on + timedelta(days=days + 20) >= self.today:
            self._begun(proposal, on)
            return
        for given in proposal.assignments.order_by("-role"):  # hosts are h, co-handlers c: the others' opinions first
            if given.role == rules.CO:
                given = actions.sign(given, by=None, now=_at(on + timedelta(days=3)))
                actions.opine(
                    given,
                    "同意主办单位意见，按职责配合。",
                    by=None,
                    now=_at(on + timedelta(days=20)),
                    seen=given.version,
                )
        for given in proposal.assignments.exclude(role=rules.CO):
            self._answer(given, on, on + timedelta(days=days))
        self._rate(n, proposal, on + timedelta(days=days + 10))

    def _begun(self, proposal: Proposal, on: date) -> None:
        for given in proposal.assignments.all():
            given = actions.sign(given, by=None, now=_at(on + timedelta(days=2)))
            if given.role != rules.CO and on + timedelta(days=12) < self.today:
                given = self._contact(given, on + timedelta(days=12))
            if given.role != rules.CO and given.due_on > self.today and not self.suspended:
                self.suspended = True
                day = self.today - timedelta(days=2)
                actions.suspend(
                    given, why="policy", citation="县政府办公室复函", words="等市级专项规划印发。", from_on=day, to_on=day + timedelta(days=20), by=self.office, now=_at(day), seen=given.version
                )  # fmt: skip

    def _contact(self, given: Assignment, on: date) -> Assignment:
        way = self.dice.choice(("visit", "meeting", "phone"))
        return actions.contact(given, on=on, way=way, who="分管副局长、提案者", words="听取提案者意见，说明办理打算。", by=None, now=_at(on))  # fmt: skip

    def _answer(self, given: Assignment, on: date, day: date) -> None:
        given = actions.sign(given, by=None, now=_at(on + timedelta(days=2)))
        given = self._contact(given, on + timedelta(days=self.dice.randrange(5, 15)))
        fields = {
            "reply": REPLY.format(topic="提案所提事项"), "result": self.dice.choice("AAAABBC"), "publicity": rules.OPEN_TO_ALL, "contact": "办公室", "telephone": "0000-6320011",
            "paper": f"云提〔{day.year}〕{given.pk}号",
        }  # fmt: skip
        given = actions.reply(given, fields, by=None, now=_at(day - timedelta(days=6)), seen=given.version)
        given = actions.approve(given, signer="局长", by=None, now=_at(day - timedelta(days=4)), seen=given.version)
        given = actions.send(given, by=None, now=_at(day - timedelta(days=3)), seen=given.version)
        actions.accept(given, by=self.office, now=_at(day), seen=given.version)

    def _rate(self, n: int, proposal: Proposal, day: date) -> None:
        proposal.refresh_from_db()
        if proposal.state != rules.FEEDBACK or day >= self.today or self._is_hers(proposal):
            return
        from xieshang.work.proposals.queries import signers

        for person in signers(proposal)[: 1 if n % 5 else None]:
            if n % 6 == 1:
                continue  # 未反馈
            said = CONTENT | ({"attitude": "understood", "result": "understand"} if n % 9 == 4 else {})
            scan = ("征询意见表.txt", "提案者在纸上填写的征询意见表".encode())
            actions.rate_for(proposal, person, said, scan=scan, by=self.clerk, now=_at(day))
        later = day + timedelta(days=25)
        proposal.refresh_from_db()
        if later < self.today:
            proposal = actions.close(proposal, by=self.clerk, now=_at(later), seen=proposal.version)
            if n % 4 == 0:  # published, every other one in an abstract
                abstract = (
                    f"{proposal.title}：提案建议明确牵头部门、列入预算、落实管护，承办单位已逐条答复。" if n % 8 else ""
                )
                actions.publish(proposal, abstract=abstract, by=self.clerk, now=_at(later, 16), seen=proposal.version)

    def _is_hers(self, proposal: Proposal) -> bool:
        """何桂兰 finds hers waiting for her word."""
        return bool(proposal.first and proposal.first.name == "何桂兰")

    def unfinished(self) -> None:
        """What waits for whom today: a draft, one to cosign, and one at each step of the review."""
        member, yesterday = User.objects.get(username="heguilan"), _at(self.today - timedelta(days=1))
        fields = self._text("乡镇卫生院药品配备")
        actions.draft(self.county.unit, fields={**fields, "advice": ""}, by=member, now=yesterday)
        asked = actions.draft(
            self.county.unit, fields=self._text("老年食堂"), first=self.members[5], by=None, now=yesterday
        )
        assert member.person
        actions.invite(asked, [member.person], by=None, now=yesterday, seen=asked.version)
        for n, topic in enumerate(("农村客运", "校车安全", "河道清淤", "夜间照明", "集镇停车")):
            self._at_review(n, topic, yesterday)

    def _at_review(self, n: int, topic: str, now: datetime) -> None:
        """One that waits for its first review, its second, the meeting, the handing over, the assigning office."""
        made = actions.draft(self.county.unit, fields=self._text(topic), first=self.members[30 + n], by=None, now=now)
        made = actions.submit(made, by=None, now=now)
        opinion = Opinion("file", "society", System.GOVERNMENT, units=(self._unit().pk,))
        if n >= 1:
            made = actions.review(made, opinion, by=self.clerk, now=now, seen=made.version)
        if n >= 2:
            made = actions.review_again(made, opinion, by=self.second, now=now, seen=made.version)
        if n >= 3:
            title = f"提案委员会主任会议（{topic}）"
            sheet = actions.prepare(self.county.unit, title, now.date(), [made], by=self.clerk, now=now)
            actions.decide(sheet, by=self.clerk, now=now, seen=sheet.version)
        if n >= 4:
            actions.hand_over(Proposal.objects.get(pk=made.pk), by=self.clerk, now=now)

    def telephone(self) -> None:
        """Who has no account was told by telephone, but for the last days."""
        old = Notice.objects.filter(user=None, delivered_at=None, sent_at__lt=_at(self.today - timedelta(days=20)))
        for notice in old.select_related("organization"):
            notices.telephoned(notice, by=self.clerk, now=notice.sent_at + timedelta(hours=3))
