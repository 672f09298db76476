"""How rightly targets and blanks are tied to what counts them, on the corpus' dev texts, against gold pairs made by hand.

The gold names a target or blank by its document and number in the corpus' own gold (`0/t3`, `3/b22`) and the indicators that may be meant, best first.
What is not named there is counted by nothing we have. `top1`, `top3`: of the named ones, how many have a meant indicator first, among the first three.
`sure_wrong`: of those tied without asking, how many are wrong, an unnamed one that was tied included.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .reading import CORPUS

GOLD = Path(__file__).parent / "data" / "tying.json"
OWN = ("县政协", "区政协", "我县", "我区", "全县", "全区", "社区")
PERIOD = (date(2026, 1, 1), date(2026, 12, 31))


class Tied(NamedTuple):
    """One target or blank: where it is, what is meant, what was offered, and which was tied without asking."""

    place: str
    meant: list[str]
    offered: list[str]
    sure: str
    words: str


def share(which: str) -> dict[str, Any] | None:
    """One of the three figures; None where the corpus is not there."""
    if not (CORPUS / "dev").exists():
        return None
    found = tied()
    named, sure = [one for one in found if one.meant], [one for one in found if one.sure]
    most = {"top1": 1, "top3": 3}.get(which)
    hits = (
        [bool(set(one.offered[:most]) & set(one.meant)) for one in named]
        if most
        else [one.sure not in one.meant for one in sure]
    )
    beside = {"of": len(hits), "hits": sum(hits), "all": len(found)}
    return {
        "value": round(sum(hits) / max(1, len(hits)), 3),
        "unit": "right" if most else "wrong",
        "baseline": None,
        "samples": [],
        **beside,
    }


@lru_cache(maxsize=1)
def tied() -> list[Tied]:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    return [one for path in sorted((CORPUS / "dev").glob("*.gold.json")) for one in _of(path, gold)]


def _of(path: Path, gold: dict[str, dict[str, list[str]]]) -> Iterator[Tied]:
    name = path.name.removesuffix(".gold.json")
    text = path.with_name(f"{name}.txt").read_text(encoding="utf-8")
    documents, meant = json.loads(path.read_text(encoding="utf-8"))["documents"], gold.get(name, {})
    yield from _targets(name, text, documents, meant)
    yield from _blanks(name, text, documents, meant)


def _targets(name: str, text: str, documents: list[Any], meant: dict[str, list[str]]) -> Iterator[Tied]:
    """Each counted target as a plan would hold it, read by our own reader."""
    from xieshang.base.orgs.models import Organization
    from xieshang.measure.plans import reading
    from xieshang.measure.plans.models import Plan

    plan = Plan(organization=Organization(name="县政协", short_name="县政协"), starts_on=PERIOD[0], ends_on=PERIOD[1])
    for number, (found, document) in enumerate(zip(reading.documents(text), documents, strict=True)):
        held = text[found.document.start : found.document.end]
        made = [target for target, _section in reading.targets(found.document, plan, ())]
        for place, said in enumerate(document["targets"]):
            target = next(
                (one for one in made if one.quote == said["quote"] and one.unit == (said["unit"] or "")), None
            )
            if said["op"] is None or target is None:
                continue
            guesses = reading.guesses(target, indicators(), OWN, reading.before(held, target))
            codes = [one.indicator.code for one in guesses]
            at = f"{number}/t{place}"
            yield Tied(
                f"{name}/{at}", meant.get(at, []), codes, codes[0] if guesses and guesses[0].sure else "", said["quote"]
            )


def _blanks(name: str, text: str, documents: list[Any], meant: dict[str, list[str]]) -> Iterator[Tied]:
    """Each counted blank, as a template with these paragraphs would be filled."""
    from xieshang.documents.filling import Place
    from xieshang.measure.reports.deciding import FIGURES, Period, Unit, decide
    from xieshang.measure.reports.reading import spots

    lines = [line for line in text.splitlines() if line.strip()]
    places = [Place(n, line, "body", f"document/p{n + 1}") for n, line in enumerate(lines)]
    decided = decide(spots(places), indicators(), Unit(OWN, {}, ()), Period(*PERIOD)) if places else []
    by_words = {(one.spot.before, one.spot.mark, one.spot.after): one for one in reversed(decided)}
    for number, document in enumerate(documents):
        for place, blank in enumerate(document["blanks"]):
            one = by_words.get((blank["before"], blank["mark"], blank["after"]))
            if blank["kind"] not in FIGURES or one is None:
                continue
            at, sure = f"{number}/b{place}", one.indicator.code if one.indicator else ""
            codes = [guess.indicator.code for guess in one.guesses]
            yield Tied(
                f"{name}/{at}", meant.get(at, []), codes, sure, f"{blank['before']}[{blank['mark']}]{blank['after']}"
            )


@lru_cache(maxsize=1)
def indicators() -> tuple[Any, ...]:
    """Those of the rooms and of every register of the catalogue, as a unit that uses them all.

    A bridge register bears the codes of its room (docs/decisions/0007); where the room is there its own stand, as in `ledger.figures`.
    """
    from xieshang.base import registry
    from xieshang.base.ledger.facts import Indicator
    from xieshang.work.registers import catalogue
    from xieshang.work.registers.rules import BRIDGES

    def code(key: str, suffix: str) -> str:
        prefix = catalogue.READY[key].kind_prefix
        owner = prefix if prefix in BRIDGES else f"registers.{key}"
        return suffix if not suffix or "." in suffix else f"{owner}.{suffix}"

    made = [
        Indicator(
            code(key, one.suffix), one.name, one.unit, one.how, part=code(key, one.part), whole=code(key, one.whole), measures=one.measures,
            words=one.words, never=one.never, inside=ready.inside,
        )
        for key, ready in catalogue.READY.items()
        for one in ready.measures
    ]  # fmt: skip
    return tuple({**{one.code: one for one in made}, **registry.INDICATORS}.values())
