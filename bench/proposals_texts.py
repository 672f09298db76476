"""Invented proposals and replies of the usual lengths (a few hundred to fifteen hundred characters) with a wide vocabulary, from one die."""

from random import Random
from typing import NamedTuple

PLACES = tuple(
    a + b
    for a in "青白红清柳桂石龙凤云双金银长大东西南北沙林枫杨梅竹"
    for b in ("石镇", "溪乡", "河街道", "湾社区", "岭村")
)
THINGS = {
    "economy": (
        "中小企业贷款贴息", "工业园区标准厂房", "预制菜产业链", "县域商业网点", "农产品冷链仓储", "电商直播基地", "营商环境评价", "民营企业账款清欠", "首台套装备推广", "跨境电商综合试验区",
        "夜间经济街区", "专精特新企业培育", "茶叶区域公用品牌", "数字化车间改造", "物流园区提质", "招商引资项目落地", "油茶低产林改造", "物业服务市场", "低空经济试点", "乡村民宿集群",
    ),
    "politics": (
        "基层协商议事室", "政务服务一窗受理", "村务公开监督", "行政复议规范化", "社区减负增效", "法律援助下沉", "信访积案化解", "网格员队伍建设", "公共数据开放", "行政执法公示",
        "人民调解员补贴", "政策兑现平台", "村级议事协商目录", "涉企检查扫码登记",
    ),
    "culture": (
        "古民居修缮保护", "县级博物馆免费开放", "非遗工坊", "农家书屋提升", "红色遗址管护", "全民健身步道", "方言资源采集", "乡土教材编写", "文化馆总分馆制", "传统村落数字档案",
        "民间戏曲剧团", "体育场馆低收费开放", "城市书房", "旅游标识标牌", "老字号振兴",
    ),
    "society": (
        "老旧小区加装电梯", "村卫生室药品配备", "社区食堂", "普惠托育", "校园周边停车", "县乡公路养护", "困境儿童关爱", "安宁疗护病房", "医保移动支付", "农村客运班线",
        "失能老人照护", "残疾人辅具适配", "校车安全", "课后服务", "心理健康服务", "住宅专项维修资金", "零工市场", "电动自行车充电设施", "公租房后续管理", "农村自建房安全",
        "儿科诊疗能力", "饮用水水源地", "消防车通道", "农贸市场改造", "公交线网优化", "断头路打通", "家政从业人员培训",
    ),
    "ecology": (
        "小微水体整治", "餐厨垃圾处理", "秸秆综合利用", "矿山生态修复", "湿地公园管护", "农村生活污水治理", "建筑垃圾消纳", "河道采砂监管", "古树名木保护", "大气臭氧污染防治",
        "废旧电池回收", "松材线虫病防控", "塑料污染治理", "海绵城市建设", "油烟噪声扰民", "畜禽粪污资源化",
    ),
}  # fmt: skip
ACTS = ("加强", "推进", "规范", "优化", "完善", "加快", "支持", "统筹", "深化", "改进")
TAILS = ("管理", "建设", "服务", "保障", "监管", "机制", "工作", "布局")
OFFICES = ("主管部门", "发展改革部门", "财政部门", "自然资源部门", "住建部门", "农业农村部门", "教育部门", "卫生健康部门", "交通运输部门", "市场监管部门", "属地乡镇（街道）", "行业协会")  # fmt: skip
SITUATION = (
    "近年来，{place}等地围绕{thing}做了不少工作，群众的获得感有所增强，但与实际需求相比仍有差距。",
    "调研走访{n}个村（社区）、{m}家企业后了解到，{thing}的覆盖面还只有{p}%左右。",
    "据有关统计，去年全年涉及{thing}的群众来信来电共{n}{m}件，比上年增加{p}%。",
    "以{place}为例，现有设施建于{year}年，设计标准偏低，多处已经老化破损。",
    "座谈中，基层同志普遍反映{thing}点多、线长、面广，一线人员平均每人要负责{m}个点位。",
    "部分群众反映，办理{thing}相关手续平均要跑{k}趟，等候时间超过{m}天。",
    "{place}先行先试，探索出了一套可以借鉴的做法，但尚未在更大范围推开。",
    "目前{thing}涉及{k}个部门，数据分散在{k}套系统里，彼此不通。",
    "今年上半年，{place}又发生{k}起与{thing}有关的纠纷，引起周边居民的关注。",
    "{office}曾于{year}年出台过实施办法，执行中暴露出标准不一、衔接不够的情况。",
)
ANALYSIS = (
    "认识不够到位。有的单位把{thing}当作阶段性任务，缺少长远安排。",
    "职责边界不清。{office}与{other}之间存在交叉，遇到难点容易相互等待。",
    "投入渠道单一。每年安排的经费约{n}万元，仅能维持日常运转，缺口在{p}%以上。",
    "专业人员不足。全县从事{thing}的专职人员仅{m}名，持证率不到{p}%。",
    "考核导向不强，重建设轻管护，项目建成后的运行维护没有纳入评价。",
    "此外，信息化手段运用不足，台账仍以手工登记为主，难以及时发现问题。",
    "究其原因，既有历史欠账较多的客观因素，也有统筹协调不够的主观因素。",
    "与邻近县市相比，我们在{thing}方面起步较晚，政策配套还不完善。",
)
ADVICE = (
    "加强统筹。建议由{office}牵头，会同{other}建立联席会议制度，每季度会商一次{thing}的推进情况。",
    "编制规划。把{thing}纳入“十五五”专项规划，明确到{year}年的目标任务、路线图和责任清单。",
    "保障投入。设立专项资金，每年不少于{n}万元，并向{place}等薄弱地区倾斜。",
    "建强队伍。通过定向招录、购买服务等方式充实力量，每年轮训不少于{m}人次。",
    "打通数据。依托政务云建设统一平台，实现{thing}“一张图”管理。",
    "示范带动。在{place}选取{k}个点开展试点，总结经验后全面推广。",
    "严格监督。将{thing}列入年度考核，办理情况向社会公开，接受群众评议。",
    "广泛宣传。用好新媒体和村村响广播，让群众知晓政策、参与其中。",
)
ANSWERS = (
    "您提出的关于{thing}的提案收悉。我单位高度重视，组织专题研究，并于近日与您当面沟通。现答复如下：",
    "基本情况。截至目前，全县已建成{n}处，覆盖{p}%的村（社区），其中{place}完成{m}处。",
    "采取的措施。一是会同{other}印发实施方案；二是安排专项资金{n}万元；三是在{place}开展试点。",
    "存在的困难。受要素保障制约，{thing}仍有{k}个点位未能按期完成，需要进一步协调。",
    "下一步打算。{year}年底前完成剩余任务，健全长效管护机制，按季向您通报进展。",
    "关于您建议的打通数据一事，我们已与{other}对接，接口开发正在进行，预计{k}个月内上线。",
    "关于队伍建设，今年已举办培训{k}期，培训{m}人次，明年将继续扩大覆盖面。",
    "感谢您对{thing}的关心和支持，欢迎继续提出宝贵意见。",
)


