"""`xieshang proposals package`: is an archive package whole?"""

import argparse

from .commands import content, show
from .words import N_, _

FAULTS = {"missing": N_("缺少"), "changed": N_("被改动过"), "extra": N_("不是包里原有的"), "unlisted": N_("没有列入清单"), "metadata": N_("和目录里写的不一致")}  # fmt: skip


def check(args: argparse.Namespace) -> int:
    """Exit 0: whole; 2: not."""
    from dataclasses import asdict

    from xieshang.documents import volume

    found = volume.check(content(args.file)[0])
    if args.json:
        show({**asdict(found), "whole": found.whole})
    else:
        print(f"{found.number} {found.title}\nSHA-256 {found.sha256}")
        for path, fault in found.problems:
            print(_("%(path)s：%(fault)s") % {"path": path, "fault": _(FAULTS[fault])})
        print(_("完整，共 %(n)s 件") % {"n": found.files} if found.whole else _("不完整，有 %(n)s 处") % {"n": len(found.problems)})  # fmt: skip
    return 0 if found.whole else 2
