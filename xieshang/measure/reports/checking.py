"""核对 a report that came back: which figures no longer are what was frozen, and which never were in the ledger.

Its paragraphs are laid beside those of the frozen copy; what a frozen figure has become is read where the letters around it stand.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.errors import Refused
from xieshang.documents import filling as paper
from xieshang.documents.errors import DocumentError
from xieshang.documents.reading import read_document

from . import copies, freezing, queries
from .models import Blank, Version

CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}[-－–—][0-9A-Z]{4}(?![0-9A-Z])", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?%?")
NO_FIGURE = re.compile(r"[第〔\[（(.:：]\Z")
NO_MEASURE = re.compile(r"年|月|日|号|届|时|[:：.、）)〕\]]")
MEASURED = re.compile(r"\s*[\u4e00-\u9fff]")
ALIKE = 0.5  # paragraphs less alike than this are not the same one
AROUND = 12  # characters of the text shown around a figure


@dataclass(frozen=True)
class Found:
    """One figure. `kind`: changed · gone · added (put in afterwards) · typed (by hand, not of the ledger) · fixed (of the template)."""

    kind: str
    where: str
    frozen: str
    now: str
    indicator: str = ""
    name: str = ""


@dataclass(frozen=True)
class Checked:
    """What became of a frozen report.

    changed   no longer what was frozen, or gone
    never     what never was in the ledger
    since     figures that the ledger tells otherwise today: 原 38 现 39
    """

    version: Version
    same: int
    changed: list[Found] = field(default_factory=list)
    never: list[Found] = field(default_factory=list)
    since: list[queries.Change] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        version = self.version
        return {
            "report": version.report_id, "title": version.report.title, "version": version.number, "final": version.final, "code": version.code,
            "from": version.start.isoformat(), "to": version.end.isoformat(), "as_of": version.known_at.isoformat(), "same": self.same,
            "changed": [asdict(one) for one in self.changed], "never": [asdict(one) for one in self.never],
            "since": [{"indicator": c.indicator.code, "name": str(c.indicator.name), "old": c.old, "new": c.new} for c in self.since],
        }  # fmt: skip


def normal(code: str) -> str:
    """A code as it is kept, however it was typed."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper()).translate(str.maketrans("OIL", "011"))
    return f"{letters[:4]}-{letters[4:]}"


def paragraphs(data: bytes, name: str) -> list[str]:
    """The text of what came back. Raises Refused."""
    try:
        if PurePath(name).suffix.lower() == ".docx":
            found = [place.text for place in paper.find(data)]
        else:
            found = read_document(data, name).text.split("\n")
    except DocumentError as error:
        raise Refused(error.code, why=error.why, do=error.do, field="file") from error
    return [text for text in found if text.strip()]


def version_of(texts: list[str], code: str, among: Any) -> Version:
    """The version whose code is given, or printed in the text. Raises Refused."""
    codes = (
        [normal(code)]
        if code.strip()
        else [normal(found[0]) for text in reversed(texts) for found in CODE.finditer(text)]
    )
    found = among.filter(code__in=codes).select_related("report__organization", "report__template", "by").first()
    if found is not None:
        return found  # type: ignore[no-any-return]
    if codes:
        raise Refused(
            "no_version",
            why=_("没有核对码是 %(code)s 的报告") % {"code": codes[0]},
            do=_("请对照印出的核对码再写一次"),
            field="code",
        )
    raise Refused("no_code", why=_("这份文件里没有核对码"), do=_("请写上报告末尾或附表上的核对码"), field="code")


