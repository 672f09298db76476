"""What a person can get wrong: one clear sentence that says what to do, the right status, nothing typed lost, nothing written; the same on the command line."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from lxml import html

from xieshang.base import clock
from xieshang.base.accounts.roles import Role
from xieshang.base.files import storage
from xieshang.cli import commands, main
from xieshang.conftest import NOON, House, build
from xieshang.documents import guard, reading, sheets
from xieshang.documents.sheets import write_xlsx
from xieshang.measure.plans.models import Paper, Plan
from xieshang.measure.reports.models import Report
from xieshang.work.activities import actions
from xieshang.work.activities import sheets as activity_sheets
from xieshang.work.activities.models import Activity

from .world import RUNNING, docx, held, template

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]")
WHAT_TO_DO = re.compile(r"请|可以|再|改")  # every sentence ends with what the person can do


def ole(stream: str) -> bytes:
    """The head of an old Office file; an encrypted .docx is one with this stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 2048


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without(data: bytes, part: str) -> bytes:
    """A package with one part left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return out.getvalue()


WORD = docx("计划", "一、学习", "1、组织学习不少于2次。")
SHEET = activity_sheets.template()
BINARY = bytes(range(256)) * 64
KINDS = {
    # what is wrong: (content, the ending of its name; {} takes the ending that the door wants)
    "empty": (b"", "{}"),
    "only_spaces": (b" \r\n\t ", "{}"),
    "broken": (cut(WORD), ".docx"),
    "broken_sheet": (cut(SHEET), ".xlsx"),
    "no_content": (without(WORD, "word/document.xml"), ".docx"),
    "encrypted": (ole("EncryptedPackage"), "{}"),
    "old_word": (ole("WordDocument"), "{}"),
    "misnamed_text": ("组织集体活动x次".encode(), ".docx"),
    "misnamed_pdf": (b"%PDF-1.7 \n%\xe2\xe3", "{}"),
    "misnamed_picture": (b"\xff\xd8\xff\xe0" + b"\x00" * 400, "{}"),
    "binary": (BINARY, "{}"),
    "unknown_kind": ("计划".encode(), ".exe"),
    "no_ending": ("计划".encode(), ""),
}


def one_sentence(page: str) -> str:
    """The one place of the page that says what is wrong and what to do."""
    tree = html.fromstring(page)
    said = [
        " ".join(found.text_content().split())
        for found in tree.xpath(
            "//main//*[contains(@class,'field__error') or contains(@class,'note--warn') or contains(@class,'note--stop')]"
        )
    ]
    said = list(dict.fromkeys(one for one in said if one))
    assert said, f"nothing says what is wrong: {' '.join(tree.xpath('//main')[0].text_content().split())[:300]}"
    return said[0]


def clear(sentence: str) -> None:
    assert HAN.search(sentence) and WHAT_TO_DO.search(sentence), f"it does not say what to do: {sentence}"
    assert not re.search(r"Traceback|Error|Exception|None|\{|\}|参数|失败码", sentence), f"system talk: {sentence}"
    assert len(sentence) < 200, f"too long to be read: {sentence}"


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for the module; what a test does in it is rolled back."""
    folder = tmp_path_factory.mktemp("house")
    with (
        django_db_blocker.unblock(),
        override_settings(DATA=folder, MEDIA_ROOT=folder / "files"),
        clock.at(NOON),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def clerk(house: House, client: Client) -> Client:
    client.force_login(house.user(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    return client


Send = Callable[[bytes, str], Any]


def doors(clerk: Client) -> dict[str, tuple[str, Send, Callable[[], int]]]:
    """Name → the ending it wants, how a file is handed in, how much was written."""

    def plan(data: bytes, name: str) -> Any:
        return clerk.post("/plans/import", {"file": SimpleUploadedFile(name, data), "pasted": "我另外粘贴的一段话"})

    def report(data: bytes, name: str) -> Any:
        typed = {"title": "二月小结", "period": "own", "start": "2026-02-01", "end": "2026-02-28"}
        return clerk.post("/reports/new", {"file": SimpleUploadedFile(name, data), **typed})

    def activities(data: bytes, name: str) -> Any:
        return clerk.post("/activities/import", {"file": SimpleUploadedFile(name, data)})

    return {
        "plan": (".txt", plan, Paper.objects.count),
        "report": (".docx", report, Report.objects.count),
        "activities": (".xlsx", activities, Activity.objects.count),
    }


TYPED = {"plan": "我另外粘贴的一段话", "report": "二月小结", "activities": ""}


@pytest.mark.parametrize("door", ["plan", "report", "activities"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_cannot_be_used_gets_one_sentence(clerk: Client, door: str, kind: str) -> None:
    wanted, send, written = doors(clerk)[door]
    data, ending = KINDS[kind]
    answer = send(data, f"文件{ending.format(wanted) if '{}' in ending else ending}")
    page = answer.content.decode()
    assert answer.status_code == 422, f"{answer.status_code} {answer.get('Location', '')}"
    clear(one_sentence(page))
    assert TYPED[door] in page, "what was typed beside the file is lost"
    assert written() == 0


@pytest.mark.parametrize("door", ["plan", "report", "activities"])
def test_a_file_over_the_limit_gets_one_sentence(clerk: Client, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (guard, reading, storage):
        monkeypatch.setattr(module, "MAX_BYTES", 4000, raising=False)
    monkeypatch.setattr(guard.check_size, "__defaults__", (4000,))
    wanted, send, written = doors(clerk)[door]
    data = {
        "plan": ("组织学习不少于2次。" * 400).encode(),
        "report": template() + b"\0" * 4000,
        "activities": SHEET + b"\0" * 4000,
    }[door]
    answer = send(data, f"大文件{wanted}")
    assert answer.status_code in (413, 422)
    sentence = one_sentence(answer.content.decode())
    clear(sentence)
    assert re.search("MB|太大|超过", sentence), sentence
    assert written() == 0


def test_twenty_one_real_megabytes_are_refused_kindly(clerk: Client) -> None:
    text = ("组织集体学习不少于2次。\n".encode() * (21 * 1024 * 1024 // 34 + 1))[: 21 * 1024 * 1024]
    answer = clerk.post("/plans/import", {"file": SimpleUploadedFile("大计划.txt", text)})
    assert answer.status_code in (413, 422)
    assert "20 MB" in one_sentence(answer.content.decode())
    assert Paper.objects.count() == 0


def test_more_than_a_form_can_carry_is_refused_in_words(clerk: Client) -> None:
    answer = clerk.post("/plans/import", {"pasted": "组织学习不少于2次。" * 400_000})
    assert answer.status_code == 413
    page = answer.content.decode()
    clear(" ".join(html.fromstring(page).xpath("//main")[0].text_content().split()))
    assert Paper.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_read(clerk: Client, encoding: str) -> None:
    answer = clerk.post(
        "/plans/import", {"file": SimpleUploadedFile("计划.txt", RUNNING.format(unit="云岭县").encode(encoding))}
    )
    assert answer.status_code == 302
    assert "组织2次专题调研活动" in Paper.objects.get().text


def test_a_wrong_encoding_is_not_guessed(clerk: Client) -> None:
    answer = clerk.post(
        "/plans/import",
        {"file": SimpleUploadedFile("计划.txt", RUNNING.encode("shift_jis", "replace") + b"\xff\xfe\x81")},
    )
    assert answer.status_code == 422
    clear(one_sentence(answer.content.decode()))
    assert Paper.objects.count() == 0


def test_a_plan_without_targets_says_so_and_can_be_used(clerk: Client) -> None:
    kept = clerk.post("/plans/import", {"pasted": "会议纪要\n\n今天天气很好，大家都来了。\n"}, follow=True)
    paper = Paper.objects.get()
    assert "没有识别出" in kept.content.decode() or "识别出量化任务 0 项" in kept.content.decode()
    page = clerk.post(
        f"/plans/import/{paper.pk}", {"document": 1, "year": 2026, "source": "own"}, follow=True
    ).content.decode()
    assert "没有识别出量化任务" in page
    clear(one_sentence(page) if "note--warn" in page else "没有写次数的句子，可以直接启用")


def test_the_same_plan_twice_is_refused_and_says_where_the_first_is(clerk: Client) -> None:
    for _ in range(2):
        clerk.post("/plans/import", {"pasted": RUNNING.format(unit="云岭县")})
        answer = clerk.post(f"/plans/import/{Paper.objects.get().pk}", {"document": 1, "year": 2026, "source": "own"})
    assert answer.status_code == 422
    sentence = one_sentence(answer.content.decode())
    clear(sentence)
    assert "已经导入过" in sentence
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2019-05-01", "任期"),
        ("2026-09-01", "还没有到|未到|今天以后|将来|之后"),
        ("2026-13-45", "没有这一天|日期"),
        ("", "日期"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_day_and_all_that_was_typed_stays(
    clerk: Client, on: str, words: str
) -> None:
    typed = {
        "title": "走访企业",
        "kind": "visit",
        "on": on,
        "half_days": "1",
        "place": "工业园二号",
        "outcome": "收集意见七条",
    }
    answer = clerk.post("/activities/new", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(words, one_sentence(page))
    for kept in ("走访企业", "工业园二号", "收集意见七条"):
        assert kept in page, f"lost: {kept}"
    assert Activity.objects.count() == 0


def test_of_two_who_save_the_same_record_the_second_sees_both_and_loses_nothing(house: House, clerk: Client) -> None:
    activity = held(house.county, house.user(Role.CLERK), house.now, title="视察小学")
    actions.correct(
        activity,
        fields={"place": "第二小学"},
        presence=None,
        by=house.user(Role.CLERK),
        now=house.now,
        seen=activity.version,
        reason="地点改了",
    )
    typed = {
        "title": "视察中心小学和食堂",
        "kind": "inspection",
        "on": "2026-03-12",
        "half_days": "1",
        "place": "中心小学",
        "reason": "补上食堂",
    }
    answer = clerk.post(f"/activities/{activity.pk}/edit", {**typed, "seen": activity.version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第二小学" in page, "theirs is not shown"
    assert "视察中心小学和食堂" in page and "补上食堂" in page, "what was typed is lost"
    clear(one_sentence(page))
    activity.refresh_from_db()
    assert (activity.title, activity.place) == ("视察小学", "第二小学")
    seen = html.fromstring(page).xpath("//input[@name='seen']/@value")[0]
    assert (
        clerk.post(f"/activities/{activity.pk}/edit", {**typed, "seen": seen}).status_code == 302
    )  # having seen both, it can be saved


def test_of_two_who_change_the_same_target_the_second_is_told_who_was_first(house: House, clerk: Client) -> None:
    clerk.post("/plans/import", {"pasted": RUNNING.format(unit="云岭县")})
    clerk.post(f"/plans/import/{Paper.objects.get().pk}", {"document": 1, "year": 2026, "source": "own"})
    target = Plan.objects.get().targets.get(quote__contains="集体活动")
    goal = {
        "kind": "quantified",
        "op": "at_least",
        "unit": "次",
        "indicator": "activities.collective",
        "seen": target.version,
    }
    assert clerk.post(f"/plans/targets/{target.pk}/correct", {**goal, "value": "5"}).status_code == 302
    answer = clerk.post(f"/plans/targets/{target.pk}/correct", {**goal, "value": "6"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert str(house.user(Role.CLERK)) in page and "尚未保存" in page
    assert "6" in page and "5" in page
    target.refresh_from_db()
    assert target.value == 5


def test_a_sheet_with_one_bad_row_writes_none_and_gives_it_back(clerk: Client) -> None:
    heads = list(activity_sheets.HEADINGS)
    rows = [["视察小学", "2026-03-05", "视察"], ["走访企业", "哪一天", "走访"], ["", "2026-03-07", "走访"]]
    data = write_xlsx("活动", heads, [row + [""] * (len(heads) - len(row)) for row in rows])
    answer = clerk.post("/activities/import", {"file": SimpleUploadedFile("活动.xlsx", data)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Activity.objects.count() == 0
    [link] = {one for one in html.fromstring(page).xpath("//a/@href") if one.endswith("refused.xlsx")}
    returned = sheets.read_rows(clerk.get(link).content, "需要改的.xlsx")
    assert any("哪一天" in str(row) for row in returned)
    assert re.search("日期", str(returned[2:])), "the reason does not stand beside the row"


# --- the same on the command line: exit 2, one line on standard error ----------------------------------------------------------


@pytest.fixture
def run(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.setattr(commands, "django", lambda: None)  # the tests have set it up

    def ran(*args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main.main(list(args))
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def refused(outcome: tuple[int, str, str]) -> str:
    code, out, err = outcome
    assert code == 2, f"exit {code}\n{out}\n{err}"
    assert len(err.strip().splitlines()) == 1, f"more than one line: {err}"
    assert "Traceback" not in err
    return err.strip()


@pytest.mark.parametrize("command", ["plan", "report", "activities", "read"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_command_line_says_the_same_in_one_line(
    run: Callable[..., Any], tmp_path: Path, command: str, kind: str
) -> None:
    wanted = {"plan": ".txt", "read": ".txt", "report": ".docx", "activities": ".xlsx"}[command]
    data, ending = KINDS[kind]
    file = tmp_path / f"文件{ending.format(wanted) if '{}' in ending else ending}"
    file.write_bytes(data)
    args = {
        "plan": ["plan", "import", str(file), "--org", "yunling", "--year", "2026"],
        "read": ["plan", "read", str(file), "--json"],
        "report": ["report", "fill", str(file), "--org", "yunling", "--year", "2026", "-o", str(tmp_path / "out.docx")],
        "activities": ["activities", "import", str(file), "--org", "yunling"],
    }[command]
    clear(refused(run(*args)))
    assert (Paper.objects.count(), Activity.objects.count(), (tmp_path / "out.docx").exists()) == (0, 0, False)


def test_the_command_line_refuses_what_a_person_can_put_right(run: Callable[..., Any], tmp_path: Path) -> None:
    plan = tmp_path / "计划.txt"
    plan.write_text(RUNNING.format(unit="云岭县"))
    many = tmp_path / "两份.txt"
    many.write_text(f"{RUNNING.format(unit='甲')}\n\n\n{RUNNING.format(unit='乙')}")
    bring = ["plan", "import", str(plan), "--org", "yunling", "--year", "2026"]
    for args, words in (
        (["plan", "import", str(tmp_path / "没有.txt"), "--org", "yunling", "--year", "2026"], "找不到"),
        (["plan", "import", str(tmp_path), "--org", "yunling", "--year", "2026"], "文件夹"),
        ([*bring[:4], "nowhere", *bring[5:]], "没有代码"),
        ([*bring[:6], "26"], "年"),
        ([*bring, "--document", "9"], "第|份"),
        (["plan", "show", "--org", "yunling", "--year", "2026", "--on", "昨天"], "不是日期"),
        (["ledger", "rebuild", "--reason", " "], "理由"),
        (["activities", "template", "-o", str(tmp_path / "no" / "where.xlsx")], "不能写"),
        (
            [
                "report",
                "fill",
                str(plan),
                "--org",
                "yunling",
                "--year",
                "2026",
                "-o",
                str(tmp_path / "o.docx"),
                "--from",
                "2026-05-01",
                "--to",
                "2026-01-01",
            ],
            "晚于",
        ),
    ):
        assert re.search(words, refused(run(*args))), args
    with clock.at("2026-06-30T12:00:00"):
        assert run(*bring)[0] == 0
        assert "已经导入过" in refused(run(*bring))
        assert run(*bring, "--revise")[0] == 0
    assert Plan.objects.count() == 1


def test_the_command_line_names_the_bad_row_and_leaves_a_file_beside_it(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    heads = list(activity_sheets.HEADINGS)
    file = tmp_path / "活动.xlsx"
    file.write_bytes(write_xlsx("活动", heads, [["走访企业", "2019-01-01", "走访"] + [""] * (len(heads) - 3)]))
    said = refused(run("activities", "import", str(file), "--org", "yunling"))
    assert "第 2 行" in said and "什么都没有写入" in said
    assert len(list(tmp_path.glob("*错误*.xlsx"))) == 1
    assert Activity.objects.filter(on__lt=date(2020, 1, 1)).count() == 0
