"""Reading papers and filling reports: how long, and how rightly against the corpus where it is there."""

import importlib.machinery
import importlib.util
import json
import os
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from xieshang.text.reading import read
from xieshang.text.replay import agrees

from . import rounds, texts

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
UNSEEN = Path(__file__).parent / "data" / "unseen"
PARTS = {
    "targets_exact": "targets.exact",
    "targets_found": "targets.found",
    "outline": "outline",
    "blanks": "blanks",
    "facts": "facts",
}
UNSEEN_AIMS = {"targets_exact": 0.89, "targets_found": 0.93, "outline": 0.94, "blanks": 0.93, "facts": 0.80}


def seed_ms() -> dict[str, Any]:
    """Reading the seed of the corpus, or a text composed here; Python has started and the modules are loaded."""
    seed = CORPUS / "seed.txt"
    text = seed.read_text(encoding="utf-8") if seed.exists() else texts.paper()
    spent = [one * 1000 for one in rounds.seconds(lambda: read(text))]
    return {
        "value": round(median(spent), 1), "unit": "ms", "baseline": None, "samples": [round(one, 2) for one in spent], "characters": len(text),
        "text": "corpus seed" if seed.exists() else "composed",
    }  # fmt: skip


def dev(part: str) -> dict[str, Any] | None:
    """F1 over all papers of the corpus's dev part, by its own scoring; None where it is not there."""
    return _score(CORPUS / "dev", part)


def unseen(part: str) -> dict[str, Any] | None:
    """The same over papers of ours that whoever writes rules never looks at; see data/README.md."""
    found = _score(UNSEEN, part)
    return found and found | {"aim": UNSEEN_AIMS[part]}


def corrections() -> dict[str, Any] | None:
    """Of what clerks put right while checking plans, the share that is now read as they left it; None where no file of cases is there.

    The file (`xieshang plan corrections -o FILE`) is named by BENCH_CORRECTIONS, or lies in var/.
    """
    path = Path(os.environ.get("BENCH_CORRECTIONS") or UNSEEN.parents[2] / "var" / "corrections.json")
    if not path.exists():
        return None
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    right = [agrees(case) for case in cases]
    return {
        "value": round(sum(right) / max(1, len(right)), 3), "unit": "of corrections", "baseline": None, "samples": [int(one) for one in right], "of": len(right),
    }  # fmt: skip


def _score(folder: Path, part: str) -> dict[str, Any] | None:
    scoring = CORPUS / "score"
    if not scoring.exists():
        return None
    loader = importlib.machinery.SourceFileLoader("corpus_score", str(scoring))
    spec = importlib.util.spec_from_loader("corpus_score", loader)
    assert spec is not None
    score = importlib.util.module_from_spec(spec)
    loader.exec_module(score)
    total: Counter[str] = Counter()
    samples = []
    for gold in sorted(folder.glob("*.gold.json")):
        text = gold.with_name(gold.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        tally, _misses = score.score(text, json.loads(gold.read_text(encoding="utf-8")), read(text).as_json())
        hit, wanted, got = tally[PARTS[part]]
        total.update(hit=hit, wanted=wanted, got=got)
        samples.append(round(score.ratios(hit, wanted, got)[2], 3))
    precision, recall, f1 = score.ratios(total["hit"], total["wanted"], total["got"])
    return {
        "value": round(f1, 3), "unit": "F1", "baseline": None, "samples": samples, "precision": round(precision, 3), "recall": round(recall, 3),
    }  # fmt: skip


def fill() -> dict[str, Any]:
    """A template with two hundred blanks, filled from the measured county's ledger."""
    from xieshang.measure.reports import commanding

    from . import county
    from .counting import count

    unit, _clerk = county.measured()
    data, start, end = texts.template(200), date(county.NOW.year, 1, 1), date(county.NOW.year, 12, 31)

    def work() -> commanding.Filled:
        return commanding.fill(data, unit, start, end)

    made = work()
    if made.blanks != 200 or not made.filled:
        raise RuntimeError(f"{made.filled} of {made.blanks} blanks filled, of 200: mend bench/texts.py")
    spent = rounds.seconds(work, 3)
    return {
        "value": round(median(spent), 2), "unit": "s", "baseline": None, "samples": [round(one, 3) for one in spent], "filled": made.filled,
        **count(work).as_json(),
    }  # fmt: skip


def tables() -> dict[str, Any]:
    """Rows of invented tables: a target is right with all its fields and its office, a task with its day and office."""
    hit = wanted = got = 0
    samples = []
    for case in json.loads((UNSEEN.parent / "tables.json").read_text(encoding="utf-8")):
        gold = Counter(_row(one) for one in [*case["targets"], *case["tasks"]])
        found = Counter(
            _row(asdict(one))
            for document in read(case["text"]).documents
            for one in [*document.targets, *document.tasks]
        )
        right = (gold & found).total()
        hit, wanted, got = hit + right, wanted + gold.total(), got + found.total()
        samples.append(round(2 * right / max(1, gold.total() + found.total()), 3))
    return {
        "value": round(2 * hit / (wanted + got), 3),
        "unit": "F1",
        "baseline": None,
        "samples": samples,
        "of": wanted,
    }


def _row(one: dict[str, Any]) -> tuple[Any, ...]:
    fields = ("quote", "deadline", "actor", *(("op", "value", "max", "unit", "period", "per") if "op" in one else ()))
    return tuple(one[name] for name in fields)
