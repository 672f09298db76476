"""现成登记簿: the registers that an office takes with one click. Data only.

Words are what plans and reports call a thing: the longest that fits decides, so each is as specific as the papers are, and `never` keeps
the neighbours out. Where activities count the same word (走访, 培训, 联席会议), the measure words differ. People in need are never named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .fields import Field, Measure

CHARTER = "《中国人民政治协商会议章程》"
BRANCH = "《中国共产党支部工作条例（试行）》"
ADMISSION = "《中国共产党发展党员工作细则》"
NEEDY = "困难群众不写姓名、不传面部照片"
PER_MEMBER = ("人均", "每名", "每位", "每人")


@dataclass(frozen=True)
class Ready:
    """One register of the catalogue. `example` is a valid entry that names nobody: shown in the template and used by the tests."""

    key: str
    group: str
    name: str
    unit: str
    fields: tuple[Field, ...]
    measures: tuple[Measure, ...]
    example: Mapping[str, Any]
    about: str = ""
    note: str = ""
    rhythm: str = "none"
    rhythm_count: int = 1
    citation: str = ""
    inside: bool = False
    kind_prefix: str = ""


def on(title: str = "日期") -> Field:
    return Field("on", title, "date", True, role="on")


def title(name: str = "名称", help: str = "") -> Field:
    return Field("title", name, "text", True, role="title", help=help)


def text(key: str, name: str, help: str = "", *, required: bool = False) -> Field:
    return Field(key, name, "text", required, help=help)


def long(key: str, name: str, help: str = "") -> Field:
    return Field(key, name, "long_text", help=help)


def number(key: str, name: str, unit: str, *, required: bool = False, help: str = "") -> Field:
    return Field(key, name, "number", required, unit=unit, help=help)


def money(key: str, name: str, *, fact: str = "", category: str = "", help: str = "") -> Field:
    return Field(key, name, "money", fact=fact, category=category, help=help)


def choice(key: str, name: str, role: str, options: str, *, required: bool = True) -> Field:
    """`options`: "code title, code title, …"."""
    pairs = tuple((code, label) for code, label in (one.split() for one in options.split(",")))
    return Field(key, name, "choice", required, options=pairs, role=role)


def people(key: str, name: str, help: str = "") -> Field:
    return Field(key, name, "people", help=help)


def body(key: str = "body", name: str = "承办机构") -> Field:
    return Field(key, name, "body")


PAPERS = Field("files", "附件", "file")
PLACE = Field("place", "地点", "place")


def many(
    suffix: str,
    name: str,
    unit: str,
    words: str,
    note: str,
    *,
    measures: str = "",
    never: str | Iterable[str] = (),
    **where: str,
) -> Measure:
    """How many entries; `where`: dimension="code code"."""
    return Measure(
        suffix, name, unit, where={key: tuple(codes.split()) for key, codes in where.items()}, measures=tuple(measures.split()), words=tuple(words.split()),
        never=tuple(never.split() if isinstance(never, str) else never), note=note,
    )  # fmt: skip


def summed(
    suffix: str,
    name: str,
    unit: str,
    of: str,
    words: str,
    note: str,
    *,
    measures: str = "",
    never: str = "",
    **where: str,
) -> Measure:
    """The sum of a number."""
    return Measure(
        suffix, name, unit, "sum", of, {key: tuple(codes.split()) for key, codes in where.items()}, measures=tuple(measures.split()),
        words=tuple(words.split()), never=tuple(never.split()), note=note,
    )  # fmt: skip


def rated(suffix: str, name: str, part: str, whole: str, words: str, note: str, *, never: str = "") -> Measure:
    """Part of whole in percent."""
    return Measure(
        suffix,
        name,
        "%",
        "rate",
        part=part,
        whole=whole,
        words=tuple(words.split()),
        never=tuple(never.split()),
        note=note,
    )


def each(suffix: str, name: str, unit: str, part: str, words: str, note: str, *, measures: str = "") -> Measure:
    """For each member in office."""
    return Measure(
        suffix,
        name,
        unit,
        "average",
        part=part,
        whole="people.in_office",
        words=tuple(words.split()),
        measures=tuple(measures.split()),
        note=note,
    )


def persons(suffix: str, name: str, words: str, note: str, *, measures: str = "名 位") -> Measure:
    """How many different people."""
    return Measure(
        suffix, name, "人", "people", words=tuple(words.split()), measures=tuple(measures.split()), note=note
    )


ALL = (
    # --- 建言 --------------------------------------------------------------------------------------------------------------
    Ready(
        "proposals", "建言资政", "提案", "件",
        (
            on("提交日期"), title("案由"), text("number", "编号"), people("proposers", "提案者", "联名的都选上"),
            choice("disposition", "审查结论", "category", "pending 待审查, filed 立案, opinion 转社情民意信息, explained 作解释, withdrawn 撤案"),
            choice("key", "重点提案", "carrier", "no 否, key 是", required=False),
            choice("outcome", "办理结果", "outlet", "handling 办理中, solved 已解决或基本解决, planned 列入计划逐步解决, reference 留作参考", required=False),
            body("handler", "承办单位"), PAPERS,
        ),
        (
            many("entries", "提交提案", "件", "提交提案 征集提案 收到提案 撰写提案 提出提案 提案", "登记的提案，一件只计一次，不论立案与否", measures="篇 份",
                 never=("立案", "重点提案", "督办", "办复", "答复", "办理", "并案", "协商", "解决", "列入", *PER_MEMBER)),
            many("filed", "立案提案", "件", "审查立案 立案提案 予以立案 立案", "审查结论为立案的提案，按提交日期计", measures="篇", never="不予立案 立案率", category="filed"),
            many("not_filed", "未立案提案", "件", "作为社情民意信息处理 转社情民意信息 未予立案 不予立案", "转社情民意信息或作解释的提案", category="opinion explained"),
            many("key", "重点提案", "件", "重点提案 政协重点提案 确定重点提案 遴选重点提案 重点督办提案", "标为重点的提案", measures="篇", carrier="key"),
            many("solved", "已解决提案", "件", "已解决或基本解决 已基本解决 已经解决 基本解决", "办理结果为已解决或基本解决的提案", outlet="solved"),
            many("planned", "列入计划提案", "件", "列入规划或部门工作计划 列入计划逐步解决 列入规划 列入计划", "办理结果为列入计划逐步解决的提案", outlet="planned"),
            Measure("decided", "已审查提案", "件", where={"category": ("filed", "opinion", "explained")}, words=("已审查提案",), note="已有审查结论的提案，撤案的不算"),
            rated("filing_rate", "立案率", "filed", "decided", "立案率 提案立案率", "立案的除以已有审查结论的；还没有结论时显示“—”"),
            rated("solved_rate", "提案解决率", "solved", "filed", "提案解决率 解决率", "已解决或基本解决的除以立案的"),
            persons("proposers", "参与提案委员", "参与提案委员 提交提案的委员", "至少提交或联名过一件提案的人，同一人只计一个"),
            each("each", "人均提案", "件", "entries", "人均提案 每名委员提案 提案人均 撰写提案人均", "提交提案除以统计截止日在任委员", measures="篇"),
        ),
        {"on": "2026-03-05", "title": "关于改善集镇停车秩序的建议", "number": "第 12 号", "disposition": "立案", "key": "否"},
        about="还没有启用提案系统时，先在这里登记、统计", note="登记的提案，一件只计一次", citation="《中国人民政治协商会议全国委员会提案工作条例》",
    ),
    Ready(
        "opinions", "建言资政", "社情民意信息", "条",
        (
            on("报送日期"), title("标题"), people("reporters", "反映人"), choice("topic", "分类", "carrier", "economy 经济, town 城建, culture 科教文卫体, social 社会民生, united 统战外事, other 其他", required=False),
            choice("adopted", "最高采用层级", "category", "none 未采用, county 县级采用, city 市级采用, province 省级采用, nation 全国采用"),
            choice("instructed", "领导批示", "outlet", "no 无, yes 有", required=False), text("issue", "期号"), PAPERS,
        ),
        (
            many("entries", "社情民意信息", "条", "社情民意信息 反映社情民意信息 报送社情民意信息 编报社情民意信息 收集社情民意信息 撰写社情民意信息 反映社情民意 社情民意 民意信息", "登记的社情民意信息，一条只计一次", measures="篇 件 份", never=("处理", "采用", "批示", *PER_MEMBER)),
            many("adopted", "采用社情民意信息", "条", "采用社情民意信息 社情民意信息被采用 社情民意信息采用 信息被采用 被采用 采用", "被县级以上任一层级采用的信息，一条只计一次", measures="篇 件", category="county city province nation"),
            many("adopted_above", "上级采用社情民意信息", "条", "上级采用 省级以上采用 市级以上采用", "被市级以上采用的信息，按最高一级计", measures="篇 件", category="city province nation"),
            many("instructed", "社情民意信息批示", "条", "社情民意信息批示 信息获批示", "得到领导批示的信息", measures="篇 件", outlet="yes"),
            rated("adoption_rate", "社情民意信息采用率", "adopted", "entries", "信息采用率 采用率", "被采用的除以报送的"),
            each("each", "人均社情民意信息", "条", "entries", "人均社情民意信息 每名委员社情民意信息 社情民意信息人均", "社情民意信息除以统计截止日在任委员", measures="篇 件"),
        ),
        {"on": "2026-03-12", "title": "关于农村快递进村最后一公里的反映", "adopted": "县级采用", "topic": "社会民生", "instructed": "无"},
        rhythm="month", note="报送的社情民意信息，一条只计一次", citation="《政协全国委员会关于加强和改进反映社情民意信息工作的意见》",
    ),
    Ready(
        "reports", "建言资政", "调研报告", "篇",
        (
            on("完成日期"), title("题目"), choice("kind", "种类", "category", "research 调研报告, inspection 视察报告, review 评议报告"), body(), people("writers", "执笔委员"),
            choice("result", "转化情况", "outlet", "none 尚无, instructed 领导批示, adopted 部门采纳, document 转化为文件", required=False), PAPERS,
        ),
        (
            many("entries", "调研报告", "篇", "调研报告 高质量调研报告 调研文章 调查报告 调研成果报告 调研成果", "完成的调研、视察、评议报告，一篇只计一次", measures="份 个", never=PER_MEMBER),
            many("used", "调研成果转化", "篇", "调研成果转化 成果转化 转化成果", "得到批示、采纳或转化为文件的报告", measures="项 个 份", outlet="instructed adopted document"),
        ),
        {"on": "2026-05-20", "title": "乡村道路建设与管护情况调研报告", "kind": "调研报告", "result": "尚无"},
        note="完成的报告，一篇只计一次",
    ),
    Ready(
        "speeches", "建言资政", "交流发言材料", "篇",
        (
            on("会议日期"), title("题目"), choice("occasion", "会议", "category", "plenary 全体会议, standing 常委会会议, chair 主席会议, consultation 专题协商会, other 其他"),
            choice("way", "发言方式", "carrier", "spoken 口头, written 书面", required=False), people("speakers", "发言人"), body("body", "提供单位"), PAPERS,
        ),
        (
            many("entries", "交流发言材料", "篇", "交流发言材料 发言材料 会议发言材料", "登记的发言材料，一篇只计一次", measures="份"),
            many("plenary", "大会发言材料", "篇", "大会发言材料 大会发言", "全体会议上的发言材料", measures="份 次 人次", category="plenary"),
            many("spoken", "口头发言", "次", "口头发言", "口头发言的次数", measures="人次", carrier="spoken"),
        ),
        {"on": "2026-06-10", "title": "以特色农业带动乡村振兴", "occasion": "常委会会议", "way": "书面"},
    ),
    Ready(
        "special_reports", "建言资政", "政协专报", "篇",
        (
            on("报送日期"), title("题目"), text("issue", "期号"), choice("to", "报送对象", "outlet", "county 县（区）委县（区）政府, city 市政协, province 省政协, other 其他"),
            number("instructions", "领导批示", "次", help="有几位领导批示就填几"), PAPERS,
        ),
        (
            many("entries", "政协专报", "篇", "政协专报 协商专报 报送政协专报 上报政协专报 报送协商专报 上报专报 专报", "报送的专报，一篇只计一次", measures="期 份 件"),
            summed("instructions", "领导批示", "次", "instructions", "领导批示 作出批示 批示", "专报得到的领导批示次数之和", measures="件 条 份 篇", never="社情民意"),
        ),
        {"on": "2026-06-18", "title": "关于优化营商环境的协商意见", "issue": "第 3 期", "to": "县（区）委县（区）政府", "instructions": "1"},
    ),
    Ready(
        "suggestions", "建言资政", "意见建议办理", "条",
        (
            on("征集日期"), title("内容摘要"), choice("source", "来源", "carrier", "visit 走访座谈, survey 问卷, meeting 会议, hotline 来信来电, other 其他"),
            choice("state", "办理情况", "category", "open 在办, solved 已解决, hard 暂难解决"), text("owner", "责任单位或责任人"), Field("due", "办理期限", "date"), long("answer", "办理和反馈"), PAPERS,
        ),
        (
            many("entries", "征集意见建议", "条", "征集到的建议 征求意见建议 征集意见建议 收集意见建议 意见建议", "登记的意见建议，一条只计一次", measures="个 件", never="提出"),
            many("solved", "解决意见建议", "条", "解决意见建议 协调解决", "办理情况为已解决的意见建议，按征集日期计", measures="个 件", category="solved"),
            rated("solved_rate", "意见建议解决率", "solved", "entries", "意见建议解决率 建议解决率", "已解决的除以征集的"),
        ),
        {"on": "2026-04-02", "title": "厂区职工住宿困难", "source": "走访座谈", "state": "已解决", "owner": "县住建局", "due": "2026-06-30"},
        about="征集到的意见建议，谁办、何时办结、怎样反馈",
    ),
    Ready(
        "problems", "建言资政", "发现的突出问题", "个",
        (
            on("发现日期"), title("问题"), choice("state", "解决情况", "category", "open 在办, solved 已解决, hard 暂难解决"), text("owner", "责任单位或责任人"), Field("due", "办理期限", "date"),
            long("measure", "整改措施"), body("body", "发现机构"), PAPERS,
        ),
        (
            many("entries", "发现问题", "个", "突出问题 发现问题 查找问题 指出问题", "登记的问题，一个只计一次", measures="条 项 处", never="解决 整改"),
            many("solved", "解决问题", "个", "解决问题 整改问题 解决突出问题", "解决情况为已解决的问题，按发现日期计", measures="条 项 处", category="solved"),
            rated("solved_rate", "问题解决率", "solved", "entries", "问题解决率 整改率", "已解决的除以发现的"),
        ),
        {"on": "2026-04-16", "title": "集镇垃圾清运不及时", "state": "在办", "owner": "镇环卫所"},
    ),
    # --- 为民服务 ------------------------------------------------------------------------------------------------------------
    Ready(
        "donations", "服务为民", "捐款捐物与帮扶", "次",
        (
            on(), title("事由"), choice("purpose", "用途", "carrier", "poverty 扶危济困, school 捐资助学, disaster 抗灾防疫, care 慰问孤老病残, village 乡村振兴, other 其他"),
            money("money", "捐款", fact="amount", category="money", help="单位：元"), money("goods_value", "捐物折款", fact="amount", category="goods", help="单位：元"),
            text("goods", "捐物说明"), text("receivers", "对象（不写姓名）", "写户数、类别或单位，如“困难户 12 户”"), number("households", "帮扶户数", "户"),
            people("givers", "捐赠委员"), body("body", "组织机构"), PAPERS,
        ),
        (
            summed("households", "帮扶困难群众", "户", "households", "帮扶困难群众 帮扶困难户 慰问困难户 帮扶户数 困难户", "各次登记的帮扶户数之和，同一户可重复", measures="家"),
            summed("school", "捐资助学", "元", "money", "捐资助学 助学金", "用途为捐资助学的捐款之和，以元计", measures="万元", carrier="school"),
            persons("givers", "捐赠委员", "捐款委员 捐赠委员 参与捐赠的委员", "至少捐赠过一次的人，同一人只计一个"),
        ),
        {"on": "2026-05-30", "title": "为镇中心小学捐赠图书", "purpose": "捐资助学", "money": "5000", "goods_value": "1200.50", "goods": "图书 80 册", "receivers": "镇中心小学", "households": ""},
        about="登记活动时已填的捐款捐物会自动计入，不要在这里重复登记", note="活动中的捐赠和这本登记簿各计一次，合计为“捐赠”“捐款捐物”；" + NEEDY, citation="《中华人民共和国慈善法》",
        kind_prefix="gifts",
    ),
    Ready(
        "good_deeds", "服务为民", "为民办实事", "件",
        (
            on(), title("实事"), choice("kind", "种类", "category", "livelihood 民生, jobs 就业, road 基础设施, health 医疗健康, school 教育, law 法律服务, other 其他"), text("receivers", "受益对象（不写姓名）", NEEDY),
            number("people", "受益群众", "人次"), people("doers", "承办委员"), body(), PAPERS,
        ),
        (
            many("entries", "为民办实事", "件", "为民办实事 为群众办实事 办好事实事 办实事 好事实事", "登记的实事，一件只计一次", measures="项 个"),
            summed("people", "受益群众", "人次", "people", "受益群众 惠及群众 服务群众", "各件实事登记的受益人次之和，同一人可重复", measures="人"),
        ),
        {"on": "2026-05-08", "title": "协调安装村口路灯 12 盏", "kind": "基础设施", "receivers": "桂花村村民", "people": "300"},
    ),
    Ready(
        "visits", "服务为民", "走访座谈", "次",
        (
            on(), title("事由"), choice("kind", "方式", "category", "visit 走访, talk 座谈, both 走访并座谈"), number("companies", "走访企业", "家"), number("members", "走访委员", "人次"),
            number("households", "走访群众", "户"), number("units", "走访党派团体和基层单位", "个"), number("outside", "走访党外人士", "人次"), number("came", "座谈参加", "人次"),
            number("asks", "听取意见建议", "条"), PLACE, people("leaders", "带队和参加委员"), body(), PAPERS,
        ),
        (
            many("entries", "走访座谈", "次", "走访座谈 走访座谈活动", "登记的走访座谈，出去一趟只计一次", measures="场 回"),
            summed("companies", "走访企业", "家", "companies", "走访企业 走访民营企业 走访委员企业 调研走访企业", "各次走访的企业数之和，同一家可重复", measures="户 个"),
            summed("members", "走访委员人次", "人次", "members", "走访委员", "各次走访的委员之和，同一人可重复", measures="名 位 人"),
            summed("households", "走访群众", "户", "households", "走访群众 走访慰问群众 走访慰问困难群众 走访慰问困难户 走访困难户 入户走访", "各次走访的户数之和，同一户可重复", measures="家"),
            summed("units", "走访党派团体和基层单位", "个", "units", "走访民主党派 走访党派团体 走访人民团体 走访基层单位 走访单位", "各次走访的单位之和，同一单位可重复", measures="家"),
            summed("outside", "走访党外人士", "人次", "outside", "走访党外人士 联系党外人士 走访党外委员", "各次走访的党外人士之和，同一人可重复", measures="名 位 人"),
            summed("came", "座谈参加人次", "人次", "came", "座谈参加 参加座谈", "各次座谈的参加人次之和，同一人可重复", measures="人 名"),
        ),
        {"on": "2026-03-18", "title": "走访委员企业", "kind": "走访并座谈", "companies": "3", "members": "4", "came": "16", "asks": "5", "place": "青石镇工业园"},
        note="出去一趟登记一条；同时登记为活动的，活动次数在“走访”里计，家数、户数、人次在这里计", rhythm="month",
    ),
    Ready(
        "investment", "服务为民", "招商信息", "条",
        (
            on("提供日期"), title("项目或信息"), people("givers", "提供委员"), choice("stage", "进展", "category", "lead 线索, contact 对接洽谈, signed 签约, landed 落地, closed 未成"), money("capital", "意向投资额"),
            text("origin", "投资方所在地"), body("body", "对接机构"), PAPERS,
        ),
        (
            many("entries", "招商信息", "条", "招商信息 招商引资信息 提供招商信息 招商线索", "登记的招商信息，一条只计一次", measures="个 份 件", never=PER_MEMBER),
            many("landed", "引进项目", "个", "引进项目 落地项目 签约项目 促成项目", "进展为签约或落地的，按提供日期计", measures="项 件", category="signed landed"),
            summed("capital", "引进资金", "元", "capital", "引进资金 招商引资额 协议资金", "进展为签约或落地的意向投资额之和，以元计", measures="万元 亿元", category="signed landed"),
            each("each", "人均招商信息", "条", "entries", "人均招商信息 每名委员招商信息", "招商信息除以统计截止日在任委员", measures="个"),
        ),
        {"on": "2026-04-20", "title": "茶叶深加工项目", "stage": "对接洽谈", "capital": "300万元", "origin": "外省"},
    ),
    Ready(
        "questionnaires", "服务为民", "问卷调查", "次",
        (on("结束日期"), title("问卷名称"), number("sent", "发放问卷", "份"), number("returned", "收回问卷", "份"), number("asks", "征求意见建议", "条"), body(), PAPERS),
        (
            many("entries", "问卷调查", "次", "问卷调查 调查问卷活动 开展问卷", "登记的问卷调查，一次只计一次", measures="项 个"),
            summed("sent", "发放问卷", "份", "sent", "发放问卷 发放调查问卷 调查问卷", "各次发放的问卷之和", measures="张"),
            summed("returned", "收回问卷", "份", "returned", "收回问卷 回收问卷 收回有效问卷 有效问卷", "各次收回的问卷之和", measures="张"),
            rated("return_rate", "问卷回收率", "returned", "sent", "问卷回收率 回收率", "收回的除以发放的"),
        ),
        {"on": "2026-04-28", "title": "委员履职服务情况问卷", "sent": "120", "returned": "112", "asks": "18"},
    ),
    # --- 学习宣传 ------------------------------------------------------------------------------------------------------------
    Ready(
        "media", "学习宣传", "媒体报道", "篇",
        (
            on("刊发日期"), title("标题"), choice("outlet", "媒体", "outlet", "cppcc_news 人民政协报, nation 其他中央媒体, province 省级媒体, city 市级媒体, county 县级媒体, new_media 新媒体"),
            choice("kind", "体裁", "category", "news 消息, feature 通讯, video 视频, theory 理论文章, other 其他", required=False), text("link", "链接或版面"), people("writers", "作者或采访对象"), PAPERS,
        ),
        (
            many("entries", "媒体报道", "篇", "媒体报道 新闻报道 宣传报道 宣传报导 各类媒体 媒体刊发 宣传稿件", "各级媒体的报道，一篇只计一次，转载不重复计", measures="条 次 则 件", never="人民政协报 省级 市级 县级"),
            many("cppcc_news", "《人民政协报》报道", "篇", "《人民政协报》刊发区政协报道 《人民政协报》刊发县政协报道 《人民政协报》刊发政协报道 《人民政协报》刊发报道 《人民政协报》报道 《人民政协报》刊发 人民政协报", "《人民政协报》刊发的报道", measures="条 次 则 件", outlet="cppcc_news"),
            many("nation", "中央媒体报道", "篇", "中央媒体 中央媒体报道 国家级媒体 中央级媒体", "《人民政协报》和其他中央媒体的报道", measures="条 次 则 件", outlet="cppcc_news nation"),
            many("province", "省级媒体报道", "篇", "省级媒体 省级媒体报道 省级报刊 省级以上媒体", "省级以上媒体的报道", measures="条 次 则 件", outlet="cppcc_news nation province"),
            many("city", "市级媒体报道", "篇", "市级媒体 市级媒体报道 市级报刊", "市级媒体的报道", measures="条 次 则 件", outlet="city"),
            many("county", "县级媒体报道", "篇", "县级媒体 县级媒体报道 区级媒体 县区媒体", "县级媒体的报道", measures="条 次 则 件", outlet="county"),
            many("new_media", "新媒体报道", "篇", "新媒体 新媒体报道 微信公众号 公众号 公众号推文", "新媒体的报道", measures="条 次 则 期 件", outlet="new_media"),
        ),
        {"on": "2026-03-22", "title": "青石镇：委员议事到村头", "outlet": "人民政协报", "kind": "通讯", "link": "第 5 版"},
        rhythm="month", note="一篇报道只计一次，按最高一级媒体登记，转载不重复计",
    ),
    Ready(
        "newsletters", "学习宣传", "政协工作简讯", "期",
        (on("编发日期"), title("刊名和期号", "如“政协工作简讯第 3 期”"), number("items", "信息", "条"), text("editor", "编辑"), PAPERS),
        (
            many("entries", "政协工作简讯", "期", "政协工作简讯 《政协工作简讯》 工作简讯 政协简讯 活动简讯 简讯 工作简报 简报", "编发的简讯，一期只计一次", measures="份"),
            summed("items", "简讯信息", "条", "items", "简讯信息 简报信息", "各期简讯里的信息条数之和", measures="篇 则"),
        ),
        {"on": "2026-03-25", "title": "政协工作简讯第 3 期", "items": "6", "editor": "办公室"},
        rhythm="month", note="编发的简讯，一期只计一次",
    ),
    Ready(
        "study_materials", "学习宣传", "委员学习资料", "期",
        (on("编发日期"), title("刊名和期号"), choice("topic", "主题", "category", "theory 党的创新理论, cppcc 政协知识, law 政策法规, affairs 区情县情, other 其他", required=False), number("copies", "发放", "份"), PAPERS),
        (
            many("entries", "委员学习资料", "期", "委员学习资料 《委员学习资料》 学习资料 学习材料", "编发的学习资料，一期只计一次", measures="种"),
            summed("copies", "发放学习资料", "份", "copies", "发放学习资料 发放资料 发放宣传手册", "各期发放的份数之和", measures="册 本"),
        ),
        {"on": "2026-02-26", "title": "委员学习资料第 1 期", "topic": "政协知识", "copies": "150"},
        rhythm="quarter",
    ),
    Ready(
        "lectures", "学习宣传", "政协讲堂", "期",
        (on(), title("主题"), text("speaker", "主讲人和身份"), number("heads", "听讲", "人次"), PLACE, body(), PAPERS),
        (
            many("entries", "政协讲堂", "期", "政协讲堂 春秋讲堂 委员讲坛 委员讲堂", "举办的讲堂，一期只计一次", measures="场 讲 次 场次"),
            summed("heads", "讲堂听讲", "人次", "heads", "讲堂听讲 听讲委员", "各期听讲人次之和，同一人可重复", measures="人"),
        ),
        {"on": "2026-05-15", "title": "县情与上半年经济运行", "speaker": "县政府领导", "heads": "86", "place": "县政协五楼会议室"},
        rhythm="quarter",
    ),
    Ready(
        "calls", "学习宣传", "征文书画", "次",
        (
            on("开展日期"), title("主题"), choice("kind", "种类", "category", "essay 征文, painting 书画, photo 摄影, recital 诵读演出, other 其他"), number("works", "征集作品", "件"),
            number("prizes", "获奖作品", "件"), people("writers", "参加委员"), body(), PAPERS,
        ),
        (
            many("entries", "征文书画活动", "次", "征文书画活动 文化活动", "登记的征文、书画等活动，一次只计一次", measures="场 个 项", never="文化活动中心"),
            many("essay", "征文活动", "次", "征文活动 主题征文 征文", "征文活动的次数", measures="场 个 项 期", category="essay"),
            many("painting", "书画活动", "次", "书画活动 书画展 书画展览 书画笔会", "书画、摄影活动的次数", measures="场 个 项 届 期", category="painting photo"),
            summed("works", "征集作品", "件", "works", "征集作品 征集征文 收到作品 征集书画作品", "各次征集的作品之和", measures="篇 幅 部"),
        ),
        {"on": "2026-06-05", "title": "庆祝人民政协成立征文", "kind": "征文", "works": "64", "prizes": "12"},
    ),
    Ready(
        "books", "学习宣传", "文史书籍", "册",
        (
            on("出版日期"), title("书名"), choice("kind", "种类", "category", "history 文史资料, album 作品集, talks 委员文集, other 其他"), choice("way", "出版方式", "carrier", "public 公开出版, internal 内部编印", required=False),
            number("characters", "字数", "万字"), number("copies", "印数", "本"), text("isbn", "书号或准印证号"), PAPERS,
        ),
        (
            many("entries", "文史书籍", "册", "文史书籍 文史资料 文史图书 编撰出版书籍 编撰出版 书籍", "编印出版的书籍，一种只计一次，不按印数", measures="本 部 种 辑 套"),
            many("album", "作品集", "册", "书画作品集 作品集", "编印的作品集", measures="本 部 种", category="album"),
            summed("characters", "文史字数", "万字", "characters", "文史字数 征集文史资料字数", "各书字数之和", measures="万"),
        ),
        {"on": "2026-06-12", "title": "云岭古道", "kind": "文史资料", "way": "公开出版", "characters": "18.5", "copies": "1000"},
        citation=CHARTER,
    ),
    Ready(
        "trainings", "学习宣传", "委员培训班", "期",
        (
            on("开班日期"), title("培训班名称"), choice("kind", "对象", "category", "new 新任委员, all 全体委员, group 部分委员, staff 机关干部"), number("days", "天数", "天"), number("heads", "参训", "人次"),
            PLACE, people("came", "参训委员", "逐人登记的才计入个人，不填也可以"), PAPERS,
        ),
        (
            many("entries", "委员培训班", "期", "委员培训班 履职培训班 专题培训班 举办培训班 履职能力培训班", "举办的培训班，一期只计一次", measures="班"),
            many("new", "新任委员培训班", "期", "新任委员培训班 新委员培训班 新委员培训", "面向新任委员的培训班", measures="次 班", category="new"),
            summed("heads", "培训人次", "人次", "heads", "培训委员 参训委员 培训人次 培训干部", "各期参训人次之和，同一人可重复", measures="名 人 位"),
        ),
        {"on": "2026-03-10", "title": "新任委员履职培训班", "kind": "新任委员", "days": "2", "heads": "45", "place": "县委党校"},
    ),
    # --- 自身建设 ------------------------------------------------------------------------------------------------------------
    Ready(
        "rules", "自身建设", "规章制度", "项",
        (
            on("印发日期"), title("制度名称"), choice("way", "方式", "category", "new 新制定, revised 修订, ended 废止"), text("number", "文号"),
            choice("field", "领域", "carrier", "duty 履职, meeting 议事, party 党建, office 机关, member 委员管理, other 其他", required=False), body("body", "起草机构"), PAPERS,
        ),
        (
            many("entries", "制定修订制度", "项", "规章制度 各项制度 健全制度 建立健全制度 制度", "新制定和修订的制度，一项只计一次", measures="个 部 件", never="三会一课 四项制度 新制定 修订 修改 废止", category="new revised"),
            many("new", "新制定制度", "项", "新制定出台 新制定制度 制定制度 出台制度 新建制度 新制定", "新制定的制度", measures="个 部 件", never="修订", category="new"),
            many("revised", "修订制度", "项", "完善修改 修订完善 修订制度 修改完善 修订", "修订的制度", measures="个 部 件", never="新制定", category="revised"),
        ),
        {"on": "2026-04-08", "title": "委员意见建议办理和反馈制度", "way": "新制定", "number": "云政协办〔2026〕4 号", "field": "委员管理"},
        note="新制定和修订的制度，一项只计一次；废止的登记但不计",
    ),
    Ready(
        "procedures", "自身建设", "工作流程", "项",
        (on("完善日期"), title("流程名称"), choice("way", "方式", "category", "new 新建, revised 完善"), body("body", "责任委室"), text("owner", "责任人"), PAPERS),
        (
            many("entries", "工作流程", "项", "工作流程 办事流程 业务流程 完善工作流程 各委室工作流程 完善各委室工作流程", "新建和完善的流程，一项只计一次", measures="个 条 张"),
        ),
        {"on": "2026-04-09", "title": "提案交办流程", "way": "完善", "owner": "提案委"},
    ),
    Ready(
        "cases", "自身建设", "典型案例", "个",
        (on("形成日期"), title("案例名称"), choice("level", "推介层级", "category", "own 本级, county 县级, city 市级, province 省级以上"), long("summary", "做法和成效"), people("members", "涉及委员"), body(), PAPERS),
        (
            many("entries", "典型案例", "个", "典型案例 典型经验 先进典型 优秀案例 经验做法", "总结的典型案例，一个只计一次", measures="篇 项 例 条"),
            many("above", "上级推介案例", "个", "推介案例 上级推介 推广案例", "被市级以上推介的案例", measures="篇 项 例", category="city province"),
        ),
        {"on": "2026-06-01", "title": "“小板凳”议事会", "level": "县级", "summary": "把协商搬到村头"},
    ),
    Ready(
        "honours", "自身建设", "荣誉表彰", "项",
        (
            on("表彰日期"), title("荣誉名称"), choice("level", "级别", "category", "county 县级, city 市级, province 省级, nation 国家级"), choice("to", "获奖者", "carrier", "unit 单位, member 委员, staff 机关干部", required=False),
            text("giver", "授予单位"), people("winners", "获奖委员"), PAPERS,
        ),
        (
            many("entries", "荣誉表彰", "项", "荣誉表彰 获得荣誉 获得表彰 荣誉称号 荣誉", "获得的荣誉，一项只计一次", measures="个 次 块"),
            many("above", "市级以上荣誉", "项", "市级以上荣誉 省市荣誉 上级表彰", "市级以上的荣誉", measures="个 次", category="city province nation"),
            persons("winners", "获表彰委员", "获表彰委员 受表彰委员 优秀政协委员", "获得过荣誉的委员，同一人只计一个"),
        ),
        {"on": "2026-01-20", "title": "提案工作先进集体", "level": "市级", "to": "单位", "giver": "市政协"},
    ),
    Ready(
        "member_homes", "自身建设", "委员之家", "个",
        (
            on("建成日期"), title("名称"), choice("kind", "种类", "category", "home 委员之家, studio 委员工作室, station 委员联络站"), PLACE, people("keepers", "负责委员"), body("body", "所属机构"),
            Field("until", "撤销日期", "date", role="until"), PAPERS,
        ),
        (
            Measure("standing", "委员之家", "个", "stock", where={"category": ("home",)}, measures=("家", "处"), words=("委员之家", "“委员之家”"), never=("新建", "新增"), note="统计截止日还在的委员之家：建成的减去撤销的"),
            Measure("studios", "委员工作室", "个", "stock", where={"category": ("studio",)}, measures=("家", "处", "间"), words=("委员工作室",), never=("新建", "新增"), note="统计截止日还在的委员工作室"),
            Measure("stations", "委员联络站", "个", "stock", where={"category": ("station",)}, measures=("家", "处"), words=("委员联络站",), never=("新建", "新增"), note="统计截止日还在的委员联络站"),
            many("entries", "新建履职阵地", "个", "新建委员之家 新增委员之家 新建委员工作室 新建履职阵地", "当期建成的委员之家、工作室、联络站", measures="家 处"),
        ),
        {"on": "2026-03-01", "title": "青石镇委员之家", "kind": "委员之家", "place": "青石镇文化站"},
    ),
    # --- 社区党建（只供本单位）-----------------------------------------------------------------------------------------------
    Ready(
        "branch_meetings", "党的建设", "三会一课", "次",
        (
            on(), title("主题"), choice("kind", "种类", "category", "assembly 支部党员大会, committee 支委会, group 党小组会, lecture 党课, life 组织生活会"), text("host", "主持人"), number("due", "应到党员", "人次"),
            number("came", "实到党员", "人次"), body("body", "党支部"), long("minutes", "议题和决议"), PAPERS,
        ),
        (
            many("entries", "三会一课", "次", "三会一课 “三会一课”", "支部党员大会、支委会、党小组会和党课，一次只计一次", measures="场 回", category="assembly committee group lecture"),
            many("assembly", "支部党员大会", "次", "支部党员大会 党员大会", "支部党员大会的次数", measures="场 回", category="assembly"),
            many("committee", "支委会", "次", "支委会 支部委员会会议", "支委会的次数", measures="场 回", category="committee"),
            many("group", "党小组会", "次", "党小组会", "党小组会的次数", measures="场 回", category="group"),
            many("lecture", "党课", "次", "党课 讲党课 上党课", "党课的次数", measures="场 堂 节 课 回", never="三会一课", category="lecture"),
            many("life", "组织生活会", "次", "组织生活会", "组织生活会的次数", measures="场 回", category="life"),
            rated("attendance", "党员到会率", "came", "due", "党员到会率", "实到除以应到"),
            summed("came", "党员到会", "人次", "came", "党员到会", "各次实到党员之和", measures="人"),
            summed("due", "党员应到", "人次", "due", "党员应到", "各次应到党员之和", measures="人"),
        ),
        {"on": "2026-06-15", "title": "学习党章", "kind": "支部党员大会", "host": "支部书记", "due": "32", "came": "30"},
        rhythm="month", citation=BRANCH + "第十六条", inside=True, note="一次会议只计一次",
    ),
    Ready(
        "admissions", "党的建设", "发展党员", "名",
        (
            on("日期"), title("事项", "不写姓名，如“大会接收预备党员”"), choice("stage", "阶段", "category", "applicant 入党申请人, activist 入党积极分子, candidate 发展对象, probationary 接收预备党员, full 转正"),
            number("heads", "人数", "名", required=True), body("body", "党支部"), PAPERS,
        ),
        (
            summed("admitted", "发展党员", "名", "heads", "发展党员 新发展党员 接收预备党员", "接收为预备党员的人数之和", measures="人 位", category="probationary"),
            summed("activists", "入党积极分子", "名", "heads", "入党积极分子 培养入党积极分子", "新确定的入党积极分子人数之和", measures="人 位", category="activist"),
            summed("full", "党员转正", "名", "heads", "党员转正 按期转正 预备党员转正", "转正人数之和", measures="人 位", category="full"),
            many("entries", "发展党员事项", "项", "发展党员事项", "登记的发展党员事项"),
        ),
        {"on": "2026-06-20", "title": "支部大会接收预备党员", "stage": "接收预备党员", "heads": "1"},
        citation=ADMISSION, inside=True, note="只登记阶段和人数，个人材料仍在党务系统和纸质档案里",
    ),
    Ready(
        "joint_matters", "党的建设", "联席会议议定事项", "件",
        (
            on("议定日期"), title("事项"), choice("kind", "共建内容", "carrier", "party 党建联创, thought 思想联做, safety 治安联防, welfare 公益联办, environment 环境联搞, culture 文体联谊"),
            text("unit", "认领单位"), Field("due", "完成期限", "date"), choice("state", "完成情况", "category", "open 在办, done 已完成, stopped 不再办理"), PAPERS,
        ),
        (
            many("entries", "联席会议议定事项", "件", "联席会议议定事项 议定事项 共驻共建项目 共建项目 认领项目", "登记的议定事项，一件只计一次；会议次数在“联席会议”里计", measures="项 个"),
            many("done", "完成共建项目", "件", "完成共建项目 办结议定事项 完成议定事项", "已完成的议定事项，按议定日期计", measures="项 个", category="done"),
            rated("done_rate", "议定事项办结率", "done", "entries", "议定事项办结率 共建项目完成率", "已完成的除以议定的"),
        ),
        {"on": "2026-03-28", "title": "小区公共照明改造", "kind": "公益联办", "unit": "驻区单位", "due": "2026-09-30", "state": "在办"},
        inside=True, rhythm="quarter", about="党建工作联席会议议了什么、谁认领、办完没有；开会本身在“登记活动”里登记",
    ),
    Ready(
        "talks", "党的建设", "谈心谈话", "人次",
        (on(), title("事由", "不写谈话对象姓名"), choice("kind", "种类", "category", "daily 日常谈话, duty 履职提醒, care 关心帮扶, party 组织生活"), text("who", "谈话人"), PAPERS),
        (many("entries", "谈心谈话", "人次", "谈心谈话 谈心交心 提醒谈话", "登记的谈心谈话，和一个人谈一次计一次", measures="次"),),
        {"on": "2026-05-26", "title": "与机关干部谈心", "kind": "日常谈话", "who": "党支部书记"},
        inside=True, citation=BRANCH,
    ),
)  # fmt: skip

READY: Mapping[str, Ready] = {one.key: one for one in ALL}
GROUPS = tuple(dict.fromkeys(one.group for one in ALL))
