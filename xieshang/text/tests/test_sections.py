"""A proposal's paper, in the layouts that offices meet, as its parts."""

import pytest

from xieshang.text import sections
from xieshang.text.sections import read

NUMBERED = """关于加强农村公路养护的提案

提案人：陈立新（农业界）    联系电话：0000-1
联名人：周小梅、吴建国

一、基本情况
全县有农村公路一千二百公里，其中县道二百公里。
二、存在的主要问题
（一）经费没有固定来源。
1、缺少专款的问题
（二）养护队伍不稳定。
三、意见建议
1.把养护经费列入年度预算。
2.解决养护工人的待遇问题
建立养护站，按季检查。
                         2026年1月8日
"""
LONG_HEADINGS = """《关于推进老年食堂建设的建议》
近年来，我县老龄人口逐年增加。
一、我县老年食堂的发展现状
已建十二家。
二、老年食堂运营中遇到的困难和不足
有三家入不敷出。
三、进一步办好老年食堂的几点建议
一是给予运营补贴。
二是引入社会力量。
"""
INLINE = """案由：关于整治校门口停车的提案
提案单位：民建云岭县支部
情况：上下学时段县一小门口拥堵。
分析：没有专门的接送区；学校与交警没有联动。
建议：一、划定接送区。
二、错时上下学。
建议承办单位：县公安局、县教育局
是否同意公开：否（涉及学校安全）
"""
NO_HEADING = """关于保护古树名木的提案
我县有古树三百二十株，分布在六个乡镇。
但目前还存在管护责任不清的问题，去年枯死两株。
为此建议：
一、逐株落实管护人。
二、设立保护牌。
"""
BOLD_WORDS = """政协云岭县第十一届委员会第五次会议
提　　案
关于规范电动车充电的提案
现状
全县电动车约六万辆。
问题及原因分析
充电桩少；物业不愿建。
对策与措施
新建小区同步配建。
"""
TABLE = (
    "县政协第十一届五次会议\n提案\n编 号\t第3号\t类 别\t社会建设\n案 由\t关于修桥的提案\t\t\n第一提案人\t张三\t提交日期\t2026年1月2日\n联名提案人\t李四、王小五\t同意公开\t是\n"
    "建议承办\t县交通局\t交办系统\t政府\n内 容\t情况： 桥面破损。 又一段。 分析： 没有养护。 建议： 一、列入计划。 二、养护。\t\t\n审查意见\t经审查，予以立案。 审查人：甲 2026年\t\t\n交办意见\t\t\t\n备 注\t\t\t\n"
)
TABLE_BELOW = "提案题目\t关于增设夜间公交的提案\n提案者\t何桂兰\t界别\t医卫界\n案由分析\n医院护士夜班后无车可乘。\n具体建议\n延长两条线路到二十三点。\n"
COMBINED = """关于治理河道垃圾的提案
一、现状及问题分析
清溪河沿岸垃圾较多，保洁没有包到村。
二、对策建议
（一）包干到村。
（二）建议由县水利局牵头，解决经费问题
"""
SECTION_WORDS = "关于办好职业教育的提案\n第一部分 背景\n招生逐年减少。\n第二部分 问题与成因\n专业陈旧。\n第三部分 解决办法\n与企业共建专业。\n云岭县工商业联合会（盖章）\n"


