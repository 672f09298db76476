"""The demo's plans and a summary being filled, read in from documents as an office writes them."""

from datetime import date, datetime, time
from typing import Any

from xieshang.base import clock
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.ledger import figures
from xieshang.base.orgs.models import Organization
from xieshang.documents import gongwen
from xieshang.documents.gongwen import Heading, Paragraph, Title
from xieshang.measure.plans import actions, measuring, queries
from xieshang.measure.plans.models import Plan, Target
from xieshang.measure.reports import actions as reports

from .people import County

COUNTY = """云岭县政协{year}年工作要点

{year}年，县政协要围绕中心、服务大局，认真履行政治协商、民主监督、参政议政职能，着重做好以下工作。

一、聚焦发展，提高协商议政质量

（一）深入开展调查研究。全年组织专题调研8次以上，形成调研报告不少于8篇，报送政协专报6期以上。

（二）广泛开展协商。全年开展协商议事活动不少于12次，年内组织1次民主评议活动。

（三）扎实推进民主监督。年内组织集中视察不少于10次，开展专项民主监督5次。

二、提高质量，做好提案和信息工作

（一）全年征集提案不少于100件，立案率不低于85%，确定重点提案8件以上。

（二）每月编报社情民意信息不少于5条，全年反映社情民意信息60条以上。

三、联系群众，发挥委员主体作用

（一）组织委员参加公益活动不少于2次，捐款捐物力争达到10万元。

（二）每季度走访企业一次，每名委员每年提交提案不少于1件。

（三）建成2个“委员之家”。

四、加强自身建设，提高履职能力

（一）举办政协讲堂4期，每月编发《政协工作简讯》1期，每季度编发《委员学习资料》1期。

（二）举办委员培训班1期，全年组织学习培训不少于6次。

（三）完善委员意见建议的办理和反馈制度，推动各项制度落实。

（四）6月底前完成委员履职档案整理。全年在《人民政协报》刊发报道3篇以上。
"""

TOWNSHIP = """{name}政协委员联络室{year}年工作计划

{year}年，联络室在镇党委和县政协领导下，结合本镇实际，重点抓好以下工作。

一、围绕中心，深入调研视察

1、组织委员围绕道路建设、产业发展等问题开展视察，并组织2次专题调研活动，形成调研报告不少于2篇。

2、年内组织集体活动不少于4次，集中视察重点工程建设情况。

二、服务群众，办好实事

1、深化“委员在身边”活动，每季度开展1次委员进社区、进农村、进企业活动。

2、开展好双月政协委员活动日活动。

3、年内至少进行一次为困难户、孤老户捐款活动。

4、积极牵线搭桥，提供招商信息不少于6条。

三、加强学习，提升水平

1、组织全体委员学习《章程》不少于2次。

2、每名委员每年撰写提案不少于1件。全年反映社情民意信息8条以上。

3、进一步完善学习制度、活动制度、委员意见建议的办理和反馈制度。

4、加大宣传力度，在各级媒体刊发报道3篇以上。
"""

COMMUNITY = """{name}{year}年党建工作计划

一、加强班子和队伍建设

（一）落实“三会一课”制度，每季度召开一次党员大会，每月召开一次支委会。

（二）每季度上一次党课，每月开展一次主题党日活动。

（三）做好发展党员工作，至少发展2名党员。

二、健全共驻共建机制

（一）社区党建工作联席会议每季度召开一次，开展环境联搞、治安联防、公益联办。

（二）坚持每年对党员进行一次民主评议。

三、服务居民群众

（一）年内组织看望慰问困难居民公益活动不少于2次。

（二）健全社区居民自治机制，支持居民委员会依法履行职责。
"""


FIVE_YEARS = """云岭县政协{first}—{last}年工作规划

为做好五年工作，制定本规划。

一、围绕中心，协商议政

（一）五年内组织专题调研不少于40次，形成调研报告不少于40篇。

（二）五年内征集提案不少于500件。

二、夯实基础，服务委员

（一）五年内建成“委员之家”5个。

（二）健全委员联系群众的长效机制。
"""


