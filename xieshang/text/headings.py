"""What a column of a table holds, by the words at its head: 序号, 任务, 目标值, 责任单位, 完成时限, 议题, 协商形式 …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from xieshang.text.words import any_of

LONGEST = 20  # characters; a longer cell is no heading
BRACKET = re.compile(r"[（(\[【]([^（()）\]】]{0,12})[）)\]】]")
UNITS_ONLY = re.compile(
    rf"(?:{any_of('人次 件次 场次 次 名 人 篇 条 件 期 个 场 份 项 户 家 所 册 本 部 幅 张 处 支 套 批 例 轮 万元 元 亿元 % ％ 学时 课时 小时 天')})"
)
_OFFICE = r"(?:单位|部门|委室|科室|处室|股室|专委会|专门委员会|委员会|支部|界别|机构|主体|方)"
_KINDS = (  # the first that fits the whole heading wins
    ("number", r"序号?|编号|项次|行号|No\.?|№|次序"),
    ("other", r"第?[一二三四1-4]季度?.*|[上下]半年.*|[一二三四五六七八九十\d]{1,2}月份?|.*(?:来源|依据|地点|地址|姓名|职务|电话|经费|预算|金额|资金|得分|分值|权重|评分.*|评价.*|自评.*|扣分.*|签字|签收)"),
    ("class", r".*(?:类别|分类|种类|类型|板块|领域|大类)|类|方面"),
    ("start", r".*(?:开始|启动|起始)(?:时间|日期|时限)?|起"),
    ("time", r"(?!实际|已).*(?:(?:时限|期限|时间)(?:安排|节点|要求|进度)?|日期|月份|季度|节点|进度(?:安排|要求|计划)|月度|办结时.*)|月"),
    ("past", r".*(?:完成情况|进展|进度|落实情况|办理情况|开展情况|推进情况|情况|结果|已完成|完成数|完成率|实际|实绩|状态|未完成|存在问题|下一步|销号|反馈|是否|已).*"),
    ("lead", rf".*(?:责任|牵头|主办|承办|实施|落实|主责|负责|组织|督办|联系|完成|包保|主体){_OFFICE}.*|牵头|主办|承办|责任|责任分工|分工|落实主体|承办者"),
    ("coop", rf".*(?:配合|协办|协同|协作|协助|会办).*|(?:参与|参加|参会){_OFFICE}.*"),
    ("leader", r".*(?:领导|主席|领衔人?|领办人?|督办人)"),
    ("owner", r".*(?:责任人员?|负责人员?|联系人|经办人|承办人|联络员|主持人|牵头人|专班)"),
    ("form", r"(?!成果).*(?:形式|方式)"),
    ("unit", r"(?:计量|数量)?单位|量词"),
    ("value", r".*(?:目标值|指标值|目标数|任务数|任务量|计划数|计划量|计划值|年度值|目标量|数量|次数|件数|篇数|场数|期数|频次|量化.*|预期值|指标要求|目标要求)"),
    ("topic", r".*(?:议题|课题|题目|选题|主题|案由|(?:协商|调研|视察|监督|议政|评议|督办|询问)(?:内容|事项|项目))"),
    ("goal", r".*(?:目标|指标)"),  # a figure or what is to be done: its cells tell
    ("task", r".*(?:任务|工作(?!要求)[^要求]{0,4}|事项|要点|活动[^人]{0,4}|举措|措施|目标任务|重点)"),
    ("plain", r".*(?:项目|名称|内容)"),  # a task only beside other columns of a table of tasks
    ("standard", r".*(?:要求|标准)"),  # beside a task it says more of what is to be done
    ("remark", r".*(?:备注|说明)|.*成[果效].*"),
    ("other", r".*(?:对象|人员|人数|范围)"),
)  # fmt: skip
KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
MAIN = ("task", "topic")
CHARGED = ("lead", "leader", "owner", "coop")


class Heading(NamedTuple):
    words: str
    kind: str  # "" where the words are no heading we know
    unit: str | None  # printed in brackets: 目标值（次）


def heading(printed: str) -> Heading:
    words = re.sub(r"\s", "", printed)
    plain = BRACKET.sub("", words)
    kind = next((kind for kind, pattern in KINDS if pattern.fullmatch(plain)), "") if len(words) <= LONGEST else ""
    bracket = BRACKET.search(words)
    inside = re.sub("^单位[：:]", "", bracket[1]) if bracket else ""
    return Heading(words, kind, inside if UNITS_ONLY.fullmatch(inside) else None)


def of_tasks(columns: Sequence[Heading]) -> bool:
    """Whether the line stands at the head of a table of tasks or topics."""
    said = [column for column in columns if column.words]
    kinds = {column.kind for column in said} - {""}
    if len(kinds) < 2 or sum(bool(column.kind) for column in said) * 2 < len(said):
        return False
    if any(re.search("[。；，]", column.words) for column in said):
        return False
    beside = kinds & {*CHARGED, "time", "value", "form"}
    return bool(kinds & {"task", "topic", "goal"}) or ("plain" in kinds and len(beside) >= 2)


def settled(columns: Sequence[Heading], cells: Sequence[Sequence[str]]) -> tuple[Heading, ...]:
    """The columns with what their cells tell: a goal that is a bare figure is a value; 单位 is a measure or an office.

    cells  of each column, the empty ones left out
    """
    found = [_by_cells(column, below) for column, below in zip(columns, cells, strict=True)]
    kinds = [column.kind for column in found]
    if kinds.count("plain") > 1 and not any(kind in MAIN for kind in kinds):  # 项目 beside 内容
        found[kinds.index("plain")] = found[kinds.index("plain")]._replace(kind="class")
        kinds = [column.kind for column in found]
    if not any(kind in MAIN for kind in kinds):  # what is left is what is to be done
        for wanted in ("plain", "goal", "value", "class"):
            if wanted in kinds:
                found[kinds.index(wanted)] = found[kinds.index(wanted)]._replace(kind="task")
                break
    return tuple(
        column._replace(kind="task") if column.kind in ("goal", "plain", "standard") else column for column in found
    )


def _by_cells(column: Heading, below: Sequence[str]) -> Heading:
    if column.kind in ("goal", "value") and below:
        bare = sum(is_figure(words) for words in below)
        return column._replace(kind="value" if bare * 2 >= len(below) else "goal")
    if column.kind == "unit" and column.words == "单位":
        measures = sum(bool(UNITS_ONLY.fullmatch(words)) for words in below)
        return column if measures * 2 > len(below) else column._replace(kind="lead")
    return column


FIGURE_REST = re.compile(
    r"每[^，；,;\d一二三四五六七八九十]{1,12}|人均|届内|任期内|全年|年度|年内|全县|全区|全市|不(?:少|低)于|不超过|至少|最多|达到?|完成|力争|约|各|共|计|以[上下内]|左右|[\s，,、；;/（）()≥≤<>＞＜=:：。+·]"
)
FIGURE = re.compile(
    r"(?:\d[\d.,，]*|[一二两三四五六七八九十百千]{1,4}|[xX×_＿]{1,8}|百分之[一二三四五六七八九十百点]{1,6})[余多]?[万亿千百]?(?:[-－—–~～至][\d.]+)?(?:[%％]|个?[\u4e00-\u9fff]{0,3})"
)


def is_figure(words: str) -> bool:
    """4次, ≥95%, 不少于4次，每名委员, 12: a quantity and hardly anything else."""
    rest = FIGURE_REST.sub("", words)
    return bool(rest) and len(FIGURE.sub("", rest)) <= 1 and FIGURE.search(rest) is not None