@pytest.mark.parametrize(
    ("text", "title", "situation", "analysis", "advice"),
    [
        (NUMBERED, "关于加强农村公路养护的提案", "全县有农村公路", "（一）经费没有固定来源。\n1、缺少专款的问题\n（二）养护队伍", "1.把养护经费列入年度预算。\n2.解决养护工人的待遇问题\n建立养护站"),
        (LONG_HEADINGS, "关于推进老年食堂建设的建议", "近年来，我县老龄人口逐年增加。\n已建十二家。", "有三家入不敷出。", "一是给予运营补贴。\n二是引入"),
        (INLINE, "关于整治校门口停车的提案", "上下学时段", "没有专门的接送区", "一、划定接送区。\n二、错时上下学。"),
        (NO_HEADING, "关于保护古树名木的提案", "我县有古树", "但目前还存在", "为此建议：\n一、逐株"),
        (BOLD_WORDS, "关于规范电动车充电的提案", "全县电动车", "充电桩少", "新建小区同步配建。"),
        (TABLE, "关于修桥的提案", "桥面破损。\n又一段。", "没有养护。", "一、列入计划。\n二、养护。"),
        (TABLE_BELOW, "关于增设夜间公交的提案", "医院护士夜班后无车可乘。", "", "延长两条线路到二十三点。"),
        (COMBINED, "关于治理河道垃圾的提案", "清溪河沿岸", "", "（一）包干到村。\n（二）建议由县水利局牵头，解决经费问题"),
        (SECTION_WORDS, "关于办好职业教育的提案", "招生逐年减少。", "专业陈旧。", "与企业共建专业。"),
    ],
)  # fmt: skip
def test_each_part_is_laid_where_it_belongs(text: str, title: str, situation: str, analysis: str, advice: str) -> None:
    found = read(text)
    assert found.title == title
    for part, begins in (("situation", situation), ("analysis", analysis), ("advice", advice)):
        assert getattr(found, part).startswith(begins), (part, getattr(found, part))
        assert bool(getattr(found, part)) == bool(begins)


def test_who_proposes_and_who_signs_is_read_from_lines_and_cells() -> None:
    assert (read(NUMBERED).first, read(NUMBERED).cosigners) == ("陈立新", ("周小梅", "吴建国"))
    assert (read(TABLE).first, read(TABLE).cosigners, read(TABLE).wanted) == ("张三", ("李四", "王小五"), ("县交通局",))
    assert read(TABLE_BELOW).first == "何桂兰"
    assert read(INLINE).body == "民建云岭县支部"
    assert read(INLINE).wanted == ("县公安局", "县教育局")


def test_consent_is_read_with_its_reason() -> None:
    assert (read(INLINE).open_text, read(INLINE).closed_reason) == (False, "涉及学校安全")
    assert read(TABLE).open_text is True
    assert read(NUMBERED).open_text is None


def test_where_a_part_was_found_is_told_and_what_was_not() -> None:
    assert read(LONG_HEADINGS).places["advice"] == "三、进一步办好老年食堂的几点建议"
    assert read(COMBINED).joined
    assert read(COMBINED).missing == ("analysis",)
    assert set(read("天气很好。").missing) == {"title", "analysis", "advice"}


@pytest.mark.parametrize("text", [NUMBERED, LONG_HEADINGS, INLINE, NO_HEADING, BOLD_WORDS, TABLE, TABLE_BELOW, COMBINED, SECTION_WORDS])  # fmt: skip
def test_no_sentence_is_lost(text: str) -> None:
    """Every line of the paper stands in a part, as a heading that was told, or among what found no place."""
    found = read(text)
    kept = "".join(
        [found.title, found.situation, found.analysis, found.advice, found.first, found.body, *found.cosigners, *found.wanted, found.closed_reason, *found.places.values(), *found.rest]
    )  # fmt: skip
    kept = sections.SPACE.sub("", kept)
    known = [*sections.LABEL_OF, *sections.OURS]
    for line in text.replace("\t", "\n").splitlines():
        for piece in sections.BROKEN.split(line):
            plain = sections.SPACE.sub("", piece).strip("《》：:")
            label, _colon, value = plain.partition("：")
            value = value if label in known or sections.PLAIN.fullmatch(label) else plain
            value = value.partition("（")[0] if label in ("提案人",) else value
            if not value or value in known or sections.PLAIN.fullmatch(value) or label in ("联名人", "是否同意公开", "建议承办单位") or value == "是":  # fmt: skip
                continue
            assert value.replace("、", "") in kept.replace("、", ""), value
