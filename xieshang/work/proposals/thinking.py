"""Help for a reviewer's thinking: what a text is about, of which category and whose such proposals were. All counted from the unit's own past, each with its reasons; nothing decides."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xieshang.base.settings.parameters import Parameter, value
from xieshang.text.keywords import Near, Others

from . import rules, terms
from .models import Assignment, Proposal

KEYWORDS, CATEGORY, UNIT = (f"proposals.suggest_{name}" for name in ("keywords", "category", "unit"))
_HELP = gettext_lazy("只在本单位的数据里数出来，写明依据；不采用就不理它")
PARAMETERS = (
    Parameter(KEYWORDS, gettext_lazy("审查时列出提案的关键词和要紧的句子"), True, type="bool", help=_HELP),
    Parameter(CATEGORY, gettext_lazy("审查时建议类别"), True, type="bool", help=_HELP),
    Parameter(UNIT, gettext_lazy("审查和交办时建议承办单位"), True, type="bool", help=_HELP),
)
PAST = 600  # proposals that are looked back at
FEWEST = 3  # near ones, below which nothing is suggested


@dataclass(frozen=True)
class Hint:
    """What is suggested, and why."""

    what: str
    why: str
    words: tuple[str, ...] = ()


@dataclass
class Hints:
    keywords: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    category: Hint | None = None
    units: list[Hint] = field(default_factory=list)


def hints(proposal: Proposal, on: date) -> Hints | None:
    """What the past says of it; None where all of it is switched off. Two queries."""
    asked = {key: bool(value(proposal.organization, key, on)) for key in (KEYWORDS, CATEGORY, UNIT)}
    if not any(asked.values()):
        return None
    past = list(
        Proposal.objects.filter(organization=proposal.organization, submitted_at__isnull=False)
        .exclude(pk=proposal.pk).exclude(category="").order_by("-id").values_list("pk", "title", "advice", "category")[:PAST]
    )  # fmt: skip
    others = Others([f"{title}\n{advice}" for _pk, title, advice, _category in past])
    text = "\n".join((proposal.title, proposal.situation, proposal.analysis, proposal.advice))
    near = others.nearest(f"{proposal.title}\n{proposal.advice}")
    found = Hints()
    if asked[KEYWORDS]:
        found.keywords, found.sentences = others.terms(text), others.told_by(text)
    if asked[CATEGORY] and len(near) >= FEWEST:
        found.category = _category(proposal, near, [past[one.at][3] for one in near], on)
    if asked[UNIT] and len(near) >= FEWEST:
        found.units = _units([past[one.at][0] for one in near], near)
    return found


def _category(proposal: Proposal, near: list[Near], codes: list[str], on: date) -> Hint | None:
    code, n = Counter(codes).most_common(1)[0]
    if n * 2 <= len(codes):
        return None
    name = terms.title(proposal.organization, terms.CATEGORY, code, on)
    why = _("用词相近的 %(all)s 件里 %(n)s 件是“%(name)s”") % {"all": len(codes), "n": n, "name": name}
    return Hint(name, why, _words([one for one, theirs in zip(near, codes, strict=True) if theirs == code]))


def _units(pks: list[int], near: list[Near]) -> list[Hint]:
    rows = Assignment.objects.filter(proposal__in=pks, role__in=(rules.SOLE, rules.HOST)).exclude(
        state=rules.TAKEN_BACK
    )
    given: dict[str, set[int]] = {}
    for unit, pk in rows.values_list("unit__name", "proposal"):
        given.setdefault(unit, set()).add(pk)
    handed = set().union(*given.values())
    found = []
    for unit, theirs in sorted(given.items(), key=lambda one: (-len(one[1]), one[0]))[:3]:
        why: Any = _("用词相近、交办过的 %(all)s 件里 %(n)s 件由%(unit)s承办")
        words = _words([one for one, pk in zip(near, pks, strict=True) if pk in theirs])
        found.append(Hint(unit, why % {"all": len(handed), "n": len(theirs), "unit": unit}, words))
    return found


def _words(near: list[Near]) -> tuple[str, ...]:
    """The words that spoke most often."""
    return tuple(word for word, _n in Counter(word for one in near for word in one.words).most_common(5))
