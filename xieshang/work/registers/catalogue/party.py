"""党的建设: the community's branch. For the unit itself only (`inside`)."""

from ..fields import Measure
from .writing import PAPERS, UNTIL, Ready, body, choice, happened, long, many, number, on, rated, summed, text, title

BRANCH = "《中国共产党支部工作条例（试行）》"
ADMISSION = "《中国共产党发展党员工作细则》"

PARTY = (
    Ready(
        "branch_meetings", "党的建设", "三会一课", "次",
        (
            on(), title("主题"), choice("kind", "种类", "category", "assembly 支部党员大会, committee 支委会, group 党小组会, lecture 党课, life 组织生活会"), text("host", "主持人"), number("due", "应到党员", "人次"),
            number("came", "实到党员", "人次"), body("body", "党支部"), long("minutes", "议题和决议"), PAPERS,
        ),
        (
            many("entries", "三会一课", "次", "三会一课 “三会一课”", "支部党员大会、支委会、党小组会和党课，一次只计一次", measures="场 回", category="assembly committee group lecture"),
            many("assembly", "支部党员大会", "次", "支部党员大会 党员大会", "支部党员大会的次数", measures="场 回", category="assembly"),
            many("committee", "支委会", "次", "支委会 支部委员会会议 支部委员会", "支委会的次数", measures="场 回", category="committee"),
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
        (on("议定日期"), title("事项"), choice("kind", "共建内容", "carrier", "party 党建联创, thought 思想联做, safety 治安联防, welfare 公益联办, environment 环境联搞, culture 文体联谊"), PAPERS),
        (
            many("entries", "联席会议议定事项", "件", "联席会议议定事项 议定事项 共驻共建项目 共建项目 认领项目", "登记的议定事项，一件只计一次；会议次数在“联席会议”里计", measures="项 个"),
            happened("solved", "完成共建项目", "件", "完成共建项目 办结议定事项 完成议定事项", "已办结的议定事项，按办结的日期计", measures="项 个"),
            rated("solved_rate", "议定事项办结率", "settled", "entries", "议定事项办结率 共建项目完成率", "统计期内议定的里面，已办结的占多少"),
        ),
        {"on": "2026-03-28", "title": "小区公共照明改造", "kind": "公益联办"},
        inside=True, rhythm="quarter", about="党建工作联席会议议了什么、谁认领、办完没有；开会本身在“登记活动”里登记", follow=True,
    ),
    Ready(
        "branches", "党的建设", "党支部设置", "个",
        (on("成立日期"), title("党支部名称"), choice("kind", "种类", "category", "committee 专委会党支部, office 机关党支部, group 界别或小组党支部, community 社区党支部"), body(name="所在机构"), number("heads", "党员", "名"), text("secretary", "书记"), UNTIL, PAPERS),
        (
            Measure("standing", "党支部", "个", "stock", words=("党支部", "现有党支部"), never=("新建", "新成立", "机关党支部", "学习"), note="统计截止日还在的党支部：成立的减去撤销的"),
            Measure("committees", "专委会党支部", "个", "stock", where={"category": ("committee",)}, words=("专门委员会成立党支部", "专委会党支部", "专门委员会党支部", "专委会成立党支部"), note="统计截止日还在的专委会党支部"),
            many("entries", "新成立党支部", "个", "新成立党支部 新建党支部", "当期成立的党支部"),
        ),
        {"on": "2026-03-01", "title": "提案委员会党支部", "kind": "专委会党支部", "heads": "7"},
        inside=True, citation=BRANCH,
    ),
    Ready(
        "talks", "党的建设", "谈心谈话", "人次",
        (on(), title("事由", "不写谈话对象姓名"), choice("kind", "种类", "category", "daily 日常谈话, duty 履职提醒, care 关心帮扶, party 组织生活"), text("who", "谈话人"), PAPERS),
        (many("entries", "谈心谈话", "人次", "谈心谈话 谈心交心 提醒谈话 谈心", "登记的谈心谈话，和一个人谈一次计一次", measures="次"),),
        {"on": "2026-05-26", "title": "与机关干部谈心", "kind": "日常谈话", "who": "党支部书记"},
        inside=True, citation=BRANCH,
    ),
)  # fmt: skip
