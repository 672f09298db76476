"""Texts composed for the bench: a plan, a template for a report, and a long paper where the corpus is not there."""

import io

from docx import Document

HEADINGS = (
    "聚焦中心工作，深入协商议政",
    "倾听群众呼声，做好提案和信息",
    "发挥主体作用，丰富委员活动",
    "加强自身建设，提高履职能力",
)
ITEMS = (
    "全年组织专题调研8次以上", "全年组织集中视察不少于10次", "全年开展协商议事活动不少于12次", "年内组织2次民主评议活动", "全年开展专项民主监督不少于5次",
    "全年组织集体活动不少于24次", "全年开展各类活动不少于60次", "全年举办学习培训不少于6次", "每季度举办1期政协讲堂",
    "全年征集提案不少于100件", "全年确定重点提案8件以上", "每月反映社情民意信息不少于5条", "全年反映社情民意信息60条以上", "全年报送政协专报6期以上",
    "全年形成调研报告不少于8篇", "全年提供招商信息不少于6条", "全年刊发报道30篇以上", "每月编发《政协工作简讯》1期", "全年征集文史资料20篇以上",
    "全年组织公益活动不少于12次", "全年捐款捐物不少于100000元", "每两个月开展1次委员活动日活动", "每季度开展1次“委员在身边”活动", 
    "全年开展三进活动不少于40次", "全年举办委员沙龙4次以上", "全年召开座谈会不少于10次",
    "每半年开展1次联谊活动", "全年走访委员不少于30次", "委员到会率不低于85%", "全年委员参加活动不少于600人次",
    "全年组织视察4次", "上半年组织专题调研3次", "6月底前举办学习培训2次", "每月开展1次走访活动", "全年参加过活动的委员不少于100名",
    "全年开展集中活动12次", "全年开展协商座谈会不少于4次", "每季度开展1次民主监督", "全年举办培训班2期", "全年组织公益活动6次",
)  # fmt: skip


def plan() -> str:
    """工作要点 with a little more than forty quantified targets under four headings."""
    lines = ["云岭县政协2026年工作要点", "", "2026年，县政协要围绕中心、服务大局，认真履行职能，着重做好以下工作。", ""]
    each = -(-len(ITEMS) // len(HEADINGS))
    for n, heading in enumerate(HEADINGS):
        lines += [f"{'一二三四'[n]}、{heading}", ""]
        for k, item in enumerate(ITEMS[n * each : (n + 1) * each]):
            lines += [f"（{'一二三四五六七八九十'[k] if k < 10 else '十' + '一二三'[k - 10]}）{item}。", ""]
    return "\n".join(lines)


def paper(characters: int = 12_000) -> str:
    """A long paper in the manner of an office: the plan again and again, with what was done in between."""
    done = "一年来，共组织集体活动24次，形成调研报告8篇，征集提案103件，立案96件，反映社情民意信息62条，委员参加活动640人次。"
    parts: list[str] = []
    year = 2010
    while sum(map(len, parts)) < characters:
        parts.append(
            plan().replace("2026", str(year)) + f"\n\n云岭县政协{year}年工作总结\n\n{done}\n\n（{year}年12月20日）\n\n"
        )
        year += 1
    return "".join(parts)[:characters]


ONCE = (  # named once, so that each is sure
    "全年组织专题调研x次。", "全年组织集体活动x次。", "全年开展视察x次。", "委员参加活动x人次。", "全年开展协商议事活动x次。", "全年组织公益活动x次。",
    "全年捐款捐物x元。", "全年举办学习培训x次。", "全年举办委员沙龙x次。", "全年召开座谈会x次。", "全年开展三进活动x次。", "全年征集提案x件。",
    "全年形成调研报告x篇。", "全年提供招商信息x条。", "全年举办政协讲堂x期。", "全年编发《政协工作简讯》x期。",
)  # fmt: skip
OFTEN = (
    "其中第{n}组走访x次、开展民主监督x次。",
    "第{n}批民主评议x次，走访企业x家。",
    "第{n}社区受益群众x户，走访x次。",
)


def template(blanks: int = 200) -> bytes:
    """A .docx with so many blanks to be filled."""
    document = Document()
    document.add_heading("云岭县政协2026年工作总结", 0)
    lines = list(ONCE)
    while (left := blanks - sum(line.count("x") for line in lines)) > 0:
        lines.append(OFTEN[len(lines) % len(OFTEN)].format(n=len(lines)) if left > 1 else "走访x次。")
    for n, text in enumerate(lines):
        if n % 10 == 0:
            document.add_heading(f"{n // 10 + 1}、履职情况", 1)
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
