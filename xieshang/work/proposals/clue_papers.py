"""提案参考目录 on paper."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import translation

from xieshang.base import clock
from xieshang.base.orgs.models import Organization, Session
from xieshang.documents import gongwen
from xieshang.documents.gongwen import Part
from xieshang.documents.numbering import chinese

from . import terms
from .models import Clue
from .queries.clues import by_category

CHINESE = translation.override("zh-hans")


def of(unit: Organization, session: Session | None) -> str:
    """云岭县政协第十一届第五次会议提案参考目录."""
    when = f"第{chinese(session.term.number)}届{chinese(session.number)}次会议" if session else ""
    return f"{unit.name}{when}提案参考目录"


def titles(unit: Organization) -> dict[str, str]:
    """Every category of the unit, also those chosen no more: old clues have them."""
    return {code: str(word.title) for code, word in terms.every(unit, terms.CATEGORY, clock.today()).items()}


@CHINESE
def reference(unit: Organization, session: Session | None, found: Iterable[Clue], at: datetime) -> bytes:
    """By category, each with its number, what it says and who might do it; never who wrote it."""
    parts: list[Part] = [gongwen.Title(of(unit, session))]
    for group in by_category(list(found), titles(unit)):
        parts.append(gongwen.Heading(1, str(group["title"])))
        for clue in group["clues"]:
            parts.append(gongwen.Paragraph(f"{clue.number}．{clue.title}", keep=True))
            parts += [gongwen.Paragraph(line.strip()) for line in clue.text.splitlines() if line.strip()]
            if units := "、".join(body.name for body in clue.units.all()):
                parts.append(gongwen.Paragraph(f"建议承办单位：{units}"))
    return gongwen.write(parts, kind="report", at=at)
