"""从文件导入: what was written elsewhere comes into the form, and nothing that was typed goes."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xieshang.base.accounts.models import User
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import BodyKind
from xieshang.documents.reading import read_document
from xieshang.text import sections
from xieshang.work.proposals import actions, papers
from xieshang.work.proposals.models import Proposal, Signature

from .test_member_pages import TYPED, enter
from .test_walk import NOW, TEXT, Cast, again

__all__ = ["enter"]
Enter = Callable[[User], Client]
PAPER = """关于加强校车管理的提案
联名提案人：{second}、查无此人
一、基本情况
全县校车四十辆。
二、存在问题
跟车照管员不足。
三、意见建议
县教育局核定照管员编制。
建议承办单位：县交通运输局
"""


def _file(text: str, name: str = "提案.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_a_file_fills_what_is_empty_and_saves_nothing(cast: Cast, enter: Enter) -> None:
    client, second = enter(cast.first), cast.house.members[1]
    paper = _file(PAPER.format(second=second.name))
    page = client.post(
        "/proposals/new", {"read": "1", "title": "", "situation": "手写的情况。", "open_text": "on", "paper": paper}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert not Proposal.objects.exists()
    form = page.context["form"]
    assert form["title"].value() == "关于加强校车管理的提案"
    assert form["situation"].value() == "手写的情况。"  # typed by hand: stays
    assert "全县校车四十辆。" in text  # and what the file says of it is shown
    assert form["wanted"].value() == [cast.units["road"].pk]
    assert "查无此人" in text
    assert f'name="named" value="{second.pk}"' in text


def test_who_the_file_names_as_cosigner_is_marked_when_inviting(cast: Cast, enter: Enter) -> None:
    client, second = enter(cast.first), cast.house.members[1]
    saved = client.post("/proposals/new", {**TYPED, "named": second.pk})
    made = Proposal.objects.get()
    assert saved["Location"] == f"/proposals/{made.pk}/invite"
    people = [one for group in client.get(saved["Location"]).context["groups"] for one in group["people"]]
    assert [one["id"] for one in people if one["checked"]] == [second.pk]
    assert made.signatures.count() == 1  # nobody is asked before somebody presses


def test_the_clerk_gets_the_body_that_proposes(cast: Cast, enter: Enter) -> None:
    party = orgs.add_body(cast.house.county, BodyKind.PARTY, "民建云岭县支部", by=None, now=NOW)
    text = "案由：关于修路的提案\n提案单位：民建云岭县支部\n情况：路坏。\n分析：没养护。\n建议：修好。\n"
    page = enter(cast.clerk).post("/proposals/new", {"read": "1", "proposer": "member", "paper": _file(text)})
    assert page.context["form"]["body"].value() == party.pk
    assert page.context["form"]["proposer"].value() == "party"


def test_a_file_that_cannot_be_read_is_told_and_what_was_typed_stays(cast: Cast, enter: Enter) -> None:
    page = enter(cast.first).post(
        "/proposals/new", {"read": "1", "title": "手写的题目", "paper": _file("x", "提案.ofd")}
    )
    assert page.status_code == 422
    assert "OFD 是版式文件" in page.content.decode()
    assert page.context["form"]["title"].value() == "手写的题目"


@pytest.mark.parametrize("advice", ["列入今年养护计划。", "一、列入养护计划。\n二、落实专人：\n（一）每村一名；\n（二）按季检查。"])  # fmt: skip
def test_our_own_printed_form_is_read_back(cast: Cast, advice: str) -> None:
    made = actions.draft(cast.house.county, fields={**TEXT, "advice": advice}, wanted=[cast.units["road"].pk], by=cast.first, now=NOW)  # fmt: skip
    made = actions.invite(made, [cast.house.members[1]], by=cast.first, now=NOW, seen=made.version)
    actions.cosign(made, cast.house.members[1], agrees=True, by=cast.second, now=NOW)
    printed = papers.form(again(made), [], [], NOW)
    found = sections.read(read_document(printed, "提案.docx").text)
    assert {part: getattr(found, part) for part in TEXT} == {**TEXT, "advice": advice}
    assert (found.first, found.cosigners) == (cast.house.members[0].name, (cast.house.members[1].name,))
    assert found.wanted == ("县交通运输局",)
    assert BytesIO(printed).read(2) == b"PK"
    assert made.signatures.filter(state=Signature.SIGNED).count() == 2
