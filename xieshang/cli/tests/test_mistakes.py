"""The command line: the examples in its help, what a person can get wrong in one line, and what it answers in JSON."""

import json
import socket
from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError

from xieshang.base import clock
from xieshang.base.ledger.models import PostedFact
from xieshang.base.orgs.models import Organization
from xieshang.cli import commands, main
from xieshang.documents.reading import read_document
from xieshang.work.activities.models import Activity

PLAN = """青石镇政协委员联络室2026年工作计划

一、工作任务
1、深入开展调研。年内组织集体活动不少于4次，组织2次专题调研活动。
2、加强学习，提高委员履职能力。
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys):
    """`run("plan", "show", …)` → (exit status, standard output, lines of standard error)."""

    def made(*argv):
        capsys.readouterr()
        status = main.main([str(one) for one in argv])
        said = capsys.readouterr()
        return status, said.out, said.err.splitlines()

    return made


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "计划.txt"
    path.write_text(PLAN)
    return path


# --- help -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", main.EXAMPLES)
def test_help_holds_an_example_that_the_command_line_understands(name, capsys):
    with pytest.raises(SystemExit) as left:
        main.main([*name.split(), "--help"])
    shown = capsys.readouterr().out
    example = main.EXAMPLES[name]
    argv = example[example.index("xieshang ") :].split()[1:]

    assert left.value.code == 0
    assert "例如：xieshang" in shown or "例如：XIESHANG" in shown
    assert "".join(example.split()) in "".join(shown.split())
    assert main.parser().parse_args(argv).run is getattr(commands, name.replace(" ", "_"))


@pytest.mark.parametrize(
    "argv", [[], ["plan"], ["plan", "show"], ["no-such"], ["plan", "show", "--org", "x", "--year", "zwei"]]
)
def test_what_the_command_line_cannot_parse_is_exit_2_with_one_line(argv, capsys):
    with pytest.raises(SystemExit) as left:
        main.main(argv)
    said = capsys.readouterr().err.splitlines()

    assert left.value.code == 2
    assert len(said) == 1


# --- mistakes ---------------------------------------------------------------------------------------------------------------------


def wrong(run, *argv):
    status, out, said = run(*argv)
    assert (status, len(said)) == (2, 1), (out, said)
    return said[0]


@pytest.mark.parametrize(
    "argv, said",
    [
        (("plan", "import", "{plan}", "--org", "none", "--year", 2026), "没有代码为“none”的单位"),
        (("plan", "import", "{plan}", "--org", "qingshi", "--year", 26), "年度“26”不对"),
        (("plan", "import", "nothing.docx", "--org", "qingshi", "--year", 2026), "找不到文件"),
        (("plan", "import", ".", "--org", "qingshi", "--year", 2026), "是文件夹"),
        (("plan", "import", "{plan}", "--org", "qingshi", "--year", 2026, "--document", 7), ""),
        (("plan", "import", "{empty}", "--org", "qingshi", "--year", 2026), ""),
        (("plan", "import", "{binary}", "--org", "qingshi", "--year", 2026), ""),
        (("plan", "show", "--org", "none", "--year", 2026), "没有代码为“none”的单位"),
        (("plan", "show", "--org", "qingshi", "--year", 2026, "--on", "30.6.2026"), "不是日期"),
        (("plan", "show", "--org", "qingshi", "--year", 20266), "不对"),
        (("activities", "import", "nothing.xlsx", "--org", "qingshi"), "找不到文件"),
        (("activities", "import", "{plan}", "--org", "qingshi"), ""),
        (("activities", "import", "{empty}", "--org", "none"), "没有代码为“none”的单位"),
        (("activities", "template", "-o", "no/such/folder/x.xlsx"), "不能写到"),
        (("activities", "template", "-o", "."), "不能写到"),
        (("report", "fill", "nothing.docx", "--org", "qingshi", "--year", 2026, "-o", "x.docx"), "找不到文件"),
        (("report", "fill", "{plan}", "--org", "none", "--year", 2026, "-o", "x.docx"), "没有代码为“none”的单位"),
        (("report", "fill", "{plan}", "--org", "qingshi", "--year", 2026, "-o", "x.docx", "--from", "2026-02-30"), "不是日期"),
        (("report", "fill", "{plan}", "--org", "qingshi", "--year", 2026, "-o", "x.docx", "--from", "2026-06-01", "--to", "2026-01-01"), "起日晚于止日"),
        (("report", "fill", "{plan}", "--org", "qingshi", "--year", 2026, "-o", "x.docx", "--as-of", "soon"), "不是日期"),
        (("report", "fill", "{plan}", "--org", "qingshi", "--year", 2026, "-o", "x.docx", "--as-of", "2026-06-30T99:00"), "不是日期"),
        (("report", "fill", "{empty}", "--org", "qingshi", "--year", 2026, "-o", "x.docx"), ""),
        (("ledger", "list", "--org", "none"), "没有代码为“none”的单位"),
        (("ledger", "list", "--from", "soon"), "不是日期"),
        (("ledger", "list", "--from", "2026-06-30", "--to", "2026-01-01"), "起日晚于止日"),
        (("ledger", "rebuild", "--reason", "  "), "还没有写理由"),
        (("plan", "read", "nothing.txt"), "找不到文件"),
        (("plan", "read", "."), "是文件夹"),
        (("plan", "read", "{binary}"), ""),
        (("plan", "read", "{empty}"), ""),
    ],
    ids=lambda value: " ".join(map(str, value))[:60] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_mistake_is_exit_2_with_one_line_that_says_what_to_do(house, run, plan, tmp_path, argv, said):
    (tmp_path / "空.docx").write_bytes(b"")
    (tmp_path / "坏.docx").write_bytes(bytes(range(256)) * 40)
    places = {"{plan}": plan, "{empty}": tmp_path / "空.docx", "{binary}": tmp_path / "坏.docx"}

    assert said in wrong(run, *(places.get(one, one) for one in argv))


def test_an_output_that_cannot_be_written_is_said_before_anything_is_lost(house, run, tmp_path):
    template = docx(tmp_path / "去年.docx", "组织集体活动x次。")

    assert "不能写到" in wrong(
        run, "report", "fill", template, "--org", "qingshi", "--year", 2026, "-o", tmp_path / "no" / "x.docx"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "argv",
    [("ledger", "list"), ("ledger", "verify"), ("plan", "show", "--org", "x", "--year", 2026), ("worker", "--once")],
)
def test_where_there_is_no_database_yet_it_is_said_in_one_line(run, monkeypatch, argv):
    def missing(*args, **given):
        raise OperationalError("no such table: ledger_fact")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", missing)

    assert "数据库还没有建好" in wrong(run, *argv)


def test_a_wrong_clock_is_said_in_one_line(run, monkeypatch):
    monkeypatch.setenv("XIESHANG_NOW", "gestern")

    assert "XIESHANG_NOW“gestern”不是时间" in wrong(run, "ledger", "verify")


def test_a_port_that_is_taken_is_said_before_anything_is_started(run, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"端口 {port} 用不了" in wrong(run, "serve", "--port", port)
    assert "不是端口号" in wrong(run, "serve", "--port", 99999)
    monkeypatch.setenv("PORT", "achtzig")
    assert "不是端口号" in wrong(run, "serve")


# --- plans ------------------------------------------------------------------------------------------------------------------------


def test_a_plan_is_read_without_a_database(run, plan):
    status, out, said = run("plan", "read", plan, "--json")

    assert (status, said) == (0, [])
    assert json.loads(out)["documents"][0]["targets"]


def test_a_plan_is_imported_shown_and_not_imported_twice(house, run, plan):
    status, out, _said = run("plan", "import", plan, "--org", "qingshi", "--year", 2026, "--accept-sure", "--json")
    made = json.loads(out)
    _status, out, _said = run("plan", "show", "--org", "qingshi", "--year", 2026, "--on", "2026-06-30", "--json")
    targets = json.loads(out)["targets"]

    assert status == 0
    assert made["accepted"]
    assert {"id", "plan", "quote", "indicator", "op", "goal", "actual", "expected_by_now", "state", "owner"} == set(
        targets[0]
    )
    assert all(isinstance(one["actual"], int | float | None) for one in targets)
    wrong(run, "plan", "import", plan, "--org", "qingshi", "--year", 2026)
    assert run("plan", "import", plan, "--org", "qingshi", "--year", 2026, "--revise")[0] == 0


def test_a_year_without_a_plan_shows_none(house, run):
    status, out, _said = run("plan", "show", "--org", "qingshi", "--year", 2026, "--json")

    assert (status, json.loads(out)["targets"]) == (0, [])


# --- activities ---------------------------------------------------------------------------------------------------------------------


def test_the_template_is_a_sheet_that_imports(house, run):
    assert run("activities", "template", "-o", "表样.xlsx")[0] == 0
    checked = run("activities", "import", "表样.xlsx", "--org", "qingshi", "--check")
    before = Activity.objects.count()
    made = run("activities", "import", "表样.xlsx", "--org", "qingshi")

    assert (checked[0], before) == (0, 0)
    assert (made[0], Activity.objects.count()) == (0, 1)
    assert PostedFact.objects.filter(kind="activities.collective", organization=house.township).count() == 1


def test_one_bad_row_writes_nothing_and_leaves_a_file_beside(house, run, tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "活动.xlsx"))
    sheet = book.add_worksheet()
    for n, row in enumerate((("标题", "日期"), ("好的", "2026-03-05"), ("坏的", "2026-02-30"))):
        sheet.write_row(n, 0, row)
    book.close()
    said = wrong(run, "activities", "import", "活动.xlsx", "--org", "qingshi")

    assert "第 3 行" in said
    assert Path("活动-错误.xlsx").exists()
    assert not Activity.objects.exists()


# --- reports ------------------------------------------------------------------------------------------------------------------------


def docx(path, *lines):
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_report_is_filled_and_what_was_filled_is_named(house, run, tmp_path):
    run("activities", "template", "-o", "表样.xlsx")
    run("activities", "import", "表样.xlsx", "--org", "qingshi")
    template = docx(tmp_path / "去年.docx", "20xx年工作总结", "一年来，组织集体活动x次，编发未知刊物x期。")
    status, out, said = run("report", "fill", template, "--org", "qingshi", "--year", 2026, "-o", "今年.docx", "--json")
    filled = json.loads(out)

    assert (status, said) == (0, [])
    assert set(filled) == {"blanks", "filled", "left", "figures"}
    assert filled["blanks"] == filled["filled"] + len(filled["left"])
    assert {"place", "indicator", "from", "to", "facts"} <= set(filled["figures"][0])
    assert "集体活动1次" in read_document(Path("今年.docx").read_bytes(), "今年.docx").text


# --- ledger and doctor ------------------------------------------------------------------------------------------------------------------


def test_the_ledger_is_listed_by_unit_kind_and_day(house, run):
    run("activities", "template", "-o", "表样.xlsx")
    run("activities", "import", "表样.xlsx", "--org", "qingshi")
    _status, out, _said = run("ledger", "list", "--org", "qingshi", "--kind", "activities.held", "--json")
    (row,) = [json.loads(line) for line in out.splitlines()]

    assert (row["org"], row["quantity"], row["reverses"]) == ("qingshi", 1, None)
    assert run("ledger", "list", "--org", "qingshi", "--kind", "activities.held", "--to", "2020-01-01")[1] == ""


def test_a_ledger_that_was_tampered_with_is_exit_2_and_is_put_right_with_a_reason(house, run):
    run("activities", "template", "-o", "表样.xlsx")
    run("activities", "import", "表样.xlsx", "--org", "qingshi")
    whole = run("ledger", "verify")
    PostedFact.objects.filter(kind="activities.held").delete()
    said = wrong(run, "ledger", "verify")
    rebuilt = run("ledger", "rebuild", "--reason", "少了一条")
    after = run("ledger", "verify")

    assert (whole[0], whole[2]) == (0, [])
    assert "核对不符" in said
    assert (rebuilt[0], after[0]) == (0, 0)
    assert "核对一致" in after[1]


def test_the_doctor_reports_version_database_units_and_problems(house, run):
    status, out, _said = run("doctor", "--json")
    found = json.loads(out)

    assert status == 0
    assert set(found) == {"version", "database", "orgs", "problems"}
    assert {"code": "qingshi", "name": "青石镇", "level": "township"} in found["orgs"]
    assert "青石镇" in run("doctor")[1]


def test_a_round_of_the_worker_ends(house, run):
    assert run("worker", "--once")[0] == 0


def test_a_day_is_one_day_everywhere():
    assert commands.day("2026-06-30") == date(2026, 6, 30)
    assert commands.day(None) is None
    assert clock.parse("2026-06-30").tzinfo is clock.SHANGHAI
    assert Organization._meta.label == "orgs.Organization"


def test_the_command_line_speaks_english_where_it_is_asked_to(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XIESHANG_LANG", "en")
    text = tmp_path / "plan.txt"
    text.write_text("某镇2026年工作计划\n\n一、组织视察不少于3次。\n", encoding="utf-8")
    with pytest.raises(SystemExit) as help_:
        main.main(["plan", "--help"])

    assert help_.value.code == 0 and "read a plan and list what is understood" in capsys.readouterr().out
    assert main.main(["plan", "read", str(text)]) == 0
    assert "1 quantified targets" in capsys.readouterr().out
    assert main.main(["plan", "read", str(tmp_path / "none.txt")]) == 2
    assert "there is no file" in capsys.readouterr().err
