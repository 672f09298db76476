"""Joining words as the reader's language does, and the measure words in it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as N_

MEASURES = (
    N_("次"), N_("件"), N_("篇"), N_("条"), N_("期"), N_("个"), N_("名"), N_("人"), N_("人次"), N_("位"), N_("项"), N_("份"), N_("册"), N_("本"), N_("部"),
    N_("户"), N_("家"), N_("场"), N_("场次"), N_("回"), N_("笔"), N_("元"), N_("万元"), N_("半天"), N_("天"), N_("处"), N_("则"), N_("套"), N_("幅"),
)  # fmt: skip


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def listed(items: Iterable[Any]) -> str:
    """甲、乙、丙 or “a, b, c”."""
    return ("、" if _chinese() else ", ").join(str(item) for item in items)


def sentences(*parts: Any) -> str:
    """Sentences one after another, each with its stop; empty ones are left out."""
    stop, space = ("。", "") if _chinese() else (".", " ")
    said = [str(part).strip() for part in parts if str(part).strip()]
    return space.join(part if part[-1] in "。！？.!?：:" else f"{part}{stop}" for part in said)


def measure(unit: Any) -> str:
    """A measure word in the reader's language; one that we do not know stays as it is written."""
    return gettext(str(unit)) if str(unit) in MEASURES else str(unit)