def of_the_year(county: County, today: date) -> None:
    """Last year's and this year's plans of the county, the townships and the communities, read in, tied where sure, and in force."""
    held = Grant.objects.filter(role__in=(Role.CLERK, Role.PARTTIMER)).select_related("user")
    clerks = {grant.organization_id: grant.user for grant in held}
    offices = [
        (county.unit, COUNTY),
        *((u, TOWNSHIP) for u in county.townships.values()),
        *((u, COMMUNITY) for u in county.communities.values()),
    ]
    for unit, text in offices:
        for year in (today.year - 1, today.year):
            _read_in(unit, text.format(name=unit.short_name, year=year), year, clerks.get(unit.pk))
    first, last = today.year - 1, today.year + 3
    text = FIVE_YEARS.format(first=first, last=last)
    _read_in(county.unit, text, first, clerks.get(county.unit.pk), source="five_year", ends_on=date(last, 12, 31))


# What the clerk chose by hand where the reader was not sure: words of the task → 统计项.
TIES = {
    "专题调研": "activities.research", "视察": "activities.inspection", "协商议事": "activities.consultation", "民主监督": "activities.supervision",
    "捐款活动": "activities.charity", "公益活动": "activities.charity", "学习《章程》": "activities.study", "学习培训": "activities.study",
    "政协专报": "special_reports.sent", "重点提案": "proposals.key", "提案不少于1件": "proposals.submitted", "征集提案": "proposals.submitted",
    "委员之家": "registers.member_homes.standing", "社情民意信息": "opinions.submitted", "《人民政协报》": "registers.media.cppcc_news",
    "刊发报道": "registers.media.entries",
    "发展2名党员": "registers.admissions.heads", "联席会议": "activities.joint_meeting", "走访企业": "activities.visit",
}  # fmt: skip
PROGRESS = (
    ("完善", "已形成初稿，正在征求委员意见。"), ("加大宣传", "开设了“委员风采”专栏。"), ("牵线搭桥", "对接企业三家。"), ("自治机制", "修订了居民公约。"), ("履职档案", "档案整理完毕，已入柜。"),
)  # fmt: skip


def _read_in(unit: Organization, text: str, year: int, clerk: User | None, **more: Any) -> None:
    """Read in, tied, in force; fixed by a meeting, the county's also issued."""
    now = min(datetime.combine(date(year, 1, 20), time(15), clock.SHANGHAI), clock.now())
    paper = actions.keep(unit, text.encode(), f"{year}年{unit.short_name}工作计划.txt", by=None, now=now)
    plan = actions.open_plan(paper, year=year, accept_sure=True, by=None, now=now, **more)
    known = figures.indicators(unit)
    for target in Target.objects.filter(plan=plan, state="open").order_by("order"):
        code = next((code for words, code in TIES.items() if words in target.quote and code in known), "")
        if code and target.kind == "quantified" and target.unit in known[code].accepts:
            target = actions.correct(target, fields={"indicator": code, "owner": str(clerk or "")}, by=clerk, now=now)
        if target.state == "open":
            actions.accept(target, by=None, now=now)
    actions.put_in_force(plan, by=None, now=now)
    actions.settle(
        plan,
        status="fixed",
        meeting="主席会议" if unit.has_committee else "镇村联席会议",
        on=now.date(),
        by=None,
        now=now,
    )
    if unit.has_committee:
        number = f"云协发〔{year}〕{2 if more else 1}号"
        actions.settle(plan, status="issued", number=number, on=now.date(), by=None, now=now)
    if clerk is not None:
        _look_after(plan, clerk, year, now)
    if plan.ends_on.year < clock.today().year:
        actions.close(plan, by=None, now=max(now, datetime.combine(date(year, 12, 31), time(17), clock.SHANGHAI)))


