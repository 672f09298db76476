"""`make papers`: photographs the first page of each sample of an official paper into docs/shots/documents/ (needs LibreOffice)."""

import io
import sys
from pathlib import Path

from PIL import Image

from xieshang.documents import pages, pdf
from xieshang.documents.samples import SAMPLES

OUT = Path(__file__).resolve().parents[1] / "docs" / "shots" / "documents"
WIDE, MOST_BYTES = 700, 150_000


def main() -> int:
    """One PNG for each kind; 1 when one is too large."""
    OUT.mkdir(parents=True, exist_ok=True)
    too_large = 0
    for kind, made in SAMPLES.items():
        drawn = Image.open(io.BytesIO(pages.picture(pdf.to_pdf(made()), 1, wide=WIDE)))
        target = OUT / f"{kind}.png"
        drawn.quantize(48).save(target, optimize=True)
        print(f"{target.name}: {target.stat().st_size // 1000} KB")
        too_large += target.stat().st_size > MOST_BYTES
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
