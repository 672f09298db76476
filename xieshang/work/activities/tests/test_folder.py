"""案卷: files by kind, what is missing, faces kept back, papers made of the record, one bound copy."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from PIL import Image

from xieshang.base.accounts import permissions
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.settings import parameters
from xieshang.documents import binding, pdf
from xieshang.work.activities import actions, folder, papers
from xieshang.work.activities.actions import filing
from xieshang.work.activities.models import Activity, Binding

ALL = ["方案", "通知", "签到", "纪要", "照片", "报道"]


def jpeg(colour="#336699"):
    out = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(out, "JPEG")
    return out.getvalue()


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def pictures_in(data):
    return len(Document(io.BytesIO(data)).inline_shapes)


@pytest.fixture
def activity(house):
    return actions.record(
        house.county, by=house.user(Role.CLERK), now=house.now,
        fields={
            "title": "视察高标准农田", "kind": "inspection", "on": date(2026, 6, 25), "place": "柳坝村", "organizer": house.sectors[0], "guests": 40,
            "experts": 2, "money": Decimal(23000), "outcome": "提出建议 5 条。",
        },
        presence={house.members[0].pk: "attended", house.members[1].pk: "attended", house.members[2].pk: "excused", house.members[3].pk: "absent"},
        files=[(f"现场{n}.jpg", jpeg(colour)) for n, colour in enumerate(("#336699", "#993333", "#339933", "#999933"), 1)],
    )  # fmt: skip


@pytest.fixture
def given(house):
    return {"by": house.user(Role.CLERK), "now": house.now}


@pytest.fixture
def clerk(house, client: Client) -> Client:
    client.force_login(house.user(Role.CLERK))
    return client


def missing(activity):
    return [str(title) for title in folder.of(activity).missing]


def photos(activity):
    return [one for one in storage.of(activity.ref) if one.kind == "photo"]


def test_what_is_missing_is_listed_by_name(activity, given):
    assert missing(activity) == ["方案", "通知", "签到", "纪要", "报道"]

    filing.add(activity, "方案.txt", "视察方案".encode(), "plan", **given)

    assert missing(activity) == ["通知", "签到", "纪要", "报道"]


def test_a_unit_says_which_kinds_it_wants(activity, given, house):
    admin = next(user for user in map(house.user, Role) if permissions.may(user, "settings.set", house.county))
    parameters.set_value(house.county, "activities.folder_coverage", "0", effective_from=date(2026, 1, 1), citation="办公室会议", by=admin, now=house.now)  # fmt: skip

    assert missing(activity) == ["方案", "通知", "签到", "纪要"]


def test_a_file_is_moved_to_another_kind_and_the_trail_says_so(activity, given, clerk):
    scan = photos(activity)[0]

    clerk.post(f"/activities/{activity.pk}/folder/sort", {"file": scan.pk, "kind": "checkin"})

    assert Attachment.objects.get(pk=scan.pk).kind == "checkin" and "签到" not in missing(activity)
    assert "“现场1.jpg”：照片 → 签到" in clerk.get(f"/activities/{activity.pk}").content.decode()


def test_what_is_taken_out_of_the_folder_leaves_a_trace(activity, given):
    scan = photos(activity)[0]

    filing.take_off(activity, scan.pk, **given)

    assert scan.pk not in [one.pk for one in storage.of(activity.ref)]
    assert Entry.objects.filter(verb="activities.arrange", detail__removed="photo").exists()
    with pytest.raises(Refused):
        filing.take_off(activity, scan.pk, **given)


def test_a_file_of_another_activity_cannot_be_moved(activity, given, house):
    other = actions.record(
        house.county, fields={"title": "走访", "kind": "visit", "on": date(2026, 6, 20)}, presence={}, **given
    )

    with pytest.raises(Refused):
        filing.sort(other, photos(activity)[0].pk, "plan", **given)


def test_a_leader_may_not_arrange_a_folder(activity, house):
    with pytest.raises(NotAllowed):
        filing.add(activity, "方案.txt", b"x", "plan", by=house.user(Role.LEADER), now=house.now)


# --- faces -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_back(activity, given):
    photo = photos(activity)[0]
    filing.mark_faces(activity, [photo.pk], [photo.pk], **given)
    return Attachment.objects.get(pk=photo.pk)


def test_a_photo_with_faces_goes_into_nothing_that_is_made(activity, kept_back, given):
    whole = folder.of(activity)

    assert kept_back.pk not in [one.pk for one in folder.presentable(storage.of(activity.ref))]
    assert kept_back.pk not in [one.pk for one in whole.files] and whole.kept_back == 1
    assert "现场1" not in text_of(folder.contents(whole))
    assert pictures_in(papers.bulletin(activity, [kept_back], given["now"])) == 0


def test_a_photo_with_faces_is_not_shown_to_others(activity, kept_back, house, client):
    address = reverse("file", args=[kept_back.pk, kept_back.name])

    for role, opens in ((Role.LEADER, 404), (Role.MEMBER, 404), (Role.CLERK, 200)):
        client.force_login(house.user(role))
        page = client.get(f"/activities/{activity.pk}").content.decode()
        assert client.get(address).status_code == opens
        assert (f'<img src="{address}"' in page) == (role == Role.CLERK)  # its sender


def test_another_clerk_sees_that_it_is_there_and_opens_it_himself(activity, kept_back, house, clerk):
    Attachment.objects.filter(pk=kept_back.pk).update(added_by=house.user(Role.SYS_ADMIN))

    page = clerk.get(f"/activities/{activity.pk}").content.decode()

    assert "含困难群众面部，默认不显示" in page and f'<img src="/files/{kept_back.pk}/' not in page
    assert clerk.get(f"/files/{kept_back.pk}/{kept_back.name}").status_code == 200


def test_faces_are_marked_in_the_form_before_anybody_sees_the_photo(house, clerk):
    sent = [
        clerk.post("/activities/upload", {"file": SimpleUploadedFile(f"{n}.jpg", jpeg())}).json()["id"] for n in (1, 2)
    ]
    typed = {
        "title": "走访慰问",
        "kind": "visit",
        "on": "2026-06-20",
        "half_days": "1",
        "files_id": sent,
        "files_faces": sent[:1],
    }

    again = clerk.post("/activities/new", {**typed, "title": ""})
    clerk.post("/activities/new", typed)

    assert f'name="files_faces" value="{sent[0]}" checked' in again.content.decode()
    assert [one.faces for one in photos(Activity.objects.get())] == [True, False]


# --- papers ----------------------------------------------------------------------------------------------------------------


def test_a_bulletin_says_what_the_record_says_and_nothing_else(activity, clerk):
    answer = clerk.get(f"/activities/{activity.pk}/bulletin.docx")
    said = text_of(answer.content)

    assert "2026年6月25日，经济界开展视察“视察高标准农田”，地点：柳坝村。" in said
    assert "2 人参加：委员01、委员02。" in said and "另有群众 40 人、专家 2 人。" in said and "捐款 23000 元。" in said
    assert "提出建议 5 条。" in said and pictures_in(answer.content) == 3


def test_only_the_chosen_photos_go_in_and_not_more_than_three(activity, clerk):
    ids = [one.pk for one in photos(activity)]

    one = clerk.get(f"/activities/{activity.pk}/bulletin.docx", {"chosen": "1", "photo": ids[3:]})
    none = clerk.get(f"/activities/{activity.pk}/bulletin.docx", {"chosen": "1"})
    four = clerk.get(f"/activities/{activity.pk}/bulletin.docx", {"chosen": "1", "photo": ids})

    assert (pictures_in(one.content), pictures_in(none.content), four.status_code) == (1, 0, 422)


def test_a_sign_in_sheet_of_what_was_held_says_who_came(activity, clerk):
    said = text_of(clerk.get(f"/activities/{activity.pk}/sign-in.docx").content)

    for words in (
        "序号",
        "姓名",
        "界别/单位",
        "签到",
        "备注",
        "委员03",
        "请假",
        "缺席",
        "应到 4 人，实到 2 人，请假 1 人，缺席 1 人。",
    ):
        assert words in said


def test_a_sign_in_sheet_of_what_is_planned_leaves_room_to_sign(house, given, clerk):
    coming = actions.plan(
        house.county, fields={"title": "调研", "kind": "research", "on": house.now.date() + timedelta(days=7)},
        presence={house.members[0].pk: "attended"}, **given,
    )  # fmt: skip

    table = Document(io.BytesIO(clerk.get(f"/activities/{coming.pk}/sign-in.docx").content)).tables[0]

    assert [cell.text for cell in table.rows[1].cells][1:4:2] == ["委员01", ""]
    assert len(table.rows) == 1 + 1 + papers.SPARE


def test_there_is_no_bulletin_of_what_is_still_to_come(house, given, clerk):
    coming = actions.plan(
        house.county,
        fields={"title": "调研", "kind": "research", "on": house.now.date() + timedelta(days=7)},
        presence={},
        **given,
    )

    assert clerk.get(f"/activities/{coming.pk}/bulletin.docx").status_code == 422


# --- the bound copy --------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_office(monkeypatch):
    monkeypatch.setattr(pdf, "office", lambda: None)


@pytest.fixture
def quick(monkeypatch):
    """A binder that needs no LibreOffice."""
    monkeypatch.setattr(pdf, "office", lambda: "/bin/true")

    def bind(cover, pieces, *, tell):
        tell(0, len(pieces) + 1, pieces[0].title)
        assert Binding.objects.get().doing == pieces[0].title
        return binding.Bound(b"%PDF-1.4 made", 7, [(pieces[-1], "这个文件已损坏或没有传完整")])

    monkeypatch.setattr(binding, "bind", bind)


def test_a_bound_copy_is_asked_for_once_made_by_the_worker_and_opened(activity, clerk, quick, now):
    for _ in range(2):
        clerk.post(f"/activities/{activity.pk}/folder/bind")
    waiting = clerk.get(f"/activities/{activity.pk}/folder").content.decode()
    assert Binding.objects.count() == 1 and "正在合订" in waiting and "folder/progress" in waiting

    filing.bind_waiting(now)

    ready = clerk.get(f"/activities/{activity.pk}/folder/progress").content.decode()
    assert "7 页" in ready and "现场4.jpg" in ready and "every 2s" not in ready
    opened = clerk.get(f"/activities/{activity.pk}/folder/bound.pdf")
    assert b"".join(opened.streaming_content) == b"%PDF-1.4 made"


def test_a_folder_that_changed_since_says_so(activity, clerk, quick, given, now):
    filing.ask_bound(activity, **given)
    filing.bind_waiting(now)
    filing.add(activity, "报道.txt", b"x", "coverage", **given)

    assert "请重新合订" in clerk.get(f"/activities/{activity.pk}/folder").content.decode()


def test_without_libreoffice_a_clear_sentence_is_said(activity, clerk, no_office):
    answer = clerk.post(f"/activities/{activity.pk}/folder/bind")

    assert (
        answer.status_code == 422 and "没有安装 LibreOffice" in answer.content.decode() and not Binding.objects.exists()
    )


def test_what_a_stopped_worker_left_is_made_in_the_next_round(activity, given, quick, now):
    asked = filing.ask_bound(activity, **given)
    Binding.objects.filter(pk=asked.pk).update(state=Binding.WORKING, started_at=now - filing.STUCK * 2)

    filing.bind_waiting(now)

    assert Binding.objects.get().state == Binding.DONE


def test_a_file_that_is_gone_from_the_disk_fails_with_a_sentence(activity, given, quick, now, monkeypatch):
    filing.ask_bound(activity, **given)
    storage.path_of(photos(activity)[0].file).unlink()

    filing.bind_waiting(now)

    assert Binding.objects.get().state == Binding.FAILED and "找不到" in Binding.objects.get().why


def test_an_empty_folder_is_not_bound(house, given, quick):
    bare = actions.record(
        house.county, fields={"title": "走访", "kind": "visit", "on": date(2026, 6, 20)}, presence={}, **given
    )

    with pytest.raises(Refused) as refused:
        filing.ask_bound(bare, **given)
    assert refused.value.code == "empty_folder"


def test_the_folder_page_costs_the_same_with_more_files(
    activity, clerk, given, django_assert_num_queries, django_assert_max_num_queries
):
    address = f"/activities/{activity.pk}/folder"
    clerk.get(address)
    with django_assert_max_num_queries(16) as few:
        clerk.get(address)
    spent = len(few)
    for n in range(8):
        filing.add(activity, f"{n}.txt", b"x" * (n + 1), "coverage", **given)
    clerk.get(address)
    with django_assert_num_queries(spent):
        clerk.get(address)
