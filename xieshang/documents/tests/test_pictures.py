"""The first page of each official paper, printed and photographed: the pictures in docs/ are what the writer makes today.

`make papers` runs these tests with XIESHANG_PICTURES=draw: then they write the pictures instead of comparing them.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from xieshang.documents import pages
from xieshang.documents.samples import SAMPLES
from xieshang.documents.tests.printed import printed

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "shots" / "documents"
WIDE, MOST_BYTES = 700, 150_000
COARSE = (35, 50)  # what is left of the strokes of a font at that size is how grey a place is
ALIKE = 3.0  # of 255, on the whole page: the same page is within 0.1, the two likest papers are 4 apart


def drawn(kind):
    return Image.open(io.BytesIO(pages.picture(printed(kind), 1, wide=WIDE)))


def apart(one, other):
    """How far two pages differ, 0 to 255."""
    coarse = [page.convert("L").resize(COARSE, Image.Resampling.BOX) for page in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*coarse)).mean[0]


@pytest.mark.office
@pytest.mark.parametrize("kind", SAMPLES)
def test_the_picture_in_the_docs_is_what_is_printed(kind):
    target = PICTURES / f"{kind}.png"
    page = drawn(kind)
    if os.environ.get("XIESHANG_PICTURES") == "draw":
        page.quantize(48).save(target, optimize=True)
    assert target.stat().st_size <= MOST_BYTES
    kept = Image.open(target)
    assert kept.size == page.size
    assert apart(kept, page) < ALIKE, "make papers draws it anew"


def test_no_two_papers_are_taken_for_each_other():
    kept = {kind: Image.open(PICTURES / f"{kind}.png") for kind in SAMPLES}
    pairs = [(one, other) for one in kept for other in kept if one < other and kept[one].size == kept[other].size]
    assert all(apart(kept[one], kept[other]) > ALIKE for one, other in pairs)


def test_there_is_a_picture_of_each_kind_and_no_other():
    assert {path.stem for path in PICTURES.glob("*.png")} == set(SAMPLES)
