"""A phone in a corridor: 375 points wide, fingers, WeChat's built-in browser, a network that comes and goes."""

import re

from playwright.sync_api import Page, expect

from ..world import jpeg
from .conftest import PHONE, Open
from .serving import PASSWORD, Site


def fits(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} px wider than the phone"


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("活动名称").fill(title)
    page.locator("label.chip", has_text="走访").first.tap()
    page.get_by_label("日期").fill("2026-06-20")


def test_a_member_logs_in_on_the_phone_and_finds_his_year(visit: Open) -> None:
    page = visit(**PHONE)
    page.goto("/login")
    fits(page)
    page.get_by_label("登录名").fill("baisha_member")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").tap()
    page.wait_for_url("**/")
    fits(page)
    bottom = page.get_by_role("navigation", name="常用")
    expect(bottom).to_be_visible()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()
    tall = bottom.get_by_role("link").first.bounding_box()
    assert tall and tall["height"] >= 44, f"the bottom line is {tall} high: too small for a finger"
    bottom.get_by_role("link", name="我的").tap()
    page.wait_for_url("**/me")
    fits(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_an_activity_with_a_photo_is_recorded_on_the_phone(visit: Open) -> None:
    page = visit("baisha", **PHONE)
    page.goto("/")
    page.locator(".bottom__new summary").tap()
    page.get_by_role("navigation", name="常用").get_by_role("link", name="登记活动").tap()
    page.wait_for_url("**/activities/new")
    fits(page)
    fill_in(page, "走访白沙村困难户")
    with page.expect_response("**/activities/upload*") as sent:
        page.locator("#id_papers").set_input_files(
            {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": jpeg("#2e5d34", (3000, 2000))}
        )
    assert sent.value.status == 200
    expect(page.locator("[data-files-list] li")).to_contain_text("已传好")
    page.locator("#id_people label.chip", has_text="白沙镇委员小组").tap()
    fits(page)
    button = page.get_by_role("button", name="登记", exact=True)
    box = button.bounding_box()
    assert box and box["height"] >= 44 and box["y"] + box["height"] <= 800, (
        f"the button to record is not at the thumb: {box}"
    )
    button.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("走访白沙村困难户")
    expect(page.locator("[aria-labelledby=files] .photos img")).to_have_count(1)
    assert (
        page.locator("[aria-labelledby=files] .photos img").evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        > 100
    )
    fits(page)


def test_what_is_typed_without_network_is_kept_and_sent_later(visit: Open, site: Site) -> None:
    page = visit("baisha", **PHONE)
    page.goto("/activities/new?fresh=1")
    page.context.set_offline(True)
    fill_in(page, "走访养老院")
    word = page.locator("[data-draft-word]")
    expect(word).to_contain_text("没有网络，已存在本机", timeout=8_000)
    page.get_by_role("button", name="登记", exact=True).tap()  # nothing is lost, and nobody is thrown out of the page
    expect(page.get_by_label("活动名称")).to_have_value("走访养老院")
    expect(word).to_contain_text("没有网络")

    with page.expect_response(re.compile("/activities/draft")) as sent:
        page.context.set_offline(False)
    assert sent.value.status == 200
    page.goto("/activities/")
    expect(page.locator("main")).to_contain_text("走访养老院")

    # the server is stopped and started: the draft is still there, on another device as well
    site.again()
    other = visit("baisha")
    other.goto("/activities/new")
    expect(other.get_by_label("活动名称")).to_have_value("走访养老院")
    other.get_by_role("button", name="登记", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("走访养老院")
    other.goto("/activities/new")
    expect(other.get_by_label("活动名称")).not_to_have_value("走访养老院")  # another test's draft may stand there
    page.goto("/activities/?q=走访养老院")
    expect(page.locator("main")).to_contain_text("走访养老院")
    expect(page.locator("main").get_by_role("link", name="走访养老院")).to_have_count(1)
