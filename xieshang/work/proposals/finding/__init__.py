"""Finding proposals: by words, and by likeness. One index for both, written with the record, made anew by `rebuild`."""

from xieshang.text.pairs import pieces

from .likeness import renew, similar
from .matching import matching, too_short
from .writing import catch_up, forget, index, rebuild

__all__ = ["catch_up", "forget", "index", "matching", "pieces", "rebuild", "renew", "similar", "too_short"]
