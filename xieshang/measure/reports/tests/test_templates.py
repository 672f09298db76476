"""The office's own templates: kept in versions, tried before use, and the reports begun from them."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.ledger.verify import verify
from xieshang.conftest import House
from xieshang.measure.plans import actions as plans
from xieshang.measure.reports import actions, keeping, lastyear, queries
from xieshang.measure.reports.models import Report, Template

from .template import held, template, texts
from .test_places import table

PLAN = "云岭县政协2026年工作计划\n\n一、履职活动\n\n1、年内组织集体活动不少于4次。\n\n2、开展专题调研2次。\n".encode()
SAYS = (
    "{{单位}}{{年份}}年小结",
    "组织集体活动{{集体活动}}次。",
    "{{#每个量化任务}}",
    "{{任务}}：{{完成}}，{{进度}}",
    "{{/每个量化任务}}",
)


@pytest.fixture
def planned(house: House) -> House:
    held(house, on=date(2026, 2, 3))
    held(house, on=date(2026, 5, 6))
    plans.bring_in(
        house.county, year=2026, data=PLAN, name="计划.txt", accept_sure=True, by=house.user("clerk"), now=house.now
    )  # fmt: skip
    return house


def uploaded(house: House, *says: str, **more: str) -> Template:
    return keeping.upload(
        house.county, data=template(*(says or SAYS)), name="小结.docx", by=house.user("clerk"), now=house.now, **more
    )


def begun(house: House, made: Template, end: date = date(2026, 12, 31)) -> Report:
    version = queries.newest(made)
    return actions.start(
        house.county, data=keeping.content(version), name=version.name, start=date(2026, 1, 1), end=end, made_from=version,
        by=house.user("clerk"), now=house.now,
    )  # fmt: skip


def test_a_template_keeps_its_versions_and_who_uploaded_them(house: House) -> None:
    made = uploaded(house, note="年中用")
    keeping.replace(
        made, data=template("共x次"), name="新.docx", note="短些", by=house.user("clerk"), now=house.now, seen=1
    )

    assert [(v.number, v.name, v.note, v.by) for v in made.versions.all()] == [
        (2, "新.docx", "短些", house.user("clerk")), (1, "小结.docx", "", house.user("clerk")),
    ]  # fmt: skip
    assert texts(keeping.content(made.versions.get(number=1)))[1] == "组织集体活动{{集体活动}}次。"
    assert [e.verb for e in Entry.objects.filter(record=made.ref).order_by("id")] == [
        "reports.upload",
        "reports.replace",
    ]


def test_only_the_office_s_staff_may_upload(house: House) -> None:
    with pytest.raises(NotAllowed):
        keeping.upload(house.county, data=template("x次"), name="a.docx", by=house.user("member"), now=house.now)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [(b"no", "a.docx", "misnamed"), (template("x次"), "a.doc", "misnamed"), (b"", "a.docx", "empty")],
)
def test_a_file_that_is_no_docx_is_refused(house: House, data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as error:
        keeping.upload(house.county, data=data, name=name, by=house.user("clerk"), now=house.now)

    assert (error.value.code, error.value.field) == (code, "file")


def test_two_templates_in_use_have_two_names_and_a_retired_one_gives_its_name_free(house: House) -> None:
    made = uploaded(house, title="半年小结")
    with pytest.raises(Refused, match="已经有一个叫“半年小结”的模板"):
        uploaded(house, title="半年小结")

    keeping.retire(made, by=house.user("clerk"), now=house.now)
    uploaded(house, title="半年小结")

    assert [one.template.title for one in queries.usable(house.user("clerk"), house.county)] == ["半年小结"]
    with pytest.raises(Refused):
        keeping.use_again(made, by=house.user("clerk"), now=house.now)


def test_a_report_says_from_which_version_it_was_made_and_keeps_it(planned: House) -> None:
    made = uploaded(planned)
    report = begun(planned, made)
    keeping.replace(made, data=template("别的x次"), name="新.docx", by=planned.user("clerk"), now=planned.now)

    assert str(report.made_from) == "小结第 1 版"
    assert report.title == "云岭县政协2026年小结"
    done = texts(actions.download(report, clean=True))
    assert done[1:4] == [
        "组织集体活动2次。",
        "年内组织集体活动不少于4次：2，正常推进",
        "开展专题调研2次：0，未到期",
    ]


def test_a_refresh_brings_the_figures_and_the_words_of_the_tasks(planned: House) -> None:
    report = begun(planned, uploaded(planned))
    for day in (date(2026, 6, 1), date(2026, 6, 2)):
        held(planned, on=day)

    changed = actions.refresh(report, by=planned.user("clerk"), now=planned.now)

    assert {(c.old, c.new) for c in changed} == {("2", "4")}
    assert texts(actions.download(report, clean=True))[2] == "年内组织集体活动不少于4次：4，已完成"
    assert verify().problems == []


def test_a_report_whose_sum_no_longer_adds_up_says_so(planned: House, client: Client) -> None:
    rows = (("集体活动", "一季度", "二季度", "合计"), ("次数", "", "", ""))
    made = keeping.upload(planned.county, data=table(*rows), name="表.docx", by=planned.user("clerk"), now=planned.now)
    report = begun(planned, made)
    client.force_login(planned.user("clerk"))
    assert [b.text for b in report.blanks.all()] == ["1", "1", "2"]
    assert "各项相加与合计不符" not in client.get(report.get_absolute_url()).content.decode()

    actions.type_in(report.blanks.get(order=0), "3", by=planned.user("clerk"), now=planned.now)

    assert "各项相加与合计不符" in client.get(report.get_absolute_url()).content.decode()


def test_a_guess_for_an_empty_cell_can_be_chosen(planned: House) -> None:
    rows = (("时间", "集体活动", "视察", "合计"), ("本年", "", "", ""))
    made = keeping.upload(planned.county, data=table(*rows), name="表.docx", by=planned.user("clerk"), now=planned.now)
    blank = begun(planned, made).blanks.get(order=2)

    assert actions.choose(blank, 0, by=planned.user("clerk"), now=planned.now).text == "4"


def test_the_pages_upload_try_and_begin(planned: House, client: Client) -> None:
    client.force_login(planned.user("clerk"))
    file = SimpleUploadedFile("小结.docx", template(*SAYS, "{{集体活懂}}"))

    tried = client.post("/reports/templates/new", {"file": file}, follow=True).content.decode()
    assert "“集体活懂”没有认出来。相近的有：集体活动" in tried
    assert "这个期间没有已确认的计划任务" in tried  # with last year's data

    made = Template.objects.get()
    now = client.get(f"/reports/templates/{made.pk}/versions/1/try?start=2026-01-01&end=2026-12-31").content.decode()
    assert "每个量化任务：重复 2 次" in re.sub("<[^>]+>", "", now) and "2026.01.01–2026.12.31" in now
    given = {"template": made.versions.get().pk, "period": "year"}
    page = client.post("/reports/new", given, follow=True).content.decode()
    assert "小结第 1 版" in page and Report.objects.get().made_from == made.versions.get()
    assert client.post("/reports/new", {"period": "year"}).status_code == 422


# --- last year's report -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("全年组织集体活动3次，委员参加45人次。", "全年组织集体活动x次，委员参加x人次。"),
        ("立案率达92.5%，捐款1,200万元。", "立案率达x%，捐款x万元。"),
        ("2025年3月5日召开十一届四次会议。", "2026年3月5日召开十一届四次会议。"),
        ("2026年，我们将组织集体活动4次。", "2027年，我们将组织集体活动x次。"),
        ("自2022年换届以来，第3次修订制度。", "自2022年换届以来，第3次修订制度。"),
        ("增强“四个意识”，坚持3个坚持、做到2个维护。", "增强“四个意识”，坚持3个坚持、做到2个维护。"),
        ("3.组织视察2次。", "3.组织视察x次。"),
        ("（云协发〔2025〕12号）", "（云协发〔2025〕12号）"),
    ],
)
def test_last_year_s_report_becomes_this_year_s_draft(said: str, becomes: str) -> None:
    made = lastyear.emptied(template("云岭县政协2025年工作总结", said), 2026)

    assert texts(made.data) == ["云岭县政协2026年工作总结", becomes]


def test_the_figures_of_last_year_s_tables_are_emptied_too() -> None:
    data = table(("序号", "项目", "2024年", "2025年"), ("1", "集体活动", "3", "4"))

    from .test_places import cells

    assert cells(lastyear.emptied(data, 2026).data) == [
        ["序号", "项目", "2025年", "2026年"],
        ["1", "集体活动", "x", "x"],
    ]


def test_a_report_begun_from_last_year_s_is_filled_with_this_year_s_figures(planned: House) -> None:
    report = actions.start(
        planned.county, data=template("云岭县政协2025年工作总结", "全年组织集体活动9次。"), name="去年.docx", start=date(2026, 1, 1), end=date(2026, 12, 31),
        last_year=True, by=planned.user("clerk"), now=planned.now,
    )  # fmt: skip

    assert texts(actions.download(report, clean=True))[:2] == ["云岭县政协2026年工作总结", "全年组织集体活动2次。"]
