"""`xieshang document sample`: writes an example of an official kind."""

import pytest

from xieshang.cli.main import main
from xieshang.documents.samples import sample


def test_the_command_line_writes_one(tmp_path, capsys):
    assert main(["document", "sample", "letter", "-o", str(tmp_path / "a.docx")]) == 0
    assert (tmp_path / "a.docx").read_bytes() == sample("letter")
    assert str(tmp_path / "a.docx") in capsys.readouterr().out


def test_a_kind_that_is_not_there_is_named_with_those_that_are(capsys):
    with pytest.raises(SystemExit) as left:
        main(["document", "sample", "poem", "-o", "a.docx"])

    assert left.value.code == 2
    assert "“poem”" in (said := capsys.readouterr().err) and "special_report" in said
