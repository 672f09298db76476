"""What a careful reader would say of a proposal before it is sent: each with the words that made him think so. He may be wrong; he never decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACE = re.compile(r"\s+")
STOP = re.compile(r"[。；！？\n]")
TITLE = re.compile(r"关于.+(的)?(提案|建议|意见)")
VERB = (
    "加强|推进|完善|增设|建设|解决|治理|整治|修建|改造|规范|优化|提升|支持|设立|开展|发展|保护|修整|提高|加快|建立|落实|改善|扩大|修复|修订|开通|打造|促进|强化|健全|盘活|降低|减轻|新建|补齐|推广|"
    "实施|引进|培育|关爱|保障|做好|清理|拆除|安装|配备|取消|延长"
)
TWO = re.compile(rf"关于(?P<one>(?:{VERB})[^，]{{2,}}?)(?:以及|及|和|并|、|，|暨)(?P<two>(?:{VERB})[^，]{{2,}}?)的?(?:提案|建议)")  # fmt: skip
ASIDE = re.compile(r"(另外|此外|另有一事|顺便|还有一件事|再一个问题)[，,]?[^。]{0,8}(建议|反映|提出|提一)")
CONCRETE = re.compile(
    r"\d|[一二三四五六七八九十百千万两半]+(个|条|处|次|年|月|日|万|亿|元|所|座|名|公里|亩|户|村|家|人|成|倍|台|辆|项|期)|%|％|由[^，。；]{1,12}(局|委|办|部门|政府|院|中心|公司|镇|乡|街道)|"
    r"列入|纳入|制定|出台|修订|设立|增设|新建|改造|修建|安装|配备|划定|拨付|补贴|补助|核定|公布|开通|延长|取消|拆除|培训|考核|通报|检查|验收|建立(?!健全)|试点|购买服务|减免|立法|规划|公示|奖励|处罚|"
    r"排查|清理|修复|修好|养护|巡查|联动|签订|(县|市|区|省)?[^，。；]{0,8}(局|委员会|办公室|政府)(应|要|牵头|会同|负责)"
)
SLOGAN = re.compile(r"提高(思想)?认识|高度重视|加大(宣传|工作|投入|支持)?力度|进一步(加强|重视|完善|提高)|加强领导|统一思想|营造(良好)?氛围|切实(加强|重视)|深刻认识|形成合力|常抓不懈")  # fmt: skip
THIN, WHOLE = 40, 12  # characters of advice: with fewer it is thin unless it is concrete, with fewer than WHOLE always
PERSONAL = re.compile(
    r"(为|给|帮|替)?(我|本人)的?(儿子|女儿|孩子|妻子|丈夫|爱人|父亲|母亲|父母|弟弟|哥哥|姐姐|妹妹|亲属|亲戚|侄子|侄女)[^。；]{0,30}(工作|编制|调动|安置|上学|入学|低保|补偿|赔偿|工伤|待遇|房)|"
    r"(我家|本人|我)的?(住房|房屋|宅基地|工资|退休金|职称|待遇|编制|工龄|拆迁款?|补偿款?)[^。；]{0,24}(解决|落实|补偿|赔偿|调整|确认|发放|恢复|不公|太低|没有)|"
    r"(请|要求|希望)[^。；]{0,12}(解决|落实)(我|本人|我家)的?"
)
ACCUSED = re.compile(
    r"贪污|受贿|行贿|以权谋私|徇私|违纪违法|违法乱纪|渎职|滥用职权|打击报复|侵吞|挪用|包养|吃拿卡要|充当保护伞"
)
POST = r"(书记|局长|县长|市长|镇长|乡长|主任|科长|校长|院长|所长|站长|经理|董事长|老板|处长|主席|会计|队长)"
NAMED = re.compile(
    rf"{POST}[\u4e00-\u9fff]{{1,3}}(?=[^\u4e00-\u9fff]|在|将|把|利用|长期|涉嫌|多次|曾|存在|有|的|与|及)|[\u4e00-\u9fff]{{1,3}}{POST}"
)
REPORT = re.compile(
    r"(实名)?(举报|检举|控告)(?!(电话|箱|平台|渠道|制度|机制|奖励|办法|热线|中心|信息|投诉|途径|方式|奖))[^。；]{0,20}"
)
LAWSUIT = re.compile(
    r"(已|已经|正在|正|目前)?(向[^，。]{0,10}法院)?(提起|进入|正在)(民事|刑事|行政)?(诉讼|仲裁)(程序)?|法院(已|已经)?(受理|立案|判决|裁定|开庭)|(一审|二审|再审|终审)(判决|裁定|败诉|胜诉|期间)|"
    r"判决书|裁定书|仲裁裁决|劳动仲裁(已|正|裁)|不服(法院|判决|裁定|仲裁)|原告|被告(?!知)|申请再审|执行法官"
)
PRODUCT = re.compile(
    r"(本|我)(公司|企业|厂|店|合作社|司)的?(产品|作品|品牌|项目|技术|设备|系统|软件|服务)|(推介|推广使用|推荐使用|统一采购|宣传推广)[^。；]{0,6}[“"
    r"\"《][^”\"》]{2,20}[”\"》]|(欢迎|可)(联系|致电)?(购买|订购|采购|加盟)|(独家|专利)(产品|配方)|总代理|代理商"
)
HIGHER = re.compile(
    r"(建议|请|希望|呼吁|要求)(国务院|党中央|中央|全国人大|国家(层面|有关部门|[\u4e00-\u9fff]{0,6}(部|委|总局|局))?|教育部|财政部|民政部|人力资源和社会保障部|[\u4e00-\u9fff]{2,8}部(?=(尽快|出台|修改|修订|应|要|，)))|"
    r"(修改|修订|废止|出台)《?(中华人民共和国)?[\u4e00-\u9fff]{2,16}法》?(?!院|规|人|治)|全国(统一|范围内)(实行|实施|推行|出台|提高|降低)"
)
PROVINCE = re.compile(
    r"(建议|请|希望|呼吁|要求)(省(政府|委|级|人大|[\u4e00-\u9fff]{2,8}(厅|局))|自治区(政府|党委|人大))"
)
SECRET = re.compile(
    r"绝密|机密(?!性)|秘密级|【?内部(资料|文件|材料)】?|不得(对外)?公开|(?<!不)涉密|★|密级[：:]|保密期限"
)
DISPUTE = re.compile(
    r"(多次|反复|长期|一直)(上访|信访|投诉)|(上访|信访|投诉)(未果|无果|无人(管|理)|得不到)|(邻居|房东|开发商|物业)[^。；]{0,16}(纠纷|赔偿我|欠我)"
)
INTERNAL = re.compile(
    r"(我|本)(单位|局|校|院|公司)(内部)?(的)?(人事|考核|食堂|福利|奖金|办公(用房|条件)|值班|职称评定)"
)


class Remark(NamedTuple):
    """code: what it is about; words: the passage that spoke, "" for what is wanting."""

    code: str
    words: str = ""


def remarks(title: str, situation: str, analysis: str, advice: str, *, most: int, level: str = "county") -> list[Remark]:  # fmt: skip
    """In the order in which a proposer would mend them. most: characters of the three parts together; level: of whom is asked (county, city, province, national)."""
    text = "\n".join((title, situation, analysis, advice))
    found = [*_advice(advice), *_matters(title, text)]
    for code, pattern in (("secret", SECRET), ("lawsuit", LAWSUIT), ("personal", PERSONAL), ("product", PRODUCT), ("dispute", DISPUTE), ("internal", INTERNAL)):  # fmt: skip
        if match := pattern.search(text):
            found.append(Remark(code, _around(text, match)))
    found += _accusing(text)
    found += _above(title + "\n" + advice, level)
    if title.strip() and not TITLE.fullmatch(SPACE.sub("", title)):
        found.append(Remark("title", title.strip()))
    if situation.strip() and not re.search(
        r"\d|[一二三四五六七八九十百千万两]+(个|条|处|次|年|万|亿|户|家|人|起|名|成|所|座|公里|亩)", situation
    ):
        found.append(Remark("no_figure"))
    length = count(situation) + count(analysis) + count(advice)
    return [*found, Remark("long", str(length))] if length > most else found


def count(text: str) -> int:
    """Characters as an office counts them: without spaces and line ends."""
    return len(SPACE.sub("", text))


def _advice(advice: str) -> Iterator[Remark]:
    if not advice.strip():
        yield Remark("no_advice")
    elif count(advice) < WHOLE or (count(advice) < THIN and not CONCRETE.search(advice)):
        yield Remark("thin", advice.strip())
    else:
        clauses = [one for one in STOP.split(advice) if count(one) > 3]
        empty = [one for one in clauses if SLOGAN.search(one) and not CONCRETE.search(one)]
        if clauses and len(empty) * 2 > len(clauses):
            yield Remark("vague", empty[0].strip())


def _matters(title: str, text: str) -> Iterator[Remark]:
    if (match := TWO.match(SPACE.sub("", title))) and not _akin(match["one"], match["two"]):
        yield Remark("several", f"{match['one']}／{match['two']}")
    elif match := ASIDE.search(text):
        yield Remark("several", _around(text, match))


def _akin(one: str, two: str) -> bool:
    """“完善养老服务、推进养老事业” is one matter: what both speak of is the same."""
    first, second = (re.sub(rf"^(?:{VERB})", "", part) for part in (one, two))
    pairs = {first[i : i + 2] for i in range(len(first) - 1)}
    return any(second[i : i + 2] in pairs for i in range(len(second) - 1))


def _accusing(text: str) -> Iterator[Remark]:
    for sentence in STOP.split(text):
        if (report := REPORT.search(sentence)) and NAMED.search(sentence):
            yield Remark("accuses", _around(sentence, report))
            return
        if (match := ACCUSED.search(sentence)) and NAMED.search(sentence):
            yield Remark("accuses", _around(sentence, match))
            return


def _above(text: str, level: str) -> Iterator[Remark]:
    patterns = {"national": (), "province": (HIGHER,)}.get(level, (HIGHER, PROVINCE))
    if match := next((found for one in patterns if (found := one.search(text))), None):
        yield Remark("level", _around(text, match))


def _around(text: str, match: re.Match[str]) -> str:
    """The sentence in which it stands, shortened."""
    start = max((m.end() for m in STOP.finditer(text, 0, match.start())), default=0)
    end = next((m.start() for m in STOP.finditer(text, match.end())), len(text))
    start, end = max(start, match.start() - 20), min(end, match.end() + 20)
    return text[start:end].strip()
