"""The copies that are taken down: 清稿 without a trace of who asked for what, and 核对稿 with each figure's source and what was remarked."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xieshang.base import clock
from xieshang.base.files import storage
from xieshang.base.ledger import figures
from xieshang.base.ledger.facts import Indicator
from xieshang.base.settings import parameters
from xieshang.documents import filling as paper
from xieshang.documents.closing import with_line
from xieshang.documents.filling import Edit

from . import composed, filling, freezing, rules
from .models import Blank, Report, Version
from .scopes import Scope


def template(report: Report) -> bytes:
    return storage.path_of(report.template).read_bytes()


def download(report: Report, *, clean: bool, version: Version | None = None) -> bytes:
    """清稿 (no comments, no colour; open places in bold) or 核对稿 (each figure with its source) as .docx.

    version   as it stood when it was sent up or made final; None: as it stands, which of a final report is the same
    """
    version = version or freezing.final(report)
    known = figures.indicators(report.organization)
    if version is None:
        blanks = list(report.blanks.prefetch_related("remarks__by"))
        source = filling.Source(report.start, report.end, report.as_of or report.taken_at)
    else:
        blanks, source = freezing.thawed(version), filling.Source(version.start, version.end, version.known_at)
    edits = [_edit(blank, known, source, remarked=not clean and version is None) for blank in blanks]
    done = paper.fill(template(report), edits, clean=clean, at=clock.now().replace(tzinfo=None))
    done = composed.redrawn(done, report.charts, blanks)
    if not parameters.value(report.organization, rules.LAST_LINE, clock.today()):
        return done
    with override(settings.LANGUAGE_CODE):  # it is printed in a Chinese paper, whoever takes it down
        return with_line(done, said(source, version))


def said(source: filling.Source, version: Version | None) -> str:
    """The last line: statistics from–to, as of when, and the code of what is frozen."""
    words = _("统计起止：%(start)s至%(end)s；数据截至%(at)s。") % {
        "start": day(source.start), "end": day(source.end), "at": moment(source.at),
    }  # fmt: skip
    if version is None:
        return words
    return words + _("%(word)s，核对码：%(code)s。") % {"word": version.word, "code": version.code}


def day(value: object) -> str:
    return _("%(y)d年%(m)d月%(d)d日") % {"y": value.year, "m": value.month, "d": value.day}  # type: ignore[attr-defined]


def moment(value: datetime) -> str:
    local = value.astimezone(clock.SHANGHAI)
    return f"{day(local)}{local:%H:%M}"


def _edit(blank: Blank, known: dict[str, Indicator], source: filling.Source, *, remarked: bool) -> Edit:
    edit = _answered(blank, known, source)
    lines = [_("%(who)s：%(text)s") % {"who": r.by, "text": r.text} for r in blank.remarks.all()] if remarked else []
    if not lines:
        return edit
    return Edit(
        edit.paragraph, edit.start, edit.end, edit.text, "\n".join([edit.comment or "", *lines]).strip(), edit.mark
    )


def _answered(blank: Blank, known: dict[str, Indicator], source: filling.Source) -> Edit:
    if not blank.is_filled:
        return filling.left_open(blank, _("留空") if blank.how == "left" else blank.why, blank.guesses)
    indicator = known.get(blank.indicator)
    counted = indicator is not None and blank.ledger_value is not None
    scope = Scope.of(blank)
    start, end = scope.days(source.start, source.end)
    source = replace(source, start=start, end=end)
    said = [filling.explained(indicator, Decimal(blank.ledger_value), blank.facts, source, scope)] if counted else []  # type: ignore[arg-type]
    if blank.how == "typed":
        said.insert(
            0, _("手填，与数据明细不符：明细为 %(real)s") % {"real": blank.real} if blank.differs else _("手填")
        )
        said += [_("要求人：%(who)s") % {"who": blank.asked_by}] if blank.asked_by else []
        said += [_("理由：%(reason)s") % {"reason": blank.reason}] if blank.reason else []
    return Edit(blank.paragraph, blank.start, blank.end, blank.text, "\n".join(said) or blank.why)