class Written(NamedTuple):
    """The text of one proposal, and what its replies are about."""

    title: str
    situation: str
    analysis: str
    advice: str
    thing: str


def proposal(dice: Random, category: str) -> Written:
    thing, place = dice.choice(THINGS[category]), dice.choice(PLACES)
    title = f"关于{dice.choice(ACTS)}{place}{thing}{dice.choice(TAILS)}的提案"
    return Written(
        title, _some(dice, SITUATION, (4, 9), thing), _some(dice, ANALYSIS, (4, 8), thing, "%s是"), _some(dice, ADVICE, (4, 8), thing, "%s、"), thing
    )  # fmt: skip


def reply(dice: Random, thing: str) -> str:
    return _some(dice, ANSWERS, (4, 8), thing, "%s、")


def _some(dice: Random, sentences: tuple[str, ...], how_many: tuple[int, int], thing: str, ordinal: str = "") -> str:
    """So many of the sentences in their order, filled and numbered."""
    chosen = sorted(dice.sample(range(len(sentences)), dice.randint(*how_many)))
    slots = {
        "thing": thing, "place": dice.choice(PLACES), "office": dice.choice(OFFICES), "other": dice.choice(OFFICES), "n": dice.randint(12, 980), "m": dice.randint(3, 96),
        "k": dice.randint(2, 9), "p": dice.randint(8, 92), "year": dice.randint(1998, 2030),
    }  # fmt: skip
    numbers = [ordinal % figure for figure in "一二三四五六七八"] if ordinal else [""] * len(sentences)
    return "\n".join(number + sentences[n].format_map(slots) for number, n in zip(numbers, chosen, strict=False))
