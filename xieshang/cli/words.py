"""The words of the command line: Chinese, or English where `XIESHANG_LANG=en` asks for it.

Read from the catalogue itself, since some commands need neither Django nor a database.
"""

import gettext
import os
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


def language() -> str:
    """`en` or `zh-hans`."""
    return "en" if os.environ.get("XIESHANG_LANG", "").lower().startswith("en") else "zh-hans"


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("django", CATALOGUES, [code]) if code == "en" else gettext.NullTranslations()


def _(text: str) -> str:
    """A text in the language of this run."""
    return _catalogue(language()).gettext(text)


def N_(text: str) -> str:
    """Marks a text for the catalogue."""
    return text
