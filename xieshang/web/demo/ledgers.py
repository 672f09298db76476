"""Two years of registers of the demo's units."""

from datetime import date
from random import Random

from .people import County


def two_years(county: County, today: date, dice: Random) -> None:
    """Filled below."""