def _look_after(plan: Plan, clerk: User, year: int, now: datetime) -> None:
    """An owner for each task, and a line of progress for some."""
    for target in Target.objects.filter(plan=plan, state="accepted"):
        fields = {} if target.owner else {"owner": clerk.name}
        fields |= {"months": "5,11"} if "政协讲堂" in target.quote else {}
        if fields:
            target = actions.change(target, fields=fields, by=None, now=now, reason="明确责任人和月份")
        for words, said in PROGRESS:
            if words in target.quote and not target.indicator:
                day = min(date(year, 6, 28), clock.today())
                actions.report_progress(
                    target,
                    on=day,
                    text=said,
                    finished="完毕" in said,
                    by=clerk,
                    now=max(now, datetime.combine(day, time(9), clock.SHANGHAI)),
                )


SPECIAL = """青石镇“委员在身边”专项工作方案

为进一步密切委员与群众的联系，制定本方案。

一、主要任务

1、每两个月开展1次委员进社区、进农村、进企业活动，全年走访企业不少于10家。

3、年内组织专题学习会2次、座谈交流3次。

4、建立委员联系群众台账，进一步完善意见建议反馈制度。

二、工作要求

1、9月底前完成委员联络站建设。

2、委员参加活动人均不少于___次。
"""


def _explain(unit: Organization, today: date, now: datetime) -> None:
    """The first task of the county that is late has its line, with why and what next."""
    plans = queries.of_year(unit, today.year)
    late = next(
        (row.target for row in measuring.measure(queries.targets_of(plans), today) if row.state == "behind"), None
    )
    if late:
        actions.report_progress(
            late, text="已与承办部门议定题目，正在准备材料。", reason="上半年集中力量办理提案，这项工作往后推了。", next_step="下月集中开展，补上进度。",
            on=today, by=late.owner_user, now=now,
        )  # fmt: skip


LAST_YEARS = (
    Title("云岭县政协20xx年工作总结"),
    Paragraph("20xx年，xx县政协在中共xx县委的坚强领导下，围绕中心、服务大局，较好地完成了各项任务。"),
    Heading(1, "协商议政扎实有效"),
    Paragraph(
        "共组织集体活动x次，开展专题调研x次，组织视察x次，委员参加活动x人次。形成调研报告x篇，报送政协专报x期，得到领导批示x次。"
    ),
    Paragraph("征集提案x件，经审查，立案x件，立案率达x%，其中重点提案x件。反映社情民意信息x条。"),
    Heading(1, "履职为民用心用情"),
    Paragraph("开展公益活动x次，捐款捐物近x万元，走访企业x家，帮助x名学生重返校园。"),
    Paragraph("举办政协讲堂x期，编发《政协工作简讯》x期、《委员学习资料》x期，《人民政协报》刊发报道x篇。"),
)


def being_worked_on(county: County, today: date) -> None:
    """A plan half checked and a summary half filled: what an office has on its desk."""
    now = clock.now()
    _explain(county.unit, today, now)
    actions.bring_in(
        county.townships["青石镇"], year=today.year, data=SPECIAL.encode(), name="专项方案.txt", accept_sure=True, by=None, now=now
    )  # fmt: skip
    summary = reports.start(
        county.unit, data=gongwen.write(LAST_YEARS), name="去年的工作总结.docx", title=f"{today.year}年工作总结", start=date(today.year, 1, 1),
        end=today, as_of=None, by=User.objects.get(username="liumin"), now=now,
    )  # fmt: skip
    leader = User.objects.get(username="zhangguohua")
    reports.remark(summary, "第二部分写满一页，与计划的任务对应起来。", by=leader, now=now)
    reports.remark(
        summary, "是否含联办的？请注明。", blank=summary.blanks.filter(kind="count").first(), by=leader, now=now
    )
