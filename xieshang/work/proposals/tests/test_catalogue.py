"""提案目录, 交办清单, 提案汇编."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.documents.reading import read_document
from xieshang.work.proposals import actions, catalogue
from xieshang.work.proposals.models import Booklet

from .test_public import answered
from .test_walk import NOW, Cast, assigned

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.fresh(cast.clerk), backend=BACKEND)
    return client


def words(answer: Any) -> str:
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(read_document(data, "a.docx").text)


def test_the_catalogue_lists_each_with_its_proposers_and_units_by_category_or_unit(cast: Cast, office: Client) -> None:
    made = assigned(cast)
    said = words(office.get("/proposals/catalogue.docx"))
    assert (
        made.title in said
        and "社会建设（1件）" in said
        and "委员01、委员02" in said
        and "青石镇人民政府（会办）" in said
    )
    assert "县交通运输局（1件）" in words(office.get("/proposals/catalogue.docx?by=unit"))
    assert made.title not in words(office.get("/proposals/catalogue.docx?kind=session"))


def test_each_unit_gets_its_own_list_for_the_meeting(cast: Cast, office: Client) -> None:
    made = assigned(cast)
    said = words(office.get("/proposals/catalogue/units.docx"))
    assert "县交通运输局\n承办提案清单" in said.replace("\r", "") and "主办" in said and "2个单位" in said
    sheet = str(read_document(office.get("/proposals/catalogue/units.xlsx").content, "a.xlsx").text)
    assert "县交通运输局" in sheet and "青石镇人民政府" in sheet and made.title in sheet


def test_the_booklet_is_made_by_the_worker_once_and_holds_text_and_reply(cast: Cast, office: Client) -> None:
    made = answered(cast)
    for _n in range(2):
        assert office.post("/proposals/catalogue", {"session": "all"}).status_code == 302
    one = Booklet.objects.get()  # asked for twice, made once
    assert "正在汇编" in office.get("/proposals/catalogue?session=all").content.decode()
    actions.print_waiting(NOW)
    one.refresh_from_db()
    assert (one.state, one.done) == (Booklet.DONE, 1) and one.file
    said = words(office.get(f"/proposals/catalogue/{one.pk}.docx"))
    assert made.title in said and "多年没有养护。" in said and "已列入计划。" in said and "6320011" not in said
    assert b"PAGEREF" in _xml(storage.path_of(one.file).read_bytes())


def _xml(data: bytes) -> bytes:
    return ZipFile(BytesIO(data)).read("word/document.xml")


def test_nothing_is_printed_of_nothing_and_only_the_office_prints(cast: Cast) -> None:
    with pytest.raises(Refused, match="没有可以汇编"):
        actions.ask_booklet(cast.house.county, catalogue.Asked(), by=cast.clerk, now=NOW)
    with pytest.raises(NotAllowed):
        actions.ask_booklet(cast.house.county, catalogue.Asked(), by=cast.road, now=NOW)
    with pytest.raises(NotAllowed):
        actions.ask_booklet(cast.house.county, catalogue.Asked(), by=cast.first, now=NOW)


def test_who_did_not_consent_is_left_out_where_it_is_asked_so(cast: Cast) -> None:
    made = assigned(cast)
    type(made).objects.update(open_text=False)
    assert catalogue.found(cast.house.county, catalogue.Asked(consented=True)).count() == 0
    assert catalogue.found(cast.house.county, catalogue.Asked()).count() == 1


def test_papers_cost_the_same_number_of_questions_however_many(cast: Cast, django_assert_num_queries: Any) -> None:
    assigned(cast)
    with django_assert_num_queries(4):
        catalogue.rows(catalogue.found(cast.house.county, catalogue.Asked()))
