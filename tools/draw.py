"""Draws what the docs show from the code: the map of the house, the moves of each kind of record, the indicators, the rules a unit may set.

`python tools/draw.py` writes them; `--check` (part of make check) fails when a stored one differs.
"""

import argparse
import importlib
import os
import sys
from collections import Counter
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LAYERS = (
    ("cli",), ("web",), ("measure.plans", "measure.reports", "measure.submissions", "measure.tying"), ("work.activities", "work.registers"),
    ("base.paperwork", "base.workflow", "base.ledger", "base.audit", "base.accounts", "base.people", "base.orgs", "base.calendar", "base.settings", "base.files", "base.drafts", "base.notices"),
    ("documents", "text"),
)  # fmt: skip
WIDTH, HEIGHT, GAP = 1180, 64, 46


def the_map() -> str:
    """Rooms as boxes in their layers, imports as arrows as thick as they are many."""
    import grimp

    graph = grimp.build_graph("xieshang")
    rooms = [room for layer in LAYERS for room in layer]
    arrows: Counter[tuple[str, str]] = Counter()
    for importer in graph.modules:
        if ".tests" in importer or "conftest" in importer:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = _room(importer, rooms), _room(imported, rooms)
            if a and b and a != b:
                arrows[a, b] += 1
    place = {}
    for row, layer in enumerate(LAYERS):
        wide = (WIDTH - 20 * (len(layer) + 1)) / len(layer)
        for n, room in enumerate(layer):
            place[room] = (20 + n * (wide + 20), 20 + row * (HEIGHT + GAP), wide)
    tall = 20 + len(LAYERS) * (HEIGHT + GAP)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" font-family="sans-serif" font-size="14">'
    ]
    out.append(
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8a9099"/></marker></defs>'
    )
    out.append(f'<rect width="{WIDTH}" height="{tall}" fill="#fff"/>')
    for (a, b), n in sorted(arrows.items()):
        if place[a][1] == place[b][1]:
            continue  # beside each other: said in the words, not drawn
        ax, ay, aw = place[a]
        bx, by, bw = place[b]
        out.append(
            f'<line x1="{ax + aw / 2:.0f}" y1="{ay + HEIGHT}" x2="{bx + bw / 2:.0f}" y2="{by - 2}" stroke="#b9bdc4" stroke-width="{min(5, 0.6 + n / 12):.1f}" marker-end="url(#a)"/>'
        )
    for room, (x, y, wide) in place.items():
        label = room.rpartition(".")[2] if wide < 140 else room
        out.append(
            f'<rect x="{x:.0f}" y="{y}" width="{wide:.0f}" height="{HEIGHT}" rx="6" fill="#f7f6f3" stroke="#1d1f23"/>'
        )
        out.append(
            f'<text x="{x + wide / 2:.0f}" y="{y + HEIGHT / 2 + 5}" text-anchor="middle" fill="#1d1f23">{escape(label)}</text>'
        )
    return "\n".join([*out, "</svg>", ""])


def _room(module: str, rooms: list[str]) -> str:
    name = module.removeprefix("xieshang.")
    return next((room for room in rooms if name == room or name.startswith(room + ".")), "")


