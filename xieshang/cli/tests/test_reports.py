"""`report check`: exit 0 when all is as it was kept, 2 when a figure is not; the same in JSON."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from xieshang.cli.main import main
from xieshang.conftest import House
from xieshang.measure.reports import actions

pytestmark = pytest.mark.django_db


def _saved(path: Path, *lines: str) -> bytes:
    document = Document()
    for text in lines:
        document.add_paragraph(text)
    document.save(str(path))
    return path.read_bytes()


def test_a_report_that_comes_back_is_checked(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "总结.docx"
    data, by = _saved(file, "组织集体活动x次，走访企业x家。"), house.user("clerk")
    report = actions.start(
        house.county, data=data, name="总结.docx", start=date(2026, 1, 1), end=date(2026, 6, 30), by=by, now=house.now
    )
    actions.type_in(report.blanks.get(order=1), "38", by=by, now=house.now)
    report = actions.finish(report, by=by, now=house.now)
    kept = actions.download(report, clean=True)
    file.write_bytes(kept)

    assert main(["report", "check", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["code"], said["final"], said["same"], said["changed"]) == (report.versions.get().code, True, 1, [])
    assert [one["now"] for one in said["never"]] == ["38"]

    document = Document(io.BytesIO(kept))
    document.paragraphs[0].text = document.paragraphs[0].text.replace("38", "40")
    document.save(str(file))
    assert main(["report", "check", str(file)]) == 2
    told = capsys.readouterr()
    assert "留底 38，这里是 40" in told.out and "1 处不再是留底的数" in told.err
