"""`python -m bench.child ANSWER TASK…`: one process for one database. Writes {task: result} as JSON into the file ANSWER.

Tasks: build SIZE (alone), replay, fill, seed_ms, dev:PART, unseen:PART, long:WHAT, tables, corrections, paste, tying:FIGURE, write:KIND, activities.save60, proposals:WHAT, or the name of a page.
"""

import json
import sys
from pathlib import Path
from typing import Any


def main(answer: str, *tasks: str) -> None:
    """Do the tasks in turn; one that fails says so in its place and the others go on."""
    needs_django = any(
        not task.startswith(("seed_ms", "dev:", "unseen:", "long:", "tables", "corrections", "paste", "write:"))
        for task in tasks
    )
    if needs_django:
        _django()
    found: dict[str, Any] = {}
    for task in tasks:
        try:
            found[task] = _do(task)
        except Exception as error:  # the parent reports it beside the name
            found[task] = {"error": f"{type(error).__name__}: {str(error)[:500]}"}
    Path(answer).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _django() -> None:
    import django
    from django.utils import translation

    django.setup()
    translation.activate("zh-hans")


def _do(task: str) -> Any:
    name, _, given = task.partition(":")
    if name == "build":
        from django.core.management import call_command

        from . import loader, proposals_loader
        from .replaying import check

        call_command("migrate", verbosity=0, interactive=False)
        made = loader.build(given) if given in loader.SIZES else proposals_loader.build(given)
        if given in ("1k", "20k"):
            check()
        return {"facts": made}
    if name in ("dev", "unseen", "tables", "corrections"):
        from . import reading

        if name in ("tables", "corrections"):
            return reading.tables() if name == "tables" else reading.corrections()
        return reading.dev(given) if name == "dev" else reading.unseen(given)
    if name in ("seed_ms", "fill"):
        from . import reading

        return reading.seed_ms() if name == "seed_ms" else reading.fill()
    if name == "paste":
        from . import pasting

        return pasting.fields_right()
    if name == "tying":
        from . import tying

        return tying.share(given)
    if name == "long":
        from . import lengthy

        return {"docx_s": lengthy.docx_s, "docx_mb": lengthy.docx_mb, "linear": lengthy.linear}[given]()
    if name == "write":
        from . import writing

        return writing.table() if given == "table2000" else writing.kind(given)
    if name == "cutoff":
        from . import cutoff

        return cutoff.measure()
    if name == "replay":
        from . import replaying

        return replaying.measure()
    if name == "activities.save60":
        from . import saving

        return saving.measure()
    from . import pages, proposals

    return proposals.measure(given) if name == "proposals" else pages.measure(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
