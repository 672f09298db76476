"""`python -m bench [--only PREFIX]`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from xieshang.documents.samples import SAMPLES

from . import databases
from .databases import ENGINES, SOURCE, Database

SIZES = ("1k", "1m")
CUTOFF = {f"proposals.cutoff_{what}": what for what in ("lost", "doubled")}
PROPOSALS = {"20k": "sqlite", "250k": "postgresql"}  # each size on the engine that a house of it has
WORK = ("home.page", "plans.page", "activities.list", "figures.query", "ledger.drawer", "activities.save60")
READING = {
    "reading.seed_ms": "seed_ms",
    **{f"reading.dev.{part}": f"dev:{part}" for part in ("targets_exact", "outline", "blanks")},
    **{
        f"reading.unseen.{part}": f"unseen:{part}"
        for part in ("targets_exact", "targets_found", "outline", "blanks", "facts")
    },
    "reading.tables_exact": "tables",
    "reading.corrections": "corrections",
    "reading.linear_5mb": "long:linear",
    "activities.paste_fields": "paste",
    **{f"tying.{which}": f"tying:{which}" for which in ("top1", "top3", "sure_wrong")},
    "reports.table2000_s": "write:table2000",
    **{f"documents.{kind}_s": f"write:{kind}" for kind in SAMPLES},
    "documents.docx200_s": "long:docx_s",
    "documents.docx200_mb": "long:docx_mb",
}
FILL, REPLAY = "reports.fill200_s", "ledger.rebuild_1m_per_s"
AIMS = {"×": 3.0, "ms": 100.0, "s": 2.0, "facts/s": 15_000.0, "share": 0.9, "wrong": 0.02}
AT_LEAST = ("facts/s", "share", "F1")
Result = dict[str, Any]


def main() -> int:
    """Measure what was asked for; 1 when something could not be measured."""
    args = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    args.add_argument("--only", default="", metavar="PREFIX", help="only figures whose name begins so")
    only = args.parse_args().only
    began = time.perf_counter()
    found = list(_measured(only))
    if not found:
        print(f"no figure of the bench begins with {only!r}", file=sys.stderr)
        return 2
    path = _write(found, only)
    print(table(found))
    print(f"\n{len(found)} figures in {time.perf_counter() - began:.0f} s → {path.name}")
    return int(any("error" in one for one in found))


def _measured(only: str) -> Iterator[Result]:
    with ExitStack() as stack:
        folder = stack.enter_context(databases.scratch())
        if wanted := {name: task for name, task in READING.items() if name.startswith(only)}:
            yield from _named(Database(folder / "reading", "").do(*wanted.values()), wanted)
        if wanted := {name: what for name, what in CUTOFF.items() if name.startswith(only)}:
            _lay_out_static(folder)
            answer = Database(folder / "cutoff", "").do("cutoff")["cutoff"]
            yield from _named(answer if "error" not in answer else dict.fromkeys(CUTOFF.values(), answer), wanted)
        plans = {
            (size, engine): plan
            for size in (*SIZES, *PROPOSALS)
            for engine in ENGINES
            if (plan := _tasks(size, engine, only))
        }
        if not plans:
            return
        _lay_out_static(folder)
        server = (
            stack.enter_context(databases.postgresql())
            if any(engine == "postgresql" for _size, engine in plans)
            else None
        )
        for size in (*SIZES, *PROPOSALS):
            yield from _of_size(
                size,
                {engine: plan for (s, engine), plan in plans.items() if s == size and (engine == "sqlite" or server)},
                folder,
                server,
            )


def _tasks(size: str, engine: str, only: str) -> dict[str, str]:
    """Name → task, of one database."""
    if size in PROPOSALS:
        if PROPOSALS[size] != engine:
            return {}
        named = {
            f"proposals.{what}.{size}.{engine}": f"proposals:{what}"
            for what in ("file", "list", "search", "detail", "board")
        }
        if engine == "postgresql":
            named["proposals.numbers_gaps"] = "proposals:numbers"
        return {name: task for name, task in named.items() if name.startswith(only)}
    named = {f"{work}.{size}.{engine}": work for work in WORK}
    if size == "1m":
        named = {f"{REPLAY}.{engine}" if engine != "sqlite" else REPLAY: "replay", **named}
    if engine == "sqlite":
        named[f"{FILL}.1m" if size == "1m" else FILL] = "fill"
    return {name: task for name, task in named.items() if name.startswith(only)}


def _of_size(size: str, plans: dict[str, dict[str, str]], folder: Path, server: str | None) -> Iterator[Result]:
    """Build the databases of a size side by side, then measure on one after the other."""
    made = {
        e: Database(
            folder / f"{size}-{e}", databases.create(server, f"bench_{size}") if e == "postgresql" and server else ""
        )
        for e in plans
    }
    building = {engine: database.start(f"build:{size}") for engine, database in made.items()}
    built = {engine: child.answer()[f"build:{size}"] for engine, child in building.items()}
    for engine, plan in plans.items():
        if "error" in built[engine]:
            yield from (
                {"name": name, "unit": "", "value": None, "baseline": None, "samples": [], **built[engine]}
                for name in plan
            )
            continue
        replay = [task for task in plan.values() if task == "replay"]
        rest = [task for task in plan.values() if task != "replay"]
        answers = made[engine].do(*replay) if replay else {}
        yield from _named(answers | (made[engine].do(*rest) if rest else {}), plan, **built[engine])


def _named(answers: dict[str, Any], wanted: dict[str, str], **beside: Any) -> Iterator[Result]:
    for name, task in wanted.items():
        if (answer := answers[task]) is not None:
            yield {"name": name, "value": None, "unit": "", "baseline": None, "samples": [], **beside, **answer}


def _lay_out_static(folder: Path) -> None:
    """The static files as an installation has them, once for all databases."""
    import subprocess

    environment = dict(
        os.environ,
        XIESHANG_DATA=str(folder),
        XIESHANG_SECRET_KEY="only-for-the-bench",
        DJANGO_SETTINGS_MODULE="bench.settings",
    )
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v", "0"],
        cwd=SOURCE,
        env=environment,
        check=True,
    )


def _write(found: list[Result], only: str) -> Path:
    """Into the data folder. With `--only` what was measured before stays beside it."""
    folder = Path(os.environ.get("XIESHANG_DATA") or SOURCE / "var")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench.json"
    kept = (
        [one for one in json.loads(path.read_text(encoding="utf-8")) if not one["name"].startswith(only)]
        if only and path.exists()
        else []
    )
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in kept + found)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return path


def table(found: Iterable[Result]) -> str:
    """The figures as Markdown."""
    lines = [
        "| figure | value | aim | ms | bare ms | drawn afresh | queries | rows read |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        if "error" in one:
            lines.append(f"| `{one['name']}` | — {one['error'][:120]} | | | | | | |")
            continue
        aim = one.get("aim", AIMS.get(one["unit"]))
        met = aim is None or (one["value"] >= aim if one["unit"] in AT_LEAST else one["value"] <= aim)
        sign = "" if aim is None else f"{'≥' if one['unit'] in AT_LEAST else '≤'} {aim:g}"
        read = f"{one['rows_read']:,} {one['rows_read_as']}" if "rows_read" in one else ""
        peak = f", {one['peak_mb']} MB" if "peak_mb" in one else ""
        value = f"{one['value']:,} {one['unit']}{peak}"
        afresh = f"{one['afresh']} ×, {one['afresh_ms']} ms" if "afresh" in one else ""
        lines.append(
            f"| `{one['name']}` | {value if met else f'**{value}**'} | {sign} | {one.get('ms', '')} | {one['baseline'] or ''} | {afresh} | {one.get('queries', '')} | {read} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
