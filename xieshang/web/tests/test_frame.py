"""What every answer carries, the pages for what goes wrong, files, notices and feedback."""

from datetime import date

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from xieshang.base import clock
from xieshang.base.errors import NotAllowed, Refused, Stale
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.notices.models import Notice
from xieshang.web import urls as real
from xieshang.web.views import entry

from .conftest import record, words

TYPED = {"title": "打了很久的字", "password": "秘密", "seen": "3"}


def refuse(request):
    raise Refused("no_ground", why="还没有选择理由", do="请至少选一条", field="grounds")


def forbid(request):
    raise NotAllowed("not_allowed", why="您没有权限", do="请联系办公室")


def stale(request):
    raise Stale(
        theirs={"title": "现在的"}, yours={"title": "我填的"}, who="李敏", when="10:42", why="刚被改过", do="请对照"
    )


def break_(request):
    raise RuntimeError("our fault")


def huge(request):
    raise RequestDataTooBig


urlpatterns = [
    path("t/refused", refuse),
    path("t/forbidden", forbid),
    path("t/stale", stale),
    path("t/broken", break_),
    path("t/huge", huge),
    path("t/ok", lambda request: HttpResponse("ok")),
    *real.urlpatterns,
]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500

ways = pytest.mark.urls(__name__)


@ways
@pytest.mark.parametrize("where, status", [("t/refused", 422), ("t/forbidden", 403), ("t/stale", 409)])
def test_a_no_is_a_page_a_fragment_or_json_and_says_what_to_do(visit, where, status):
    client = visit("clerk")
    page = client.post(f"/{where}", TYPED)
    fragment = client.post(f"/{where}", TYPED, headers={"HX-Request": "true"})
    data = client.post(f"/{where}", TYPED, headers={"Accept": "application/json"})

    assert [one.status_code for one in (page, fragment, data)] == [status] * 3
    assert "<html" in words(page)
    assert "<html" not in words(fragment)
    assert "data-problem" in words(fragment)
    assert {"code", "why", "do"} <= set(data.json())


@ways
def test_a_refusal_shows_what_was_typed_and_no_password(visit):
    page = words(visit("clerk").post("/t/refused", TYPED))

    assert "打了很久的字" in page
    assert "秘密" not in page
    assert "还没有选择理由。" in page


@ways
def test_of_two_versions_both_are_shown(visit):
    page = words(visit("clerk").post("/t/stale", TYPED))

    assert "李敏在 10:42 改过这一条" in page
    assert "现在的" in page
    assert "我填的" in page


@ways
def test_our_fault_is_said_to_be_ours(visit):
    client = visit("clerk")
    client.raise_request_exception = False
    answer = client.get("/t/broken")

    assert (answer.status_code, "是我们的问题" in words(answer)) == (500, True)


@ways
def test_too_large_a_request_has_a_page_of_its_own(visit):
    client = visit("clerk")
    client.raise_request_exception = False
    answer = client.post("/t/huge")

    assert (answer.status_code, "文件太大" in words(answer)) == (413, True)


@pytest.mark.parametrize("role", ["clerk", "audit_admin"])
def test_a_page_that_is_not_there_is_said_to_be_missing(visit, role):
    answer = visit(role).get("/no-such-page")

    assert (answer.status_code, "没有找到这一页" in words(answer)) == (404, True)


def test_without_log_in_too(db):
    assert Client().get("/no-such-page").status_code == 404


def test_a_forged_form_is_refused_with_a_page_of_the_house(house):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/login", {"username": "clerk", "password": "x"})

    assert answer.status_code == 403


def test_the_page_for_who_may_not_needs_nothing_but_a_request():
    assert entry.forbidden(RequestFactory().get("/")).status_code == 403


@pytest.mark.parametrize("where", ["/", "/login", "/no-such-page", "/figures/drawer?indicator=x", "/figures/rows.xlsx?indicator=x", "/settings/audit", "/api/x", "/gallery"])  # fmt: skip
@pytest.mark.parametrize("logged_in", [True, False])
def test_every_answer_carries_the_content_policy(visit, where, logged_in):
    answer = (visit("clerk") if logged_in else Client()).get(where)
    policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_gallery_is_not_there_in_an_installation(visit):
    assert visit("clerk").get("/gallery").status_code == 404


# --- files ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def attached(house):
    made = record(house, date(2026, 6, 1))
    (found,) = storage.attach(
        [("签到表.pdf", b"%PDF-1.4 x")], record=made.ref, organization=house.county, by=None, now=clock.now()
    )
    return found


def test_a_file_is_shown_to_who_may_see_its_record(visit, attached):
    answer = visit("clerk").get(f"/files/{attached.pk}/x.pdf")

    assert b"".join(answer.streaming_content) == b"%PDF-1.4 x"
    assert answer.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("role", ["part_timer", "handler", "sys_admin"])
def test_a_foreign_file_is_not_there(visit, attached, role):
    assert visit(role).get(f"/files/{attached.pk}/x.pdf").status_code == 404


def test_a_file_that_was_taken_off_or_is_lost_is_not_there(visit, attached):
    client = visit("clerk")
    storage.path_of(attached.file).unlink()
    lost = client.get(f"/files/{attached.pk}/x.pdf")
    Attachment.objects.update(removed_at=clock.now())

    assert (lost.status_code, client.get(f"/files/{attached.pk}/x.pdf").status_code) == (404, 404)


# --- notices and feedback -------------------------------------------------------------------------------------------------------------


def test_what_a_user_says_reaches_the_system_administrators(house, visit):
    answer = visit("part_timer").post("/feedback", {"text": "登记活动找不到小组"}, follow=True)
    notice = Notice.objects.get()

    assert "已经送到系统管理员" in words(answer)
    assert (notice.user, "登记活动找不到小组" in notice.text) == (house.users["sys_admin"], True)
    assert "登记活动找不到小组" in words(visit("sys_admin").get("/notices"))


def test_an_empty_word_is_asked_for(visit):
    answer = visit("clerk").post("/feedback", {"text": "  "})

    assert (answer.status_code, "还没有写内容" in words(answer)) == (422, True)
    assert not Notice.objects.exists()


def test_notices_are_read_by_their_owner_only(house, visit):
    for role in ("clerk", "member"):
        Notice.objects.create(organization=house.county, user=house.users[role], text=f"给{role}", sent_at=house.now)
    client = visit("clerk")
    page = words(client.get("/notices"))
    client.post("/notices/read")

    assert "给clerk" in page
    assert "给member" not in page
    assert Notice.objects.get(user=house.users["member"]).read_at is None


@pytest.mark.parametrize(
    "role", ["clerk", "part_timer", "leader", "member", "handler", "sys_admin", "sec_admin", "audit_admin"]
)
def test_every_place_in_the_menu_opens(visit, role):
    client = visit(role)
    for place in client.get("/").context["frame"]["places"]:
        assert client.get(place["url"]).status_code == 200, place["url"]
