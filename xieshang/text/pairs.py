"""A text as the set of its pairs of neighbouring characters, each a whole number: what an index of Chinese keeps, having no spaces between words."""

from __future__ import annotations

import re
import sys
from array import array
from unicodedata import is_normalized, normalize

GAP = 0x20  # stands between two clauses in a plain text; a pair never bridges it
SPACES = re.compile(r"\s+")
MARKS = re.compile(r"(?:[^\w.]|_|(?<!\d)\.|\.(?!\d))+")  # the point of 2.5 stays
PRIVATE = 0xE000  # no letter of any text: the second half of a pair that names a number
HALF, WHOLE = 1 << 16, 1 << 32


def plain(text: str) -> str:
    """Letters, figures and Han in one width and one case; lines run together, marks become a gap.

    >>> plain("5Ｇ 基站，\\n农村公\\n路")
    '5g基站 农村公路'
    """
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return MARKS.sub(" ", SPACES.sub("", text.lower())).strip()


def pairs(text: str) -> set[int]:
    """The pairs of a plain text, each as the two code units in one signed 32-bit number."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) < 4:
        return set()
    if len(units) % 4:
        units += b" \0"
    even, odd = array("i", units), array("i", units[2:-2])
    if sys.byteorder == "big":
        even.byteswap()
        odd.byteswap()
    found = set(even)
    found.update(odd)
    return {pair for pair in found if pair & 0xFFFF != GAP and pair >> 16 != GAP}


def number(n: int) -> int:
    """What stands for a record's own number among its pairs."""
    return (PRIVATE << 16 | n % HALF) - WHOLE


def length(piece: str) -> int:
    """In code units: a rare character outside the first plane is two, and a pair by itself."""
    return len(piece.encode("utf-16-le", "surrogatepass")) // 2


def pieces(words: str) -> list[str]:
    """What was typed into a search, as plain words without gaps.

    >>> pieces("《义务教育法》 5G基站")
    ['义务教育法', '5g基站']
    """
    found = []
    for word in words.split():
        parts = plain(word).split()
        found += parts if len(parts) == 1 else [part for part in parts if length(part) > 1]
    return found
