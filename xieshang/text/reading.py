"""Read a work document: `read(text)` is all that the other rooms need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xieshang.text import facts, grids, tables, targets, tasks, tense
from xieshang.text.blanks import blanks_in
from xieshang.text.clauses import HAS_AMOUNT, LONGEST, Clause, clauses
from xieshang.text.facts import Done
from xieshang.text.lines import Paragraph, Squeezed, paragraphs, squeeze
from xieshang.text.model import Document, Fact, Gap, Heading, Reading, Target, Task
from xieshang.text.outline import Entry, holes, outline
from xieshang.text.periods import per, period
from xieshang.text.pieces import pieces
from xieshang.text.split import Part, parts
from xieshang.text.targets import Found
from xieshang.text.tasks import Intended
from xieshang.text.tense import Tense
from xieshang.text.words import has_verb

LEADS = re.compile(
    "须|要|应|完成|做到|达到|落实|承担|履行|下列|以下|如下|至少|开展|进行"
)  # 各专委会、各小组： only addresses
HINTS = ("月", "季", "每", "年", "双", "届", "半")


def read(text: str) -> Reading:
    """Everything a plan, summary or rule says that can be counted or dated.

    text     any string; hard line breaks in mid-sentence, full-width spaces and missing numbers are expected
    returns  the documents in it, offsets in `text`
    raises   nothing; cost grows linearly with the length
    """
    squeezed = squeeze(text)
    rows = grids.rows(text, squeezed)
    lines = grids.rowed(paragraphs(text, squeezed), rows)
    at = {row.start: row for row in rows}
    return Reading(tuple(_Reader(squeezed, part, at).document() for part in parts(squeezed.text, lines)))


@dataclass
class _Reader:
    """Reads one document, paragraph by paragraph."""

    squeezed: Squeezed
    part: Part
    rows: dict[int, grids.Row]
    targets: list[Target] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    section: int | None = None
    lead_level: int = 0

    def document(self) -> Document:
        text, part = self.squeezed.text, self.part
        self.entries = outline(text, [one for one in part.paragraphs if one.start not in self.rows])
        self.said = targets.Said()
        self.base = tense.of_document(part.kind, text[part.start : min(part.end, part.start + 20_000)])
        self.tenses: list[tuple[int, Tense]] = []
        self.spoken = self.plain = self.base
        ahead = iter([*self.entries, None])
        following = next(ahead)
        for paragraph in part.paragraphs:
            entry = None
            if following and following.start == paragraph.start:
                entry, following = following, next(ahead)
            row = self.rows.get(paragraph.start)
            if row and (not row.cells or self._is_to_be_done()):
                self._row(row)
            else:
                self._paragraph(paragraph, entry)
        return self._document()

    def _document(self) -> Document:
        original, part = self.squeezed.original, self.part
        headings = tuple(
            Heading(e.level, e.marker.printed, e.title, *original(e.start, max(e.end, e.body))) for e in self.entries
        )
        gaps = tuple(Gap(h.after, h.missing, original(h.start, h.start + 1)[0]) for h in holes(self.entries))
        return Document(
            part.title, part.kind, *original(part.start, part.end), headings, gaps,
            tuple(self.targets), tuple(self.tasks), tuple(self.facts), tuple(blanks_in(self.squeezed, part.start, part.end)),
        )  # fmt: skip

    def _paragraph(self, paragraph: Paragraph, entry: Entry | None) -> None:
        start = paragraph.start
        if entry:
            self._enter(entry)
            start = entry.body
        self.said.new_sentence()
        text, before = self.squeezed.text, len(self.targets)
        if not entry:
            if paragraph.lines == 1 and paragraph.end - start <= tense.LONGEST_HEADING and self.part.kind != "rules":
                self.plain = tense.of_plain_heading(text[start : paragraph.end], self.plain)
                self.spoken = tense.of_plain_heading(text[start : paragraph.end], self.spoken)
            outer = self.tenses[-1][1] if self.tenses else self.plain
            self.spoken = tense.of_paragraph(
                text[start : start + 40], outer if self.base is Tense.OPEN else self.spoken
            )
            if self.section is None and tense.INTRODUCED.search(text, max(start, paragraph.end - 40), paragraph.end):
                self.plain = self.spoken = Tense.PAST  # what was done is told below, whatever the title says
            if tense.PARAGRAPH_PLAN.match(text, start) and text[paragraph.end - 1] in "：:":
                self._leads_on_to_plans()
        mood, sentence, taken = self._mood(), -1, False
        for clause in clauses(text, start, paragraph.end, paragraph.cells):
            if clause.sentence != sentence:
                taken = taken and bool(entry)
                sentence, mood = clause.sentence, self._opening(clause)
                self.said.new_sentence()
            if paragraph.cells and not has_verb(text[clause.start : clause.end]):
                continue  # a cell that says only who, when or how many
            mood, done = self._clause(clause, mood)
            taken = taken or done
            if clause.stop in "；;" and clause.stop:
                self.said.new_branch()
                mood = mood if self.base is Tense.OPEN and mood is Tense.PAST else self._mood()
            if not taken and clause.first and not entry:
                self._task(clause, mood)
        if entry and self._is_leaf():
            self._heading_task(entry, before)
        self._lead_in(paragraph, entry)

    def _is_to_be_done(self) -> bool:
        """A table of tasks tells what is to be done, unless a summary or the heading over it says that it was done."""
        if self.spoken is not Tense.PAST or self.part.kind == "summary":
            return self.spoken is not Tense.PAST
        over = self.entries[self.section].title if self.section is not None else self.part.title or ""
        return self.part.kind == "other" and not tense.HEAD_PAST.search(over)

    def _row(self, row: grids.Row) -> None:
        """A row of a table: what its cells say together."""
        said = tables.reading(self.squeezed.text, row) if row.cells else None
        if said is None:
            return
        before = len(self.targets)
        self.targets += [self._target(found) for found in said.figures]
        self._cells(said.main)
        if len(self.targets) > before:
            pass
        elif said.frequency:
            self.targets.append(self._target(said.frequency))
        elif self.part.kind != "rules":
            for task in said.tasks:
                self._keep_task(task, said)
        self._cells(said.beside)
        self.targets[before:] = [said.over(target) for target in self.targets[before:]]
        after = len(self.targets)
        self._cells(said.remarks, wordy=True)
        self.targets[after:] = [said.over(target, timed=False) for target in self.targets[after:]]
        self._done(said.done)

    def _cells(self, spans: Iterable[tuple[int, int]], wordy: bool = False) -> None:
        """Read cells as text; `wordy`: only clauses with a verb."""
        for start, end in spans:
            mood, sentence = Tense.PLAN, -1
            for clause in clauses(self.squeezed.text, start, end):
                if clause.sentence != sentence:
                    sentence, mood = clause.sentence, Tense.PLAN
                    self.said.new_sentence()
                if not wordy or has_verb(self.squeezed.text[clause.start : clause.end]):
                    mood, _ = self._clause(clause, mood)

    def _done(self, spans: Iterable[tuple[int, int]]) -> None:
        text = self.squeezed.text
        for start, end in spans:
            for clause in clauses(text, start, end):
                if has_verb(text[clause.start : clause.end]) and clause.end - clause.start <= LONGEST:
                    parted = pieces(text, clause.start, clause.end)
                    self._facts(facts.read_clause(text, parted, clause.start, clause.end))

    def _leads_on_to_plans(self) -> None:
        """未来五年，重点抓好以下工作： what is to be done is told below."""
        self.plain = self.spoken = Tense.PLAN
        if self.tenses:
            self.tenses[-1] = (self.tenses[-1][0], Tense.PLAN)

    def _opening(self, clause: Clause) -> Tense:
        words = self.squeezed.text[clause.start : clause.end]
        return tense.of_paragraph(words, self._mood()) if clause.first else self._mood()

    def _mood(self) -> Tense:
        return self.spoken

    def _enter(self, entry: Entry) -> None:
        """Go under a heading: its tense, and the end of a lead-in that does not reach it."""
        self.section = 0 if self.section is None else self.section + 1
        while self.tenses and self.tenses[-1][0] >= entry.level:
            self.tenses.pop()
        outer = self.tenses[-1][1] if self.tenses else self.plain
        mood = outer if self.part.kind == "rules" else tense.of_heading(entry.title, outer, bool(self.tenses))
        self.tenses.append((entry.level, mood))
        self.spoken = mood
        if entry.level <= self.lead_level:
            self.said.lead_per = self.said.lead_period = None
            self.lead_level = 0

    def _lead_in(self, paragraph: Paragraph, entry: Entry | None) -> None:
        text = self.squeezed.text
        if text[paragraph.end - 1] not in "：:":
            return
        words = text[max(paragraph.start, paragraph.end - 60) : paragraph.end]
        found, often = per(words), period(words)
        if found and LEADS.search(words):
            self.said.lead_per, self.said.lead_period = found, often.name if often else None
            self.lead_level = (
                entry.level if entry else (self.entries[self.section].level if self.section is not None else 0)
            )

    def _clause(self, clause: Clause, mood: Tense) -> tuple[Tense, bool]:
        """Read a clause; the tense it leaves behind, and whether something was found."""
        text = self.squeezed.text
        words = text[clause.start : clause.end]
        if len(words) > LONGEST:
            return mood, False
        mood = (
            Tense.NEITHER if tense.PROBLEM.search(text, clause.start, clause.end + 1) else tense.of_clause(words, mood)
        )
        if not HAS_AMOUNT.search(words) and not any(hint in words for hint in HINTS) and not self.said.pending:
            self.said.notice(words)
            return mood, False
        parted = pieces(text, clause.start, clause.end)
        begin = text.rfind("。", max(0, clause.start - LONGEST), clause.start) + 1
        came_about = tense.RESULT.search(words) and not tense.MUST.search(text, begin, clause.end)
        if mood is Tense.PAST or (mood is Tense.OPEN and came_about):
            return mood, self._facts(facts.read_clause(text, parted, clause.start, clause.end))
        kept = (self.said.per, self.said.period, self.said.deadline)
        found = list(targets.read_clause(text, parted, clause.start, clause.end, clause.first, self.said))
        if clause.bracketed:  # what brackets say does not hold after them
            self.said.per, self.said.period, self.said.deadline = kept
        if mood in (Tense.OPEN, Tense.NEITHER):
            found = [f for f in found if f.amount and (f.amount.bounded or (f.period and mood is Tense.OPEN))]
        self.targets += [self._target(f) for f in found]
        return mood, bool(found)

    def _facts(self, found: Iterator[Done]) -> bool:
        before = len(self.facts)
        for f in found:
            span = self.squeezed.original(f.start, f.end)
            quote = self.squeezed.text[f.start : f.end]
            self.facts.append(Fact(quote, *span, f.object, f.amount.op, f.amount.value, f.amount.unit, f.rule))
        return len(self.facts) > before

    def _target(self, f: Found) -> Target:
        high = f.amount.max if f.amount else None
        return Target(
            self.squeezed.text[f.start : f.end], *self.squeezed.original(f.start, f.end), f.action, f.object, f.op, f.value, high,
            f.unit, f.period, f.per, f.deadline, f.actor, f.sure, f.rule, self.section,
        )  # fmt: skip

    def _task(self, clause: Clause, mood: Tense) -> None:
        if mood is Tense.PLAN:
            words = self.squeezed.text[clause.start : clause.end]
            self._keep_task(tasks.of_clause(words, clause.start, clause.end) if len(words) <= LONGEST else None)

    def _is_leaf(self) -> bool:
        """Whether the heading we are under has no heading below it."""
        at = self.section or 0
        return at + 1 >= len(self.entries) or self.entries[at + 1].level <= self.entries[at].level

    def _heading_task(self, entry: Entry, before: int) -> None:
        """The title of an item; where the title holds a target, only the clauses before it."""
        if self.spoken is not Tense.PLAN or self.part.kind == "rules" or entry.end - entry.body > LONGEST:
            return
        end = entry.end
        if len(self.targets) > before:
            place = self.squeezed.text.find(self.targets[before].quote, entry.body, entry.end)
            end = place if place >= 0 else end
        title = self.squeezed.text[entry.body : end].rstrip("，,、；;")
        self._keep_task(tasks.of_heading(title, entry.body, entry.body + len(title)))

    def _keep_task(self, task: Intended | None, row: tables.Reading | None = None) -> None:
        if task:
            span = self.squeezed.original(task.start, task.end)
            quote = self.squeezed.text[task.start : task.end]
            made = Task(quote, *span, task.action, task.object, task.actor, self.section, task.rule)
            self.tasks.append(row.over_task(made) if row else made)
