"""自身建设: rules, examples, honours and the members' homes."""

from ..fields import Field, Measure
from .writing import PAPERS, PLACE, UNTIL, Ready, body, choice, long, many, on, people, persons, text, title

UPKEEP = (
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
            many("entries", "典型案例", "个", "典型案例 典型经验 先进典型 优秀案例 履职案例 经验做法", "总结的典型案例，一个只计一次", measures="篇 项 例 条"),
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
        "commendations", "自身建设", "经验做法推介", "项",
        (
            on("推介日期"), title("经验做法"), choice("level", "层级", "category", "county 县级, city 市级, province 省级以上"),
            choice("way", "方式", "carrier", "instructed 领导批示肯定, meeting 会议交流, document 文件推广, media 媒体推介, other 其他", required=False), text("giver", "推介单位"), people("members", "涉及委员"), body(), PAPERS,
        ),
        (
            many("entries", "经验做法推介", "项", "经验做法推介 推广经验 经验推广 交流经验 经验交流 做法得到肯定", "得到肯定、交流或推广的经验做法，一项一级只计一次", measures="条 次 个"),
            many("above", "市级以上推介经验", "项", "市级以上推介 省市推广经验", "得到市级以上肯定、交流或推广的", measures="条 次 个", category="city province"),
        ),
        {"on": "2026-05-28", "title": "委员联系群众“三张清单”", "level": "市级", "way": "会议交流", "giver": "市政协"},
    ),
    Ready(
        "member_homes", "自身建设", "委员之家", "个",
        (
            on("设立日期"), title("名称"), choice("kind", "种类", "category", "home 委员之家, studio 委员工作室, station 委员联络站, point 委员联络点"), PLACE, people("keepers", "负责委员"), body("body", "所属机构"), UNTIL, PAPERS,
        ),
        (
            Measure("standing", "委员之家", "个", "stock", where={"category": ("home",)}, measures=("家", "处"), words=("委员之家", "“委员之家”"), never=("新建", "新增"), note="统计截止日还在的委员之家：设立的减去撤销的"),
            Measure("studios", "委员工作室", "个", "stock", where={"category": ("studio",)}, measures=("家", "处", "间"), words=("委员工作室",), never=("新建", "新增"), note="统计截止日还在的委员工作室"),
            Measure("stations", "委员联络站", "个", "stock", where={"category": ("station",)}, measures=("家", "处"), words=("委员联络站",), never=("新建", "新增"), note="统计截止日还在的委员联络站"),
            Measure("points", "委员联络点", "个", "stock", where={"category": ("point",)}, measures=("处",), words=("委员联络点", "联络点"), never=("新建", "新增"), note="统计截止日还在的委员联络点"),
            many("entries", "新建履职阵地", "个", "新建委员之家 新增委员之家 新建委员工作室 新建履职阵地", "当期设立的委员之家、工作室、联络站、联络点", measures="家 处"),
        ),
        {"on": "2026-03-01", "title": "青石镇委员之家", "kind": "委员之家", "place": "青石镇文化站"},
        note="设立一个登记一条；撤销的在那一条上点“撤销”，存量自动减去",
    ),
    Ready(
        "postings", "自身建设", "选派干部", "名",
        (
            on("选派日期"), title("岗位或去处"), text("who", "干部姓名"), choice("kind", "种类", "category", "village 驻村帮扶, secondment 挂职锻炼, task 专项工作, training 跟班学习"), PLACE, body(name="派出机构"),
            Field("until", "期满或召回日期", "date", role="until"), PAPERS,
        ),
        (
            Measure("standing", "在岗选派干部", "名", "stock", measures=("人", "位"), words=("在岗选派干部", "现有选派干部", "在外选派干部"), note="统计截止日还在岗的：选派的减去期满和召回的"),
            many("entries", "选派干部", "名", "选派干部 下派干部 选派机关干部 选派工作人员 下派工作人员", "当期选派的干部，一人一次计一名", measures="人 位"),
            many("village", "驻村干部", "名", "驻村干部 选派驻村干部 下派驻村干部", "当期选派驻村帮扶的干部", measures="人 位", category="village"),
        ),
        {"on": "2026-03-10", "title": "大坪村驻村工作队", "kind": "驻村帮扶", "place": "大坪村"},
        note="一名干部登记一条；期满的在那一条上点“撤销”",
    ),
)  # fmt: skip
