"""Joining words as the reader's language does, and the measure words in it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, pgettext_lazy

MEASURES = {
    "次": pgettext_lazy("measure", "次"),
    "件": pgettext_lazy("measure", "件"),
    "篇": pgettext_lazy("measure", "篇"),
    "条": pgettext_lazy("measure", "条"),
    "期": pgettext_lazy("measure", "期"),
    "个": pgettext_lazy("measure", "个"),
    "名": pgettext_lazy("measure", "名"),
    "人": pgettext_lazy("measure", "人"),
    "人次": pgettext_lazy("measure", "人次"),
    "位": pgettext_lazy("measure", "位"),
    "项": pgettext_lazy("measure", "项"),
    "份": pgettext_lazy("measure", "份"),
    "册": pgettext_lazy("measure", "册"),
    "本": pgettext_lazy("measure", "本"),
    "部": pgettext_lazy("measure", "部"),
    "户": pgettext_lazy("measure", "户"),
    "家": pgettext_lazy("measure", "家"),
    "场": pgettext_lazy("measure", "场"),
    "场次": pgettext_lazy("measure", "场次"),
    "回": pgettext_lazy("measure", "回"),
    "笔": pgettext_lazy("measure", "笔"),
    "元": pgettext_lazy("measure", "元"),
    "万元": pgettext_lazy("measure", "万元"),
    "半天": pgettext_lazy("measure", "半天"),
    "天": pgettext_lazy("measure", "天"),
    "处": pgettext_lazy("measure", "处"),
    "则": pgettext_lazy("measure", "则"),
    "套": pgettext_lazy("measure", "套"),
    "幅": pgettext_lazy("measure", "幅"),
}


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def listed(items: Iterable[Any]) -> str:
    """甲、乙、丙 or “a, b, c”."""
    return ("、" if _chinese() else ", ").join(str(item) for item in items)


def clauses(parts: Iterable[Any]) -> str:
    """甲；乙 or “a; b”, without the empty ones."""
    return ("；" if _chinese() else "; ").join(str(part) for part in parts if str(part))


def sentences(*parts: Any) -> str:
    """Sentences one after another, each with its stop; empty ones are left out."""
    stop, space = ("。", "") if _chinese() else (".", " ")
    said = [str(part).strip() for part in parts if str(part).strip()]
    return space.join(part if part[-1] in "。！？.!?：:" else f"{part}{stop}" for part in said)


def measure(unit: Any) -> str:
    """A measure word in the reader's language; one that we do not know stays as it is written."""
    return str(MEASURES.get(str(unit), unit))
