"""Reading what is long: a Word file of two hundred pages, and five megabytes of plain text."""

import io
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from docx import Document

from xieshang.documents.reading import read_document
from xieshang.text.reading import read

from . import rounds, texts

PAGES = 200
PARAGRAPHS, CHARACTERS = 11, 56  # of a page: 22 lines of 28 characters
RUNS = 6  # in which Word stores a paragraph that was typed and corrected
SMALL, LARGE = 50 * 1024, 5 * 1024 * 1024  # bytes


def docx200() -> bytes:
    """Two hundred pages as an office writes them: headings, paragraphs in several runs, a table on every tenth page."""
    document = Document()
    words = texts.paper(PAGES * PARAGRAPHS * CHARACTERS).replace("\n", "")
    for page in range(PAGES):
        document.add_heading(f"第{page + 1}部分", 1)
        for n in range(PARAGRAPHS):
            at = (page * PARAGRAPHS + n) * CHARACTERS
            paragraph = document.add_paragraph()
            for k in range(RUNS):
                piece = CHARACTERS // RUNS + 1
                paragraph.add_run(words[at + k * piece : at + (k + 1) * piece]).bold = k == 0
        if page % 10 == 0:
            rows = document.add_table(12, 5).rows
            for number, row in enumerate(rows):
                for column, cell in enumerate(row.cells):
                    cell.text = f"{number}.{column} 组织视察不少于{number}次"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_s() -> dict[str, Any]:
    """From the bytes to the text."""
    data = docx200()
    spent = rounds.seconds(lambda: read_document(data, "a.docx"))
    return {
        "value": round(median(spent), 3), "unit": "s", "aim": 3.0, "baseline": None, "samples": [round(one, 3) for one in spent], "bytes": len(data),
        "characters": len(read_document(data, "a.docx").text),
    }  # fmt: skip


def docx_mb() -> dict[str, Any]:
    """The most memory a process of its own has had that starts, loads the modules and reads the file."""
    code = "import sys; from bench.lengthy import peak; peak(sys.stdin.buffer.read())"
    done = subprocess.run([sys.executable, "-c", code], input=docx200(), capture_output=True, check=True)
    whole = float(done.stdout)
    return {"value": whole, "unit": "MB", "aim": 200.0, "baseline": None, "samples": [whole]}


def peak(data: bytes) -> None:
    """Read it, and print how many MB this process has needed at most.

    Linux hands `ru_maxrss` on from who started it: after a bench of 5 MB it would say that one's. The high-water mark of /proc begins anew.
    """
    read_document(data, "a.docx")
    said = Path("/proc/self/status").read_text(encoding="ascii")
    most = next(line for line in said.splitlines() if line.startswith("VmHWM"))
    print(round(int(most.split()[1]) / 1024, 1))


def linear() -> dict[str, Any]:
    """How much longer a kilobyte takes to read in five megabytes than in fifty kilobytes, from the bytes to the targets."""
    small, large = _text(SMALL), _text(LARGE)
    few = median(rounds.seconds(lambda: _read(small), 5)) / len(small)
    began = time.perf_counter()
    _read(large)  # once: it takes long, and everything is warm
    many = (time.perf_counter() - began) / len(large)
    return {
        "value": round(many / few, 2), "unit": "×", "aim": 1.3, "baseline": round(few * 1024 * 1000, 3), "samples": [round(many * 1024 * 1000, 3)],
        "ms": round(many * len(large) * 1000, 0),
    }  # fmt: skip


def _text(size: int) -> bytes:
    return texts.paper(size // 3).encode()[:size]


def _read(data: bytes) -> object:
    return read(read_document(data, "a.txt").text)