def check(version: Version, texts: list[str]) -> Checked:
    """Every figure of the frozen version looked up in the text that came back."""
    frozen = list(_frozen(version))
    beside = _beside([text for text, _spans in frozen], texts)
    same, changed, never = 0, [], []
    taken: Counter[int] = Counter()
    for (text, spans), at in zip(frozen, beside, strict=True):
        back = texts[at] if at is not None else ""
        taken[at if at is not None else -1] += 1
        known: list[tuple[int, int]] = []
        for start, end, blank, name in spans:
            low, high = _place(text, back, start, end)
            known.append((low, high))
            now, where = back[low:high], _around(text, start, end)
            if now == blank.text:
                same += 1
            else:
                kind = "changed" if now.strip() else "gone"
                changed.append(Found(kind, where, blank.text, now, blank.indicator, name))
            if blank.how == "typed" and blank.ledger_value is None and NUMBER.search(blank.text):
                never.append(Found("typed", where, blank.text, now))
        never += _others(text, back, known)
    for number, text in enumerate(texts):
        if not taken[number] and not CODE.search(text):
            never += _others("", text, [])
    return Checked(version, same, changed, never, queries.changes_since(version))


def _frozen(version: Version) -> Iterator[tuple[str, list[tuple[int, int, Blank, str]]]]:
    """Each paragraph as it was frozen, with the spans of its filled blanks."""
    names = {kept["order"]: kept["name"] for kept in version.blanks}
    by_paragraph: dict[int, list[Blank]] = {}
    for blank in freezing.thawed(version):
        by_paragraph.setdefault(blank.paragraph, []).append(blank)
    for place in paper.find(copies.template(version.report)):
        text, reached, spans = "", 0, []
        for blank in by_paragraph.get(place.index, []):
            text += place.text[reached : blank.start]
            if blank.is_filled:
                spans.append((len(text), len(text) + len(blank.text), blank, names[blank.order]))
            text += blank.text if blank.is_filled else place.text[blank.start : blank.end]
            reached = blank.end
        text += place.text[reached:]
        if text.strip():
            yield text, spans


def _beside(ours: list[str], theirs: list[str]) -> list[int | None]:
    """For each of our paragraphs the one of theirs that it has become: equal ones first, then the most alike between those."""
    beside: list[int | None] = [None] * len(ours)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            for n in range(b - a):
                beside[a + n] = c + n
            continue
        reached = c
        for n in range(a, b):
            best = max(range(reached, d), key=lambda m, n=n: _alike(ours[n], theirs[m]), default=None)  # type: ignore[misc]
            if best is not None and _alike(ours[n], theirs[best]) >= ALIKE:
                beside[n], reached = best, best + 1
    return beside


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _place(text: str, back: str, start: int, end: int) -> tuple[int, int]:
    """Where text[start:end] stands in the paragraph that came back: between the letters before and behind it."""
    blocks = [block for block in SequenceMatcher(None, text, back, autojunk=False).get_matching_blocks() if block.size]
    low = max((b.b + min(start - b.a, b.size) for b in blocks if b.a < start), default=0)
    high = min((b.b + max(end - b.a, 0) for b in blocks if b.a + b.size > end), default=len(back))
    return low, max(low, high)


def _others(text: str, back: str, known: list[tuple[int, int]]) -> Iterator[Found]:
    """Figures of the text that came back which are not those of blanks."""
    ours = Counter(found[0] for found in NUMBER.finditer(text))
    for found in NUMBER.finditer(back):
        start, end = found.span()
        if any(low < end and start < high for low, high in known):
            continue
        if not _is_figure(back, start, end):
            continue
        kind = "fixed" if ours[found[0]] else "added"
        yield Found(kind, _around(back, start, end), found[0] if kind == "fixed" else "", found[0])


def _is_figure(text: str, start: int, end: int) -> bool:
    """A number that counts something: a cell of a table, a rate, or one with its measure word; no day, year, page or number of a heading."""
    if text.strip() == text[start:end]:
        return True
    if NO_FIGURE.search(text[:start]) or NO_MEASURE.match(text, end):
        return False
    return text[end - 1] == "%" or bool(MEASURED.match(text, end))


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - AROUND) : end + AROUND // 2]
