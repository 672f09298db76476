"""学习宣传: learning, media, culture and history."""

from .writing import PAPERS, PLACE, Ready, body, choice, many, number, on, people, summed, text, title

CHARTER = "《中国人民政治协商会议章程》"

STUDY = (
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
        "studies", "学习宣传", "分层学习", "次",
        (
            on(), title("学习内容"), choice("level", "层级", "category", "centre 党组理论学习中心组, chair 主席会议, standing 常委会, team 委员小组, office 机关, branch 机关党支部"), text("speaker", "领学或主讲"),
            number("heads", "参加", "人次"), body("body", "组织机构"), PLACE, PAPERS,
        ),
        (
            many("entries", "分层学习", "次", "分层学习 各层级学习 理论学习", "登记的各层级学习，一次只计一次；讲堂在“政协讲堂”里计", measures="场 期 回", never="中心组 学习资料"),
            many("centre", "中心组学习", "次", "理论学习中心组学习 党组理论学习中心组学习 党组中心组学习 中心组学习 中心组集中学习", "党组理论学习中心组学习的次数", measures="场 期 回", category="centre"),
            many("chair", "主席会议学习", "次", "主席会议集体学习 主席会议学习", "主席会议集体学习的次数", measures="场 期 回", category="chair"),
            many("standing", "常委会学习", "次", "常委会专题学习 政协常委会专题学习 常委会集体学习 常委会会议集体学习 常委会学习", "常委会专题学习的次数", measures="场 期 回", category="standing"),
            many("team", "委员小组学习", "次", "委员小组学习 小组学习 委员小组系统学习", "委员小组学习的次数", measures="场 期 回", category="team"),
            many("office", "机关学习", "次", "机关集中学习 机关学习 机关干部学习", "机关和机关党支部学习的次数", measures="场 期 回", category="office branch"),
            summed("heads", "学习参加", "人次", "heads", "学习参加 参加学习", "各次学习的参加人次之和，同一人可重复", measures="人"),
        ),
        {"on": "2026-04-15", "title": "学习全会精神", "level": "主席会议", "heads": "11", "place": "县政协三楼会议室"},
        about="中心组、主席会议、常委会、小组、机关的学习分开计；已在“登记活动”里登记的学习，活动次数在那里计，这里只为分层", note="登记的各层级学习，一次只计一次",
    ),
    Ready(
        "handouts", "学习宣传", "编印资料", "种",
        (on("印发日期"), title("资料名称"), choice("kind", "种类", "category", "handbook 手册, leaflet 折页传单, collection 汇编, board 展板, other 其他"), number("copies", "印发", "份"), body("body", "编印机构"), PAPERS),
        (
            many("entries", "编印资料", "种", "编印资料 印发资料 编印宣传资料 编印手册 编印专辑 专辑", "编印的资料，一种只计一次，不按份数", measures="本 套 部 期", never="学习资料"),
            summed("copies", "印发资料", "份", "copies", "印发宣传资料 发放宣传资料 发放宣传单", "各种资料印发的份数之和", measures="册 张"),
        ),
        {"on": "2026-03-20", "title": "委员履职手册", "kind": "手册", "copies": "200"},
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
            many("entries", "委员培训班", "期", "委员培训班 履职培训班 专题培训班 举办培训班 履职能力培训班 履职能力提升班 提案培训班", "举办的培训班，一期只计一次", measures="班"),
            many("new", "新任委员培训班", "期", "新任委员培训班 新委员培训班 新委员培训", "面向新任委员的培训班", measures="次 班", category="new"),
            summed("heads", "培训人次", "人次", "heads", "培训委员 参训委员 培训人次 培训干部", "各期参训人次之和，同一人可重复", measures="名 人 位"),
        ),
        {"on": "2026-03-10", "title": "新任委员履职培训班", "kind": "新任委员", "days": "2", "heads": "45", "place": "县委党校"},
    ),
)  # fmt: skip
