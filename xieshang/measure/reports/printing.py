"""How a figure is printed in a text, and whether a printed figure tells the truth.

近 40 is said of 38 and never of 41, 40 余 of 41 and never of 38; 97.96% may be written 98%, never 100%; money is turned from 元 to 万元.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

NEAR = re.compile(r"(?:将近|接近|近)\s*\Z")
ABOUT = re.compile(r"(?:大约|约)\s*\Z")
MORE = re.compile(r"\s*(?:余|多)")
SCALES = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
CLOSE = Decimal("0.1")  # as far as a rounded figure may be from the real one
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def scaled(value: Decimal, measure: str, unit: str | None) -> Decimal:
    """The value in the measure word that the text prints: 186000 元 as 18.6 万元. Only money is turned."""
    if unit and unit != measure and measure in SCALES and unit in SCALES:
        return value * SCALES[measure] / SCALES[unit]
    return value


def written(value: Decimal, head: str, tail: str) -> str | None:
    """The figure between the words that the text has around it; None where it would not be true.

    head, tail  the clause before the mark and behind it
    """
    if NEAR.search(head):
        return _rounded(value, ROUND_CEILING)
    if MORE.match(tail):
        return _rounded(value, ROUND_FLOOR)
    if ABOUT.search(head):
        return _rounded(value, ROUND_HALF_UP) or plain(value)
    return plain(value)


def plain(value: Decimal) -> str:
    """Without needless zeros and without separators; at most four decimals."""
    text = f"{value.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounded(value: Decimal, way: str) -> str | None:
    """The nearest round figure above, below or beside, strictly another than the value and not far from it."""
    for step in _steps(value):
        found = (value / step).quantize(Decimal(1), way) * step
        if found > 0 and found != value and abs(found - value) <= CLOSE * max(found, value):
            return plain(found)
    return None


def _steps(value: Decimal) -> list[Decimal]:
    """A figure with decimals is rounded to whole ones first, a whole one to tens and hundreds."""
    whole = value == value.to_integral_value()
    digits = len(str(int(abs(value))))
    tens = [Decimal(10) ** power for power in range(max(1, digits - 2), digits)] or [Decimal(10)]
    return tens if whole else [Decimal(1), *tens]


def tells_truth(typed: str, value: Decimal, measure: str, unit: str | None, head: str, tail: str) -> bool:
    """Does the typed text say `value`? Its own 近, 约, 余, 多 and those around it are heeded; a rate may be rounded, but never to 100."""
    found = NUMBER.search(typed.replace(",", "").replace("，", ""))
    if found is None:
        return False
    said, real = Decimal(found[0]), scaled(value, measure, unit)
    head, tail = head + typed[: found.start()], typed[found.end() :] + tail
    off = abs(said - real) <= CLOSE * max(said, real)
    if NEAR.search(head):
        return real < said and off
    if MORE.match(tail):
        return real > said and off
    if ABOUT.search(head):
        return off
    if measure == "%" and said != real:
        decimals = Decimal(1).scaleb(-len(found[0].partition(".")[2]))
        return real.quantize(decimals, ROUND_HALF_UP) == said and said not in (0, 100)
    return said == real


def roundings(value: Decimal, measure: str, head: str, tail: str) -> list[str]:
    """Other ways to write the value that are still true: 38 近40, 41 40余, 97.96 98 (never 100). None where the text already rounds."""
    if NEAR.search(head) or ABOUT.search(head) or MORE.match(tail) or value <= 0:
        return []
    if measure == "%":
        whole = [value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in (1, 0)]
        return list(dict.fromkeys(plain(one) for one in whole if one != value and 0 < one < 100))
    offered = []
    if above := _rounded(value, ROUND_CEILING):
        offered.append(f"近{above}")
    if below := _rounded(value, ROUND_FLOOR):
        offered.append(f"{below}余")
    return offered


def shares(values: Sequence[Decimal], places: int) -> list[Decimal]:
    """Shares of one whole, rounded so that they add to 100 again: what is left over goes to those that lost most."""
    step = Decimal(1).scaleb(-places)
    floors = [value.quantize(step, ROUND_FLOOR) for value in values]
    left = int((Decimal(100) - sum(floors)) / step)
    for n in sorted(range(len(values)), key=lambda n: floors[n] - values[n])[: max(left, 0)]:
        floors[n] += step
    return floors
