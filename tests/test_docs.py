"""The papers of the project: their links lead somewhere, and everything a person can call, set or do is named in them."""

import argparse
import importlib
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

import pytest

from xieshang.base.settings.parameters import PARAMETERS
from xieshang.base.workflow.engine import Move
from xieshang.cli.main import parser

ROOT = Path(__file__).resolve().parents[1]
SKIP = {".venv", "var", "node_modules", ".git", "build", "dist"}
PAPERS = sorted(path for path in ROOT.rglob("*.md") if not SKIP & set(path.relative_to(ROOT).parts))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCED = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The names under which a page's headings are linked, as GitHub makes them."""
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def words() -> str:
    """README and docs/ as one text."""
    return "\n".join(
        path.read_text() for path in PAPERS if path.name == "README.md" or "docs" in path.relative_to(ROOT).parts
    )


def test_links_inside_the_repository_lead_somewhere() -> None:
    broken = []
    for paper in PAPERS:
        for target in LINK.findall(FENCED.sub("", paper.read_text())):
            if re.match(r"[a-z]+:|//", target):
                continue
            path, _, anchor = unquote(target).partition("#")
            file = (
                (ROOT / path.lstrip("/") if path.startswith("/") else paper.parent / path).resolve() if path else paper
            )
            if not file.exists():
                broken.append(f"  {paper.relative_to(ROOT)}: {target}")
            elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
                broken.append(f"  {paper.relative_to(ROOT)}: {target} (no such heading)")
    assert not broken, "links that lead nowhere:\n" + "\n".join(broken)


def test_no_paper_holds_a_path_of_one_machine() -> None:
    found = [
        f"  {paper.relative_to(ROOT)}: {hit}"
        for paper in PAPERS
        for hit in re.findall(r"(?:/home/|/root/|/work/|/Users/)\S+", paper.read_text())
    ]
    assert not found, "\n".join(found)


def moves() -> dict[str, set[str]]:
    """Room → the verbs of its tables of moves."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "xieshang").rglob("rules.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for value in vars(module).values():
            if isinstance(value, tuple) and value and all(isinstance(one, Move) for one in value):
                found[path.parent.name] |= {one.verb for one in value}
    return found


def commands() -> dict[str, set[str]]:
    """Command → its options."""
    found: dict[str, set[str]] = {}

    def walk(name: str, one: argparse.ArgumentParser) -> None:
        below = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
        for action in below:
            for verb, child in action.choices.items():
                walk(f"{name} {verb}".strip(), child)
        if not below:
            found[name] = {
                "|".join(action.option_strings)
                for action in one._actions
                if action.option_strings and "--help" not in action.option_strings
            }

    walk("", parser())
    return found


def environment() -> set[str]:
    """Names that the code reads from the environment."""
    found = set()
    for path in (ROOT / "xieshang").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(re.findall(r"environ(?:\.get|\.setdefault)?[\[(]\s*\"([A-Z_]+)\"", path.read_text()))
    return found - {"DJANGO_SETTINGS_MODULE"}


def test_everything_one_can_call_set_or_do_is_named_in_the_papers() -> None:
    text = words()

    def missing(names: set[str]) -> list[str]:
        """Those of which no spelling (-o|--output) stands in the papers as a word."""
        return sorted(
            name
            for name in names
            if not any(re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text) for one in name.split("|"))
        )

    left: list[str] = []
    for room, verbs in sorted(moves().items()):
        if gone := missing(verbs):
            left.append(f"  verbs of {room}: {', '.join(gone)}")
    for command, options in sorted(commands().items()):
        if command not in text:
            left.append(f"  command: xieshang {command}")
        if gone := missing(options):
            left.append(f"  options of xieshang {command}: {' '.join(gone)}")
    if gone := missing(set(PARAMETERS)):
        left.append(f"  parameters: {', '.join(gone)}")
    if gone := missing(environment()):
        left.append(f"  environment: {', '.join(gone)}")
    assert not left, "README.md and docs/ do not name:\n" + "\n".join(left)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_its_help_and_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*name.split(), "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert "例如：" in said and f"xieshang {name}" in said
    assert len(re.findall(r"[\u4e00-\u9fff]", said)) > 4
