"""建言资政: proposals, opinions, papers, and what became of them."""

from .writing import (
    PAPERS,
    PER_MEMBER,
    Ready,
    body,
    choice,
    day,
    each,
    happened,
    many,
    number,
    on,
    people,
    persons,
    rated,
    summed,
    text,
    title,
)

FILED = "照审查的日期计；没有填日期的，按提交日期计"
BRIDGE = "专门的系统启用以前，先在这里登记、统计；启用以后按切换日停收，数接着用"

ADVICE = (
    Ready(
        "proposals", "建言资政", "提案", "件",
        (
            on("提交日期"), title("案由"), text("number", "编号"), people("proposers", "提案者", "联名的都选上"),
            choice("session", "大会或平时", "carrier", "session 大会提案, interim 平时提案", required=False),
            choice("disposition", "审查结论", "category", "filed 立案, to_info 转社情民意信息, explained 作解释, withdrawn 撤案", required=False), day("decided_on", "审查日期", by="category"),
            day("key_on", "列为重点提案的日期", fact="key"), body("handler", "承办单位"),
            choice("outcome", "办理结果", "outlet", "solved 已解决或基本解决, planned 列入计划逐步解决, reference 留作参考", required=False), day("replied_on", "办复日期", "承办单位答复提案者的那一天", by="outlet", fact="replied"), PAPERS,
        ),
        (
            many("submitted", "提交提案", "件", "提交提案 征集提案 收到提案 撰写提案 提出提案 提案", "登记的提案，一件只计一次，不论立案与否", measures="篇 份",
                 never=("立案", "重点提案", "督办", "办复", "答复", "办理", "并案", "协商", "解决", "列入", *PER_MEMBER)),
            happened("filed", "立案提案", "件", "审查立案 立案提案 予以立案 立案", "审查结论为立案的提案，" + FILED, measures="篇", never="不予立案 立案率"),
            happened("to_info", "转社情民意信息的提案", "件", "作为社情民意信息处理 转社情民意信息", "审查结论为转社情民意信息的提案，" + FILED, measures="篇"),
            happened("explained", "作解释的提案", "件", "作为解释 作解释", "审查结论为作解释的提案，" + FILED, measures="篇"),
            happened("key", "重点提案", "件", "重点提案 政协重点提案 确定重点提案 遴选重点提案 重点督办提案", "列为重点的提案，按列为重点的日期计", measures="篇"),
            happened("replied", "办复提案", "件", "办复提案 答复提案 办复 办理答复", "承办单位已经答复的提案，按办复日期计；没有填日期的，按提交日期计", measures="篇", never="办复率"),
            happened("solved", "已解决提案", "件", "已解决或基本解决 已基本解决 已经解决 基本解决", "办理结果为已解决或基本解决的提案，按办复日期计", fact="replied", outlet="solved"),
            happened("planned", "列入计划提案", "件", "列入规划或部门工作计划 列入计划逐步解决 列入规划 列入计划", "办理结果为列入计划逐步解决的提案，按办复日期计", fact="replied", outlet="planned"),
            rated("filing_rate", "立案率", "filed", "submitted", "立案率 提案立案率", "统计期内立案的除以统计期内提交的"),
            rated("reply_rate", "提案办复率", "replied", "filed", "提案办复率 办复率", "统计期内办复的除以统计期内立案的"),
            rated("solved_rate", "提案解决率", "solved", "filed", "提案解决率 解决率", "统计期内已解决或基本解决的除以统计期内立案的"),
            persons("proposers", "参与提案委员", "参与提案委员 提交提案的委员", "至少提交或联名过一件提案的人，同一人只计一个"),
            each("each", "人均提案", "件", "submitted", "人均提案 每名委员提案 提案人均 撰写提案人均", "提交提案除以统计截止日在任委员", measures="篇"),
        ),
        {"on": "2026-03-05", "title": "关于改善集镇停车秩序的建议", "number": "第 12 号", "session": "大会提案", "disposition": "立案", "decided_on": "2026-03-20"},
        about=BRIDGE, note="登记的提案，一件只计一次", citation="《中国人民政治协商会议全国委员会提案工作条例》", kind_prefix="proposals",
    ),
    Ready(
        "opinions", "建言资政", "社情民意信息", "条",
        (
            on("报送日期"), title("标题"), people("reporters", "反映人"), choice("topic", "分类", "carrier", "economy 经济, town 城建, culture 科教文卫体, social 社会民生, united 统战外事, other 其他", required=False),
            choice("adopted", "最高采用层级", "outlet", "none 未采用, county 县级采用, city 市级采用, province 省级采用, nation 全国采用", required=False), day("adopted_on", "采用日期", by="outlet", fact="adopted"),
            day("instructed_on", "领导批示日期", fact="instructed"), text("issue", "期号"), PAPERS,
        ),
        (
            many("submitted", "社情民意信息", "条", "社情民意信息 反映社情民意信息 报送社情民意信息 编报社情民意信息 收集社情民意信息 撰写社情民意信息 反映社情民意 社情民意 民意信息", "登记的社情民意信息，一条只计一次", measures="篇 件 份", never=("处理", "采用", "批示", *PER_MEMBER)),
            happened("adopted", "采用社情民意信息", "条", "采用社情民意信息 社情民意信息被采用 社情民意信息采用 信息被采用 被采用 采用", "被县级以上任一层级采用的信息，按采用日期计，一条只计一次；没有填日期的，按报送日期计", measures="篇 件"),
            happened("adopted_above", "上级采用社情民意信息", "条", "上级采用 省级以上采用 市级以上采用", "被市级以上采用的信息，按最高一级计", measures="篇 件", fact="adopted", outlet="city province nation"),
            happened("instructed", "社情民意信息批示", "条", "社情民意信息批示 信息获批示", "得到领导批示的信息，按批示日期计", measures="篇 件"),
            rated("adoption_rate", "社情民意信息采用率", "adopted", "submitted", "信息采用率 采用率", "统计期内被采用的除以统计期内报送的"),
            persons("reporters", "反映社情民意的委员", "反映社情民意的委员 报送信息的委员", "至少反映过一条信息的人，同一人只计一个"),
            each("each", "人均社情民意信息", "条", "submitted", "人均社情民意信息 每名委员社情民意信息 社情民意信息人均", "社情民意信息除以统计截止日在任委员", measures="篇 件"),
        ),
        {"on": "2026-03-12", "title": "关于农村快递进村最后一公里的反映", "adopted": "县级采用", "adopted_on": "2026-04-02", "topic": "社会民生"},
        rhythm="month", about=BRIDGE, note="报送的社情民意信息，一条只计一次", citation="《政协全国委员会关于加强和改进反映社情民意信息工作的意见》", kind_prefix="opinions",
    ),
    Ready(
        "reports", "建言资政", "调研报告", "篇",
        (
            on("完成日期"), title("题目"), choice("kind", "种类", "category", "research 调研报告, inspection 视察报告, review 评议报告"), body(), people("writers", "执笔委员"),
            choice("result", "转化情况", "outlet", "none 尚无, instructed 领导批示, adopted 部门采纳, document 转化为文件", required=False), day("used_on", "转化日期", by="outlet", fact="used"), PAPERS,
        ),
        (
            many("completed", "调研报告", "篇", "调研报告 高质量调研报告 调研文章 调查报告 调研成果报告 调研成果", "完成的调研、视察、评议报告，一篇只计一次", measures="份 个", never=PER_MEMBER),
            happened("used", "调研成果转化", "篇", "调研成果转化 成果转化 转化成果", "得到批示、采纳或转化为文件的报告，按转化日期计；没有填日期的，按完成日期计", measures="项 个 份"),
        ),
        {"on": "2026-05-20", "title": "乡村道路建设与管护情况调研报告", "kind": "调研报告", "result": "尚无"},
        about=BRIDGE, note="完成的报告，一篇只计一次", kind_prefix="research",
    ),
    Ready(
        "speeches", "建言资政", "交流发言材料", "篇",
        (
            on("会议日期"), title("题目"), choice("occasion", "会议", "category", "plenary 全体会议, standing 常委会会议, chair 主席会议, consultation 专题协商会, other 其他"),
            choice("way", "发言方式", "carrier", "spoken 口头, written 书面", required=False), people("speakers", "发言人"), body("body", "提供单位"), PAPERS,
        ),
        (
            many("submitted", "交流发言材料", "篇", "交流发言材料 发言材料 会议发言材料", "登记的发言材料，一篇只计一次", measures="份"),
            many("plenary", "大会发言材料", "篇", "大会发言材料 大会发言", "全体会议上的发言材料", measures="份 次 人次", category="plenary"),
            many("spoken", "口头发言", "次", "口头发言", "口头发言的次数", measures="人次", carrier="spoken"),
            persons("speakers", "发言委员", "发言委员 作大会发言的委员", "至少发言过一次的人，同一人只计一个"),
        ),
        {"on": "2026-06-10", "title": "以特色农业带动乡村振兴", "occasion": "常委会会议", "way": "书面"},
        about=BRIDGE, kind_prefix="speeches",
    ),
    Ready(
        "special_reports", "建言资政", "政协专报", "篇",
        (
            on("报送日期"), title("题目"), text("issue", "期号"), choice("to", "报送对象", "outlet", "county 县（区）委县（区）政府, city 市政协, province 省政协, other 其他"),
            number("instructions", "领导批示", "次", help="有几位领导批示就填几"), PAPERS,
        ),
        (
            many("sent", "政协专报", "篇", "政协专报 协商专报 报送政协专报 上报政协专报 报送协商专报 上报专报 专报", "报送的专报，一篇只计一次", measures="期 份 件"),
            summed("instructions", "领导批示", "次", "instructions", "领导批示 作出批示 批示", "专报得到的领导批示次数之和", measures="件 条 份 篇", never="社情民意"),
        ),
        {"on": "2026-06-18", "title": "关于优化营商环境的协商意见", "issue": "第 3 期", "to": "县（区）委县（区）政府", "instructions": "1"},
        about=BRIDGE, kind_prefix="special_reports",
    ),
    Ready(
        "suggestions", "建言资政", "意见建议办理", "条",
        (on("征集日期"), title("内容摘要"), choice("source", "来源", "carrier", "visit 走访座谈, survey 问卷, meeting 会议, hotline 来信来电, other 其他"), text("from", "提出人或单位"), body("body", "征集机构"), PAPERS),
        (
            many("entries", "征集意见建议", "条", "征集到的建议 征求意见建议 征集意见建议 收集意见建议 意见建议", "登记的意见建议，一条只计一次", measures="个 件", never="提出"),
            happened("solved", "解决意见建议", "条", "解决意见建议 协调解决", "已解决的意见建议，按解决的日期计", measures="个 件"),
            rated("solved_rate", "意见建议解决率", "settled", "entries", "意见建议解决率 建议解决率 意见建议办结率", "统计期内征集的里面，已解决的占多少"),
        ),
        {"on": "2026-04-02", "title": "厂区职工住宿困难", "source": "走访座谈", "from": "白沙工业园"},
        about="征集到的意见建议，谁办、何时办结、怎样反馈", follow=True,
    ),
    Ready(
        "problems", "建言资政", "发现的突出问题", "个",
        (on("发现日期"), title("问题"), choice("source", "怎样发现的", "carrier", "inspection 视察, research 调研, supervision 监督, visit 走访, other 其他", required=False), body("body", "发现机构"), PAPERS),
        (
            many("entries", "发现问题", "个", "突出问题 发现问题 查找问题 指出问题", "登记的问题，一个只计一次", measures="条 项 处", never="解决 整改"),
            happened("solved", "解决问题", "个", "解决问题 整改问题 解决突出问题", "已解决的问题，按解决的日期计", measures="条 项 处"),
            rated("solved_rate", "问题解决率", "settled", "entries", "问题解决率 整改率 问题办结率", "统计期内发现的里面，已解决的占多少"),
        ),
        {"on": "2026-04-16", "title": "集镇垃圾清运不及时", "source": "视察"},
        about="发现的问题，谁整改、何时办结、解决没有", follow=True,
    ),
)  # fmt: skip
