"""What a unit that has set nothing reads: grounds, categories and classes, each with its citation; and ready sets it may take over whole.

No clock, no database. The dossier's places differ most in the classes of replies: the same letter means another thing in the next city.
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import rules

GROUND, CATEGORY, CLASS = "ground", "category", "class"
KINDS = ((CATEGORY, _("提案类别")), (GROUND, _("不予立案的理由")), (CLASS, _("办理类别")))

MEANINGS = {
    GROUND: {code: word for code, word in rules.DISPOSITIONS.items() if code != rules.WITHDRAW},
    CATEGORY: {},
    CLASS: rules.BUCKETS,
}


class Word(NamedTuple):
    """A ground, a category or a class as it holds on a day.

    name     as it is written;  title  the same, a class with its letter
    meaning  what usually becomes of a proposal turned down on this ground; as what a class is counted
    local    seen in some places, not in the regulation;  own  a unit's row, not the default
    """

    kind: str
    code: str
    name: Any
    meaning: str = ""
    local: bool = False
    order: int = 0
    source: Any = ""
    since: Any = None
    offered: bool = True
    own: str = ""

    @property
    def title(self) -> str:
        """As a person reads it."""
        return (
            gettext("%(code)s 类：%(name)s") % {"code": self.code, "name": self.name}
            if self.kind == CLASS
            else str(self.name)
        )

    @property
    def means(self) -> Any:
        """Its meaning in words."""
        return MEANINGS[self.kind].get(self.meaning, "")


class Scheme(NamedTuple):
    """A set of words that a place uses together."""

    key: str
    kind: str
    title: Any
    source: Any
    words: tuple[tuple[str, Any, str], ...]


SEEN = {
    "R11": _("有的区的做法：不属于本级的转社情民意"), "R12": _("桐城（2017）、中山（2021）的征集通知"), "R13": _("荆州市征集通知（2022）"), "R14": _("桐城市征集通知（2017）"),
}  # fmt: skip
_FIVE, _USUAL = _("“五位一体”总体布局"), _("各地通行的写法；本单位有规定的按规定改")


def _listed(kind: str, rows: Any, source: Any, meanings: dict[str, str]) -> dict[str, Word]:
    return {code: Word(kind, code, title, meanings.get(code, ""), order=n * 10, source=source) for n, (code, title) in enumerate(rows, 1)}  # fmt: skip


DEFAULTS: dict[str, dict[str, Word]] = {
    CATEGORY: _listed(CATEGORY, rules.CATEGORIES, _FIVE, {}),
    GROUND: {
        code: Word(GROUND, code, one.title, one.usual, one.local, n * 10, SEEN.get(code, rules.REGULATION)) for n, (code, one) in enumerate(rules.GROUNDS.items(), 1)
    },
    CLASS: _listed(CLASS, rules.CLASSES, _USUAL, rules.OUTCOME),
}  # fmt: skip

_S, _P, _R, _E = rules.SOLVED, rules.IN_PLAN, rules.REFERENCE, rules.EXPLAINED
SCHEMES = (
    Scheme("province", CLASS, _("三类：解决、部分解决或列入计划、留作参考"), _("浙江省直部门办理规定"), (
        ("A", "已解决或基本解决", _S), ("B", "部分解决或列入计划", _P), ("C", "受条件限制留作参考或不可行", _R))),
    Scheme("city_2023", CLASS, _("三类：解决、正在解决、列入规划"), _("某市提案办理办法（2023）"), (
        ("A", "已解决或通过其他途径解决", _S), ("B", "正在解决或已启动", _P), ("C", "列入规划、计划", _P))),
    Scheme("four", CLASS, _("四类：另有“留作参考”"), _("宁波市提案办理规定（2011）"), (
        ("A", "解决或基本解决", _S), ("B", "部分解决或列入计划", _P), ("C", "因政策条件限制尚不能解决", _E), ("D", "留作参考", _R))),
    Scheme("adopted", CLASS, _("三类：解决或采纳、拟解决、留作参考"), _("虹口区、重庆市的办理分类"), (
        ("A", "解决或采纳", _S), ("B", "列入计划拟解决（拟采纳）", _P), ("C", "留作参考", _R))),
    Scheme("limited", CLASS, _("三类：解决、拟解决、因条件所限"), _("巴彦淖尔市的办理分类"), (
        ("A", "解决或基本解决", _S), ("B", "列入计划拟解决", _P), ("C", "因条件所限等不能解决", _E))),
    Scheme("trades", CATEGORY, _("按行业分：经济、城建、教科文卫体、社会法治、其他"), _("一些区县提案工作报告的分类"), (
        ("trade", "经济发展", ""), ("city", "城乡建设和管理", ""), ("schools", "教科文卫体", ""), ("law", "社会和法治", ""), ("others", "其他", ""))),
)  # fmt: skip
