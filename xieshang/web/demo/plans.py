"""The demo's plans."""

from datetime import date

from .people import County


def of_the_year(county: County, today: date) -> None:
    """Filled below."""
