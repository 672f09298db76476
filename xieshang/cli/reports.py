"""`report check`: a report that came back, beside what was frozen."""

import argparse

from xieshang.measure.reports import checking
from xieshang.measure.reports.models import Version

from .commands import Mistake, show
from .words import _


def check(data: bytes, name: str, args: argparse.Namespace) -> int:
    """Print what was found. Raises Mistake when a figure is no longer what was frozen."""
    texts = checking.paragraphs(data, name)
    found = checking.check(checking.version_of(texts, args.code, Version.objects.all()), texts)
    if args.json:
        show(found.as_json())
    else:
        print(
            _("%(version)s，核对码 %(code)s：%(n)s 处与留底一致")
            % {"version": found.version, "code": found.version.code, "n": found.same}
        )
        for one in found.changed:
            print(
                _("留底 %(frozen)s，这里是 %(now)s：…%(where)s…")
                % {"frozen": one.frozen, "now": one.now or "—", "where": one.where}
            )
        for one in found.never:
            print(_("数据明细里从来没有 %(now)s：…%(where)s…") % {"now": one.now, "where": one.where})
        for change in found.since:
            print(
                _("留底以后有更正：%(name)s原 %(old)s 现 %(new)s")
                % {"name": change.indicator.name, "old": change.old, "new": change.new}
            )
    if found.changed:
        raise Mistake(_("有 %(n)s 处不再是留底的数") % {"n": len(found.changed)})
    return 0