def moves() -> str:
    """The table of moves of each kind of record, and its diagram."""
    from xieshang.base.accounts.roles import Role
    from xieshang.base.workflow.engine import Move

    tables = {}
    for path in sorted((ROOT / "xieshang").rglob("rules.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, tuple) and value and all(isinstance(one, Move) for one in value):
                kind = name.removesuffix("MOVES").strip("_").lower()
                tables[f"{path.parent.name}{f'.{kind}' if kind else ''}"] = value
    out = [
        "# Moves",
        "",
        "Drawn from each room's `rules.py` by `make docs`; the engine, the buttons and the tests read the same tables.",
        "",
    ]
    for title, table in tables.items():
        out += [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
        out += [f"    {m.frm if m.frm not in ('', '*') else '[*]'} --> {m.to}: {m.verb}" for m in table]
        out += ["```", "", "| verb | from | to | who | reason | source |", "|---|---|---|---|---|---|"]
        for m in table:
            who = "、".join(str(Role(role).label) for role in m.who)
            out.append(f"| `{m.verb}` | {m.frm or '—'} | {m.to} | {who} | {'yes' if m.reason else ''} | {m.source} |")
        out.append("")
    return "\n".join(out)


def indicators() -> str:
    """Every indicator that the rooms declare, and those of the registers' catalogue."""
    from xieshang.base import registry
    from xieshang.work.proposals import counting
    from xieshang.work.registers import catalogue
    from xieshang.work.registers.rules import BRIDGES

    known = registry.INDICATORS | {one.code: one for one in counting.provide(None)}
    out = [
        "# Indicators (统计项)",
        "",
        "Drawn by `make docs`. Registers that an office makes itself add their own.",
        "",
        "| code | name | unit | kind | how it is counted |",
        "|---|---|---|---|---|",
    ]
    for code, one in sorted(known.items()):
        if not one.aside:
            out.append(f"| `{code}` | {one.name} | {one.unit} | {one.how} | {one.note} |")
    out += ["", "## Told apart", "", "Opened from pages and papers, on no list to choose from; categories are those of a unit that has set none.", "", "| code | name |", "|---|---|"]  # fmt: skip
    out += [f"| `{code}` | {one.name} |" for code, one in sorted(known.items()) if one.aside]
    out += [
        "",
        "## Of the registers in the catalogue",
        "",
        "| register | indicator | unit | kind | how it is counted |",
        "|---|---|---|---|---|",
    ]
    for key, ready in catalogue.READY.items():
        of = (
            ready.kind_prefix if ready.kind_prefix in BRIDGES else f"registers.{key}"
        )  # a bridge's bear the codes of the later room
        for one in ready.measures:
            out.append(f"| {ready.name} | `{of}.{one.suffix}` {one.name} | {one.unit} | {one.how} | {one.note} |")
    return "\n".join([*out, ""])


def parameters() -> str:
    """The rules that a unit may set."""
    from xieshang.base.settings.parameters import PARAMETERS

    out = [
        "# Rules a unit may set",
        "",
        "Drawn by `make docs`. A unit overrides one from a day on, with its citation; the units below inherit it.",
        "",
        "| key | what | default | source |",
        "|---|---|---|---|",
    ]
    for key, one in sorted(PARAMETERS.items()):
        out.append(f"| `{key}` | {one.title} | {one.default} {one.unit} | {one.source or 'ours; no source read'} |")
    return "\n".join([*out, ""])


def command_line() -> str:
    """Every command with its options and an example, from the parser itself."""
    from xieshang.cli.main import EXAMPLES, parser

    out = [
        "# The command line",
        "",
        "Drawn by `make docs`. Exit status: 0 done; 2 a person can put it right, one line on standard error; 1 our fault.",
        "",
    ]

    def walk(one: argparse.ArgumentParser, name: str) -> None:
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                for verb, sub in action.choices.items():
                    walk(sub, f"{name} {verb}".strip())
                return
        out.extend([f"## `xieshang {name}`", "", one.description or "", "", "    " + EXAMPLES[name], ""])
        rows = [a for a in one._actions if not isinstance(a, argparse._HelpAction)]
        if rows:
            out.extend(["| option | meaning |", "|---|---|"])
            out.extend(
                f"| `{' '.join(a.option_strings) or a.dest}{f' {a.metavar}' if a.metavar and a.option_strings else ''}` | {a.help or ''} |"
                for a in rows
            )
            out.append("")

    walk(parser(), "")
    return "\n".join(out)


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xieshang.web.settings_test")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("zh-hans")
    drawn = {
        "map.svg": the_map(),
        "moves.md": moves(),
        "indicators.md": indicators(),
        "parameters.md": parameters(),
        "command-line.md": command_line(),
    }
    differ = [
        name
        for name, text in drawn.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        for name in differ:
            print(f"docs/{name} is not what the code says: make docs")
        return 1 if differ else 0
    for name in differ:
        (DOCS / name).write_text(drawn[name], encoding="utf-8")
        print(f"docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
