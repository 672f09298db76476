"""Text from pictures, where the optional package for it is installed (`pip install rapidocr onnxruntime`); else a scan stays a scan.

What is recognised is never as sure as what was typed: each line comes with how sure it is, and whoever shows it says so.
"""

import importlib.util
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from PIL import Image

from xieshang.documents.errors import DocumentError
from xieshang.documents.layout import Run

SURE = 0.985  # a line below this is doubtful: the mean of its characters, of which one wrong in thirty takes 0.02 away
NOISE = 0.7  # a page most of whose lines are below this was not recognised at all
LEAST = 0.3  # a line below this is noise: stamps, stains, the grain of the paper
MOST_PIXELS = 60_000_000
MOST_PAGES = 30  # a page takes two or three seconds


@dataclass(frozen=True)
class Recognised:
    """One line of a picture: its words, how sure they are (0..1), and its box in pixels from the upper left."""

    text: str
    sure: float
    left: float
    top: float
    right: float
    bottom: float


Recogniser = Callable[[Image.Image], Sequence[Recognised]]


def recogniser() -> Recogniser | None:
    """What reads pictures here; None where the optional package is not installed."""
    return _rapidocr() if importlib.util.find_spec("rapidocr") and importlib.util.find_spec("onnxruntime") else None


@cache
def _rapidocr() -> Recogniser:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})  # pages stand upright

    def read(picture: Image.Image) -> Sequence[Recognised]:
        import numpy

        found: Any = engine(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
        if found.boxes is None:
            return []
        return [_line(*one) for one in zip(found.boxes, found.txts, found.scores, strict=True)]

    return read


def _line(box: Any, text: str, sure: float) -> Recognised:
    across, down = [float(corner[0]) for corner in box], [float(corner[1]) for corner in box]
    return Recognised(text, float(sure), min(across), min(down), max(across), max(down))


def picture_of(data: bytes) -> Image.Image:
    """A photo or scan, opened. Raises DocumentError: broken, zip_bomb."""
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise DocumentError("zip_bomb")
        picture.load()
        return picture
    except DocumentError:
        raise
    except Exception as error:  # the decoders raise OSError, SyntaxError, struct.error and more for what is broken
        raise DocumentError("broken") from error


def runs_of(picture: Image.Image, read: Recogniser, width: float) -> tuple[Run, ...]:
    """What is recognised on a picture of a page that is so many points wide, as runs of a page; nothing when it is mere noise."""
    found = [one for one in read(picture) if one.sure >= LEAST and one.text.strip()]
    if not found or median(one.sure for one in found) < NOISE:
        return ()
    scale = width / max(1, picture.width)
    return tuple(
        Run(one.text.strip(), one.left * scale, one.right * scale, (picture.height - one.bottom) * scale, (picture.height - one.top) * scale, one.sure)
        for one in found
    )  # fmt: skip
