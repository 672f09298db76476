"""服务为民: what was given, done and brought in for others."""

from .writing import (
    NEEDY,
    PAPERS,
    PER_MEMBER,
    PLACE,
    Ready,
    body,
    choice,
    each,
    many,
    money,
    number,
    on,
    people,
    persons,
    rated,
    summed,
    text,
    title,
)

UNNAMED = "困难群众不写姓名、不传面部照片"

SERVICE = (
    Ready(
        "donations", "服务为民", "捐款捐物与帮扶", "次",
        (
            on(), title("事由"), choice("purpose", "用途", "carrier", "poverty 扶危济困, school 捐资助学, disaster 抗灾防疫, care 慰问孤老病残, village 乡村振兴, other 其他"),
            money("money", "捐款", fact="amount", category="money", help="单位：元"), money("goods_value", "捐物折款", fact="amount", category="goods", help="单位：元"),
            text("goods", "捐物说明"), text("receivers", "对象（不写姓名）", "写户数、类别或单位，如“困难户 12 户”"), number("households", "帮扶户数", "户"), NEEDY,
            people("givers", "捐赠委员"), body("body", "组织机构"), PAPERS,
        ),
        (
            summed("households", "帮扶困难群众", "户", "households", "帮扶困难群众 帮扶困难户 慰问困难户 帮扶户数 困难户", "各次登记的帮扶户数之和，同一户可重复", measures="家"),
            summed("school", "捐资助学", "元", "money", "捐资助学 助学金", "用途为捐资助学的捐款之和，以元计", measures="万元", carrier="school"),
            persons("givers", "捐赠委员", "捐款委员 捐赠委员 参与捐赠的委员", "至少捐赠过一次的人，同一人只计一个"),
        ),
        {"on": "2026-05-30", "title": "为镇中心小学捐赠图书", "purpose": "捐资助学", "money": "5000", "goods_value": "1200.50", "goods": "图书 80 册", "receivers": "镇中心小学", "households": ""},
        about="登记活动时已填的捐款捐物会自动计入，不要在这里重复登记", note="活动中的捐赠和这本登记簿各计一次，合计为“捐赠”“捐款捐物”；困难群众的姓名只填在不外露的一项里，面部照片不传", citation="《中华人民共和国慈善法》",
        kind_prefix="gifts", by_members=True,
    ),
    Ready(
        "good_deeds", "服务为民", "为民办实事", "件",
        (
            on(), title("实事"), choice("kind", "种类", "category", "livelihood 民生, jobs 就业, road 基础设施, health 医疗健康, school 教育, law 法律服务, other 其他"), text("receivers", "受益对象（不写姓名）", UNNAMED),
            number("people", "受益群众", "人次"), people("doers", "承办委员"), body(), PAPERS,
        ),
        (
            many("entries", "为民办实事", "件", "为民办实事 为群众办实事 办好事实事 办实事 好事实事 民生实事", "登记的实事，一件只计一次", measures="项 个"),
            summed("people", "受益群众", "人次", "people", "受益群众 惠及群众 服务群众", "各件实事登记的受益人次之和，同一人可重复", measures="人"),
        ),
        {"on": "2026-05-08", "title": "协调安装村口路灯 12 盏", "kind": "基础设施", "receivers": "桂花村村民", "people": "300"},
        note="为群众办的实事，一件只计一次", by_members=True,
    ),
    Ready(
        "visits", "服务为民", "走访座谈", "次",
        (
            on(), title("事由"), choice("kind", "方式", "category", "visit 走访, talk 座谈, both 走访并座谈"), number("companies", "走访企业", "家"), number("members", "走访委员", "人次"),
            number("parties", "走访民主党派", "个"), number("federation", "走访工商联", "次"), number("groups", "走访人民团体", "个"), number("units", "走访基层单位", "个"),
            number("stratum", "走访新阶层人士", "人次"), number("outside", "走访党外人士", "人次"), number("households", "走访群众", "户"), number("needy_households", "其中困难群众", "户"),
            number("came", "座谈参加", "人次"), number("asks", "听取意见建议", "条"), PLACE, people("leaders", "带队和参加委员"), body(), NEEDY, PAPERS,
        ),
        (
            many("entries", "走访座谈", "次", "走访座谈 走访座谈活动", "登记的走访座谈，出去一趟只计一次", measures="场 回"),
            summed("companies", "走访企业", "家", "companies", "走访企业 走访民营企业 走访委员企业 调研走访企业", "各次走访的企业数之和，同一家可重复", measures="户 个"),
            summed("members", "走访委员人次", "人次", "members", "走访委员", "各次走访的委员之和，同一人可重复", measures="名 位 人"),
            summed("parties", "走访民主党派", "个", "parties", "走访民主党派 走访各民主党派 走访党派", "各次走访的民主党派之和，同一党派可重复", measures="家"),
            summed("federation", "走访工商联", "次", "federation", "走访工商联 走访工商联及商会", "走访工商联和商会的次数", measures="家"),
            summed("groups", "走访人民团体", "个", "groups", "走访人民团体 走访党派团体 走访群团组织", "各次走访的人民团体之和，同一团体可重复", measures="家"),
            summed("units", "走访基层单位", "个", "units", "走访基层单位 走访单位", "各次走访的基层单位之和，同一单位可重复", measures="家"),
            summed("stratum", "走访新阶层人士", "人次", "stratum", "走访新阶层人士 新阶层人士座谈 走访新的社会阶层人士 联系新阶层人士", "各次走访、座谈的新阶层人士之和，同一人可重复", measures="名 位 人"),
            summed("outside", "走访党外人士", "人次", "outside", "走访党外人士 联系党外人士 走访党外委员", "各次走访的党外人士之和，同一人可重复", measures="名 位 人"),
            summed("households", "走访群众", "户", "households", "走访群众 入户走访 走访农户", "各次走访的户数之和，含困难群众，同一户可重复", measures="家"),
            summed("needy", "走访困难群众", "户", "needy_households", "走访困难群众 走访慰问困难群众 走访慰问困难户 走访困难户 走访慰问群众", "各次走访的困难群众户数之和，同一户可重复", measures="家"),
            summed("came", "座谈参加人次", "人次", "came", "座谈参加 参加座谈", "各次座谈的参加人次之和，同一人可重复", measures="人 名"),
        ),
        {"on": "2026-03-18", "title": "走访委员企业", "kind": "走访并座谈", "companies": "3", "members": "4", "came": "16", "asks": "5", "place": "青石镇工业园"},
        note="出去一趟登记一条；同时登记为活动的，活动次数在“走访”里计，走访了谁、多少，在这里计", rhythm="month",
    ),
    Ready(
        "volunteering", "服务为民", "志愿服务", "次",
        (on(), title("服务内容"), choice("kind", "种类", "category", "care 关爱帮扶, clean 环境整治, law 政策法律, health 义诊, safety 秩序安全, other 其他", required=False), number("heads", "参加", "人次"), number("hours", "服务时长", "小时"), PLACE, people("members", "参加委员"), body("body", "组织机构"), PAPERS),
        (
            many("entries", "志愿服务", "次", "志愿服务 志愿者服务", "登记的志愿服务，一次只计一次；已在“登记活动”里登记的，活动次数在那里计", measures="场 回"),
            summed("heads", "参加志愿服务", "人次", "heads", "参加志愿服务 志愿者参加", "各次参加人次之和，同一人可重复", measures="人"),
            summed("hours", "志愿服务时长", "小时", "hours", "志愿服务时长 志愿服务时数", "各次服务时长之和，参加的人合在一起算", measures="时"),
            persons("members", "参加志愿服务的委员", "参加志愿服务的委员", "至少参加过一次志愿服务的委员，同一人只计一个"),
        ),
        {"on": "2026-03-05", "title": "学雷锋义诊", "kind": "义诊", "heads": "18", "hours": "54", "place": "青石镇卫生院"},
        by_members=True, note="登记的志愿服务，一次只计一次",
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
            summed("capital", "引进资金", "元", "capital", "引进资金 招商引资额 协议资金 引资 招商引资", "进展为签约或落地的意向投资额之和，以元计", measures="万元 亿元", category="signed landed"),
            each("each", "人均招商信息", "条", "entries", "人均招商信息 每名委员招商信息", "招商信息除以统计截止日在任委员", measures="个"),
        ),
        {"on": "2026-04-20", "title": "茶叶深加工项目", "stage": "对接洽谈", "capital": "300万元", "origin": "外省"},
        note="提供的招商信息，一条只计一次", by_members=True,
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
)  # fmt: skip
