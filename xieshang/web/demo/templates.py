"""The demo's templates: a year-end summary with tables that the office uploaded last winter, bettered this spring; one report begun from it."""

from datetime import date

from xieshang.base.accounts.models import User
from xieshang.documents import gongwen
from xieshang.measure.reports import actions, keeping

from .people import County

TASKS = ("序号", "任务", "目标值", "完成", "进度", "责任人")
NAMED = ("{{#每个量化任务}}{{序号}}", "{{任务}}", "{{目标值}}", "{{完成}}", "{{进度}}", "{{责任人}}")
YEARS = ("项目", "上年同期", "本年", "增减", "同比")
COUNTED = (
    "活动（次）",
    "集体活动（次）",
    "委员参加活动（人次）",
    "参加过活动的委员（人）",
    "捐款捐物（万元）",
    "提交提案（件）",
    "社情民意信息（条）",
)
QUARTERS = ("项目", "一季度", "二季度", "三季度", "四季度", "合计")
KINDS = ("视察（次）", "专题调研（次）", "走访（次）", "参加过活动的委员（人）")


def _summary(*, quarters: bool) -> bytes:
    """The office's year-end summary: names, blanks as always typed, a row for each task, tables of figures."""
    parts: list[gongwen.Part] = [
        gongwen.Title("{{单位}}{{年份}}年工作情况"),
        gongwen.Byline("（{{单位}}办公室　{{日期}}）"),
        gongwen.Paragraph(
            "{{期间名称}}共组织各类活动{{活动}}次，其中集体活动{{集体活动}}次，委员参加{{委员参加活动}}人次，到会率{{到会率}}；"
            "委员提交提案{{提交提案}}件，反映社情民意信息{{社情民意信息}}条，捐款捐物{{捐款捐物}}万元。"
        ),
        gongwen.Heading(1, "计划完成情况"),
        gongwen.Paragraph(
            "列入计划的任务{{任务总数}}项，已完成{{已完成任务数}}项，正常推进{{正常推进任务数}}项，未到期{{未到期任务数}}项，进度滞后{{进度滞后任务数}}项。"
        ),
        gongwen.Table(TASKS, [NAMED], widths=(5, 20, 7, 7, 9, 8)),
        gongwen.Heading(1, "与上年比较"),
        gongwen.Table(YEARS, [(name, "", "", "", "") for name in COUNTED], widths=(20, 9, 9, 9, 9)),
    ]
    if quarters:
        parts += [
            gongwen.Heading(1, "分季度情况"),
            gongwen.Table(QUARTERS, [(name, "", "", "", "", "") for name in KINDS], widths=(18, 8, 8, 8, 8, 8)),
            gongwen.Heading(1, "各乡镇情况"),
            gongwen.Paragraph("{{#每个乡镇}}"),
            gongwen.Paragraph("{{名称}}组织活动{{活动}}次，其中走访{{走访}}次。"),
            gongwen.Paragraph("{{/每个乡镇}}"),
        ]
    parts += [gongwen.Paragraph("编发《政协工作简讯》x期。")]
    return gongwen.write(parts)


def of_the_office(county: County, today: date) -> None:
    """Uploaded last December, a second version in March, a report of this year begun from it."""
    from . import moment

    clerk = User.objects.get(username="liumin")
    made = keeping.upload(
        county.unit, data=_summary(quarters=False), name="年终工作情况.docx", title="年度工作情况（附统计表）", note="年底向全会和县委报送", by=clerk,
        now=moment(date(today.year - 1, 12, 3)),
    )  # fmt: skip
    made = keeping.replace(
        made, data=_summary(quarters=True), name="年终工作情况.docx", note="加了分季度表和各乡镇情况", by=clerk, now=moment(min(today, date(today.year, 3, 4)))
    )  # fmt: skip
    version = made.versions.order_by("-number")[0]
    actions.start(
        county.unit, data=keeping.content(version), name=version.name, start=date(today.year, 1, 1), end=today, made_from=version, by=clerk,
        now=moment(today, 9),
    )  # fmt: skip
