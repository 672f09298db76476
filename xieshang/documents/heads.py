"""The red head of an official paper: 文件, 信函, and 纪要/专报/简报/社情民意 with their issue numbers.

The sign (发文机关标志) and the lines stand at their place of the sheet; the text begins below them by lines of exact height.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xieshang.documents import measures, paper
from xieshang.documents.shapes import Place, box, rule
from xieshang.documents.tables import EMPTY, characters, line, run

MM = 1440 / 25.4  # twips
POINT = 25.4 / 72  # mm
LINE = paper.LINE / MM  # mm
AIR = (LINE - measures.value("size.body") * POINT) / 2  # above and below the type in its line
BLACK = "000000"
CORNER, CORNER_LINE = 34.0, 7.0  # mm: six characters wide, and the height of a line
THICK, THIN, GAP = 1.0, 0.35, 0.5  # of the double lines of a letter, mm


@dataclass(frozen=True)
class RedHead:
    """文件式: sign, number, red line. `signer` makes it a paper to those above (上行文).

    marks  份号, 密级和保密期限, 紧急程度, one under the other on the left
    """

    sign: str
    number: str
    signer: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class JointHead:
    """联合行文: the names of those who issue it one under the other, who leads first and all as wide as the longest, `word` beside their middle.

    number   that of the one who leads
    signers  of a paper to those above, in the order of the names: two in a line, the number beside the last line
    """

    signs: Sequence[str]
    number: str
    signers: Sequence[str] = ()
    marks: Sequence[str] = ()
    word: str = "文件"


@dataclass(frozen=True)
class LetterHead:
    """信函式: the name, the two double lines, the number on the right under the first.

    corner  lines on the upper right, above the name: class and openness of a reply to a proposal
    """

    sign: str
    number: str
    marks: Sequence[str] = ()
    corner: Sequence[str] = ()


@dataclass(frozen=True)
class IssueHead:
    """纪要, 专报, 简报, 社情民意: the sign, 第N期, who issues it and when.

    remarks  the name of a framed box for instructions on the upper right (领导批示); empty for none
    """

    sign: str
    issue: str
    office: str
    day: str
    marks: Sequence[str] = ()
    remarks: str = ""


Head = RedHead | JointHead | LetterHead | IssueHead


def head_xml(head: Head) -> str:
    """What stands before the title."""
    match head:
        case RedHead():
            return _red(head)
        case JointHead():
            return _joint(head)
        case LetterHead():
            return _letter(head)
        case IssueHead():
            return _issue(head)


def _red(head: RedHead) -> str:
    if head.signer:
        inner = run(paper.NUMBER, head.number) + _TAB + run(paper.NUMBER, "签发人：")
        inner += run(replace(paper.NUMBER, font=paper.KAI), head.signer)
        look, inward = replace(paper.NUMBER, align="left"), measures.value("number.inward")
        number = f"<w:p>{look.paragraph(left=inward, right=inward, tabs=_right(inward))}{inner}</w:p>"
    else:
        number = line(paper.NUMBER, head.number)
    return _below_sign(head.sign, head.marks, measures.value("number.below"), (number,))


def _joint(head: JointHead) -> str:
    down, top = measures.value("sign.below_core"), measures.value("margin.top") + measures.value("sign.below_core")
    wide, beside = measures.value("core.width"), head.word
    longest = max(characters(each) for each in head.signs)
    size = min(measures.value("sign.most"), _half(wide / POINT / (longest + WORD_WIDE * bool(beside))))
    look = replace(paper.SIGN, align="left", size=round(size * 2), line=round(size * 20 * 1.02))
    names_wide, word_wide = longest * size * POINT, WORD_WIDE * size * POINT * bool(beside)
    left = measures.value("margin.left") + (wide - names_wide - word_wide) / 2
    step, type_high = size * JOINT_LINE * POINT, size * POINT
    high = step * (len(head.signs) - 1) + type_high
    shapes = "".join(
        box(10 + n, Place(left, top + n * step, names_wide + 2, type_high * 1.3), line(_spread(look, each, longest), each), f"发文机关标志{n + 1}")
        for n, each in enumerate(head.signs)
    )  # fmt: skip
    if beside:
        word = Place(left + names_wide, top + (high - type_high) / 2, word_wide, type_high * 1.3)
        shapes += box(2, word, line(replace(look, align="center", apart=0), beside), "文件")
    lines = _signed(head) if head.signers else (line(paper.NUMBER, head.number),)
    apart = measures.value("number.below")
    below = top + high + (apart + len(lines)) * LINE
    red = below - AIR + measures.value("red.below")
    core = Place(measures.value("margin.left"), red, wide)
    shapes += rule(1, core, measures.value("red.thick"), paper.RED, "红色分隔线")
    marks = "".join(line(paper.MARK, mark) for mark in head.marks)
    space = down + high + apart * LINE - len(head.marks) * LINE
    return marks + _space(space, shapes) + "".join(lines) + _space(red + measures.value("title.below") * LINE - below)


WORD_WIDE = 3.0  # characters that “文件” takes beside the names, with its air
SLACK = 0.5  # characters: type that is a little wider than it should be still fits into the line
JOINT_LINE = 1.25  # of the type's size, between two names


def _half(points: float) -> float:
    return int(points * 2) / 2


def _spread(look: paper.Look, name: str, wide: float) -> paper.Look:
    """A name set as wide as the longest one."""
    gaps = len(name) - 1
    return replace(look, apart=round((wide - characters(name)) * look.size * 10 / gaps) if gaps > 0 else 0)


def _signed(head: JointHead) -> tuple[str, ...]:
    """签发人: two names in a line, those below under the first of the line above; the number stands beside the last line."""
    inward = measures.value("number.inward")
    each = int(measures.value("joint.signers"))
    pairs = [head.signers[n : n + each] for n in range(0, len(head.signers), each)]
    wide = max(characters(name) for name in head.signers)
    label = "签发人："
    second = characters(label) + wide + 1
    begins = paper.CHARACTERS - inward - second - wide - SLACK
    look = replace(paper.NUMBER, align="left")
    stops = (begins, begins + characters(label), begins + second)
    tabs = "".join(f'<w:tab w:val="left" w:pos="{round(at * paper.CHARACTER)}"/>' for at in stops)
    settings, kai = look.paragraph(left=inward, tabs=f"<w:tabs>{tabs}</w:tabs>"), replace(paper.NUMBER, font=paper.KAI)
    made = []
    for n, pair in enumerate(pairs):
        number = run(look, head.number) if n == len(pairs) - 1 else ""
        before = run(look, label) if n == 0 else _TAB  # the first name stands right behind the colon
        names = _TAB.join(run(kai, name) for name in pair)
        made.append(f"<w:p>{settings}{number}{_TAB}{before}{names}</w:p>")
    return tuple(made)


def _issue(head: IssueHead) -> str:
    look, inward = replace(paper.NUMBER, align="left"), measures.value("number.inward")
    settings = look.paragraph(left=inward, right=inward, tabs=_right(inward))
    who = f"<w:p>{settings}{run(look, head.office)}{_TAB}{run(look, head.day)}</w:p>"
    lines = (line(paper.NUMBER, head.issue), EMPTY, who)
    return _below_sign(head.sign, head.marks, 1, lines, head.remarks)


def _below_sign(sign: str, marks: Sequence[str], apart: float, lines: Sequence[str], remarks: str = "") -> str:
    """Sign, `apart` lines, the lines, the red line under them, and two lines of air for the title to stand below."""
    down = measures.value("sign.below_core")
    top = measures.value("margin.top") + down
    look = _sign(sign, measures.value("sign.most"))
    high = look.size / 2 * POINT
    below = top + high + (apart + len(lines)) * LINE
    red = below - AIR + measures.value("red.below")
    core = Place(measures.value("margin.left"), top, measures.value("core.width"), high * 1.3)
    shapes = box(0, core, line(look, sign), "发文机关标志")
    shapes += rule(1, replace(core, top=red, height=0), measures.value("red.thick"), paper.RED, "红色分隔线")
    if remarks:
        place = Place(core.left + core.width - 62, measures.value("margin.top"), 62, down - 4)
        shapes += box(2, place, line(paper.BOX, f"{remarks}："), "批示栏", framed=True)
    first = "".join(line(paper.MARK, mark) for mark in marks)
    space = down + high + apart * LINE - len(marks) * LINE
    return first + _space(space, shapes) + "".join(lines) + _space(red + measures.value("title.below") * LINE - below)


def _letter(head: LetterHead) -> str:
    value, wide = measures.value, measures.value("letter.line.width")
    left = (value("sheet.width") - wide) / 2
    look = replace(_sign(head.sign, 36, wide), align="center")
    top, high = value("letter.sign"), look.size / 2 * POINT
    first = top + high + value("letter.line.below")
    last = value("sheet.height") - value("letter.line.bottom")
    shapes = box(0, Place(left, top, wide, high * 1.3), line(look, head.sign), "发文机关标志")
    strokes = (
        (first + THICK / 2, THICK),
        (first + THICK + GAP + THIN / 2, THIN),
        (last - THICK - GAP - THIN / 2, THIN),
        (last - THICK / 2, THICK),
    )
    for count, (middle, thick) in enumerate(strokes, 1):
        shapes += rule(count, Place(left, middle, wide), thick, paper.RED, f"红色双线{count}")
    if head.corner:
        look, tall = replace(paper.MARK, line=round(CORNER_LINE * MM)), len(head.corner) * CORNER_LINE
        place = Place(left + wide - CORNER, top - tall - 2, CORNER, tall + 1)
        shapes += box(9, place, "".join(line(look, each) for each in head.corner), "类别")
    begins = first + THICK + GAP + THIN + value("letter.number.below") * POINT - AIR
    left_mark = run(paper.MARK, head.marks[0]) if head.marks else ""
    settings = replace(paper.NUMBER, align="left").paragraph(tabs=_right(0))
    number = f"<w:p>{settings}{left_mark}{_TAB}{run(paper.NUMBER, head.number)}</w:p>"
    rest = "".join(line(paper.MARK, mark) for mark in head.marks[1:])
    space = _space(value("title.below") * LINE)
    return _space(begins - value("margin.top"), shapes) + number + rest + space


def _sign(text: str, most: float, wide: float = measures.value("core.width")) -> paper.Look:
    """As large as its longest line allows in so many millimetres; a short name is spread."""
    length = max(characters(each) for each in text.split("\n"))
    size = min(most, int(wide / POINT / length * 2) / 2)
    apart = round(size * 20 * 0.2) if length <= 6 else 0
    return replace(paper.SIGN, size=round(size * 2), line=round(size * 20 * 1.02), apart=apart)


def _space(high: float, inner: str = "") -> str:
    """An empty line so many millimetres high, which may carry shapes."""
    look = replace(paper.BODY, indent=0, line=max(20, round(high * MM)))
    return f"<w:p>{look.paragraph()}{inner}</w:p>"


_TAB = "<w:r><w:tab/></w:r>"


def _right(inward: float) -> str:
    """A stop at the right edge, so many characters in."""
    at = paper.UPRIGHT.core - round(inward * paper.CHARACTER)
    return f'<w:tabs><w:tab w:val="right" w:pos="{at}"/></w:tabs>'
