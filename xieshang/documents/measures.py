"""Every measure of an official paper (GB/T 9704-2012) that the writers keep to: one table, and nothing in millimetres elsewhere."""

from dataclasses import dataclass

SOURCE = "GB/T 9704-2012 党政机关公文格式"


@dataclass(frozen=True)
class Measure:
    """One number of the standard: what it measures, in which unit (mm, pt, lines, characters, names), said in Chinese."""

    value: float
    unit: str
    says: str


MEASURES = {
    "sheet.width": Measure(210, "mm", "A4 纸宽"),
    "sheet.height": Measure(297, "mm", "A4 纸高"),
    "margin.top": Measure(37, "mm", "天头（上白边）"),
    "margin.left": Measure(28, "mm", "订口（左白边）"),
    "margin.right": Measure(26, "mm", "右白边"),
    "margin.bottom": Measure(35, "mm", "下白边"),
    "core.width": Measure(156, "mm", "版心宽"),
    "core.height": Measure(225, "mm", "版心高，不含页码"),
    "core.lines": Measure(22, "lines", "每面行数"),
    "core.characters": Measure(28, "characters", "每行字数"),
    "size.title": Measure(22, "pt", "标题 2号"),
    "size.body": Measure(16, "pt", "正文 3号"),
    "size.small": Measure(14, "pt", "版记、页码 4号"),
    "sign.below_core": Measure(35, "mm", "发文机关标志上边缘至版心上边缘"),
    "sign.most": Measure(42.5, "pt", "发文机关标志字高不超过 15 mm"),
    "number.below": Measure(2, "lines", "发文字号在发文机关标志下空二行"),
    "number.inward": Measure(1, "characters", "上行文发文字号居左空一字，签发人居右空一字"),
    "red.below": Measure(4, "mm", "红色分隔线在发文字号之下"),
    "red.thick": Measure(0.7, "mm", "红色分隔线粗（推荐用线）"),
    "title.below": Measure(2, "lines", "标题在红色分隔线下空二行"),
    "addressee.below": Measure(1, "lines", "主送机关在标题下空一行"),
    "attachments.below": Measure(1, "lines", "附件说明在正文下空一行"),
    "attachments.inward": Measure(2, "characters", "附件说明左空二字"),
    "seal.inward": Measure(4, "characters", "加盖印章的成文日期右空四字"),
    "signature.inward": Measure(2, "characters", "不加盖印章的署名右空二字，日期首字比署名首字右移二字"),
    "remark.inward": Measure(2, "characters", "附注居左空二字，加圆括号"),
    "annex.title": Measure(3, "lines", "附件标题在第三行"),
    "colophon.edge": Measure(0.35, "mm", "版记首条、末条分隔线"),
    "colophon.between": Measure(0.25, "mm", "版记中间分隔线"),
    "colophon.inward": Measure(1, "characters", "抄送、印发左右各空一字"),
    "page.below": Measure(7, "mm", "页码一字线上距版心下边缘"),
    "page.inward": Measure(1, "characters", "单页码居右空一字，双页码居左空一字"),
    "letter.sign": Measure(30, "mm", "信函发文机关标志上边缘至上页边"),
    "letter.line.below": Measure(4, "mm", "信函红色双线（上粗下细）在发文机关标志之下"),
    "letter.line.bottom": Measure(20, "mm", "信函下端双线（上细下粗）距下页边"),
    "letter.line.width": Measure(170, "mm", "信函红色双线长，居中"),
    "letter.number.below": Measure(7 / 8 * 16, "pt", "信函文号与第一条双线相距 3号字高的 7/8"),
    "joint.signers": Measure(2, "names", "联合上行文签发人每行排两个"),
    "joint.seals": Measure(3, "names", "联合行文每排印章最多三个"),
    "joint.seal": Measure(42, "mm", "印章直径，排内、排间印章互不相交"),
    "minutes.people": Measure(1, "lines", "纪要出席、请假、列席名单在正文下空一行"),
}


def value(name: str) -> float:
    """One number of the table, in its own unit."""
    return MEASURES[name].value


def twips(name: str) -> int:
    """A length of the table (mm or pt) in twentieths of a point."""
    one = MEASURES[name]
    return round(one.value * {"mm": 1440 / 25.4, "pt": 20}[one.unit])
