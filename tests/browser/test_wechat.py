"""WeChat's built-in browser, 375 × 667: in by a code, straight to the thing, a file on a page, a step that matters; no smartphone app needed."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Open
from .serving import PASSWORD, Site
from .test_phone import fits

WECHAT = {**PHONE, "viewport": {"width": 375, "height": 667}}


def code(visit: Open, site: Site) -> str:
    """The code on the slip that the office prints."""
    page = visit("clerk")
    page.goto(f"/people/{site.given['ids']['member']}")
    page.get_by_role("button", name="发登录码").click()
    figures = page.locator("#login-code").inner_text()
    assert re.fullmatch(r"\d{4} \d{4}", figures)
    return figures


def enter(page: Page, figures: str) -> None:
    fits(page)
    page.get_by_role("link", name="用登录码登录").tap()
    page.wait_for_url(re.compile(r"by=code"))
    fits(page)
    page.get_by_label("姓名或手机号").fill("委员")
    page.get_by_label("登录码", exact=True).fill(figures)
    page.get_by_label("这是我自己的手机").check()
    page.get_by_role("button", name="登录").tap()


def test_a_member_comes_by_a_link_in_by_a_code_and_meets_the_thing_itself(visit: Open, site: Site) -> None:
    figures = code(visit, site)
    page = visit(**WECHAT)
    link = f"/activities/{site.given['ids']['activity']}"
    page.goto(link)
    enter(page, figures)
    page.wait_for_url(f"{site.url}{link}")  # whole: the log-in page holds it as ?next=
    fits(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("视察中心小学")

    page.locator(".photos a").first.tap()  # a photo opens on a page, with the way back
    page.wait_for_url(f"{site.url}/files/{site.given['ids']['photo']}")
    fits(page)
    picture = page.locator("img.preview")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    expect(page.get_by_role("link", name="下载")).to_be_visible()
    page.get_by_role("link", name="回到所在的记录").tap()
    page.wait_for_url(f"{site.url}{link}")

    page.context.clear_cookies(name="sessionid")  # next week: the telephone is known
    page.goto("/me")
    fits(page)
    expect(page.get_by_role("button", name="移除 微信 · Android")).to_be_visible()
    expect(page.get_by_text("这一台")).to_be_visible()


def test_a_used_code_is_said_to_be_used_and_what_was_typed_stays(visit: Open, site: Site) -> None:
    figures = code(visit, site)
    first, second = visit(**WECHAT), visit(**WECHAT)
    first.goto("/login")
    enter(first, figures)
    first.wait_for_url("**/")
    second.goto("/login")
    enter(second, figures)

    expect(second.get_by_role("alert")).to_contain_text("用过的、过期的不能再用")
    expect(second.get_by_label("姓名或手机号")).to_have_value("委员")
    fits(second)


def test_what_matters_asks_again_on_a_remembered_telephone_and_goes_on(visit: Open, site: Site) -> None:
    page = visit(**WECHAT)
    page.goto("/login")
    page.get_by_label("登录名").fill("clerk")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("这是我自己的手机").check()
    page.get_by_role("button", name="登录").tap()
    page.wait_for_url("**/")
    page.context.clear_cookies(name="sessionid")

    page.goto(f"/submissions/{site.given['ids']['received']}")
    expect(page.get_by_role("status").filter(has_text="等您办：接收")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="接收").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("请再验一次是您本人")
    fits(page)
    page.get_by_label("密码或登录码").fill("not this one")
    page.get_by_role("button", name="验好，接着办").tap()
    expect(page.get_by_role("alert")).to_contain_text("还没有办")
    page.get_by_label("密码或登录码").fill(PASSWORD)
    page.get_by_role("button", name="验好，接着办").tap()
    page.wait_for_url(f"{site.url}/submissions/{site.given['ids']['received']}")
    expect(page.locator(".page__head")).to_contain_text("已接收")
    fits(page)


@pytest.mark.parametrize("where", ["/", "/notices", "/plans/", "/submissions/", "/me"])
def test_the_main_pages_fit_and_their_links_stay_in_the_page(visit: Open, where: str) -> None:
    """A link that opens a new window leads nowhere in WeChat."""
    page = visit("clerk", **WECHAT)
    page.goto(where)
    fits(page)

    assert page.locator("main a[target=_blank], main a[href^='javascript']").count() == 0
