"""What makes recording quick: a pasted paragraph, photos over a bad line, and last time's once more."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from ..world import jpeg
from .conftest import PHONE, Open
from .test_phone import fits

TEXT = "6月18日下午，县政协副主席张丽带队，组织委员到柳坝村视察高标准农田，村民四十余人参加座谈，捐款2.3万元。"


def paste(page: Page, text: str = TEXT) -> None:
    page.goto("/activities/new?fresh=1")
    page.get_by_text("有现成的一段话？").click()
    page.locator("#paste-text").fill(text)
    page.get_by_role("button", name="认一认").click()
    expect(page.get_by_text(re.compile("从这段话里认出"))).to_be_visible()


def settled(page: Page) -> None:
    """The words on the button have come: a request that is cut off by the next page is logged as a fault."""
    page.wait_for_timeout(600)  # they are asked for 400 ms after the last change
    page.wait_for_load_state("networkidle")


def test_a_pasted_paragraph_fills_the_form_and_stays_in_the_draft(visit: Open) -> None:
    page = visit("baisha", **PHONE)
    page.goto("/activities/new?fresh=1")
    page.get_by_label("活动名称").fill("视察柳坝村农田")
    page.get_by_text("有现成的一段话？").tap()
    page.locator("#paste-text").fill(TEXT)
    with page.expect_response("**/activities/draft*"):  # the filled form is a draft at once
        page.get_by_role("button", name="认一认").tap()
    expect(page.locator(".note[data-focus]")).to_be_focused()

    expect(page.get_by_label("活动名称")).to_have_value("视察柳坝村农田")  # typed by hand
    expect(page.get_by_label("日期", exact=False).first).to_have_value("2026-06-18")
    expect(page.get_by_label("地点")).to_have_value("柳坝村")
    expect(page.locator("input[name=kind][value=inspection]")).to_be_checked()
    expect(page.get_by_text("识别自原文").first).to_be_visible()
    fits(page)

    page.goto("/activities/new")
    expect(page.get_by_label("地点")).to_have_value("柳坝村")
    expect(page.locator("#paste-text")).to_have_value(TEXT)


def test_a_filled_form_still_counts_people_and_takes_photos(visit: Open) -> None:
    page = visit("baisha")
    paste(page)
    page.locator(".people__groups label.chip", has_text="白沙镇委员小组").click()
    expect(page.locator("[data-people-sum]")).to_contain_text("实到")
    with page.expect_response("**/activities/upload*"):
        page.locator("#id_papers").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(page.locator("[data-files-list] li")).to_contain_text("已传好")
    settled(page)
    page.get_by_role("button", name=re.compile("^登记")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("视察高标准农田")


def test_enter_in_a_field_records_and_does_not_read_the_paragraph_again(visit: Open) -> None:
    page = visit("baisha")
    paste(page, TEXT.replace("6月18日", "6月11日"))
    settled(page)
    page.get_by_label("活动名称").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("视察高标准农田")


def test_photos_travel_one_by_one_and_a_failed_one_is_tried_again_alone(visit: Open) -> None:
    page = visit("baisha", **PHONE)
    page.goto("/activities/new?fresh=1")
    tries, under_way, most = [0], [0], [0]

    def line(route: Route) -> None:
        tries[0] += 1
        if tries[0] == 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    def moved(step: int) -> Callable[[Request], None]:
        def count(request: Request) -> None:
            if "/activities/upload" in request.url:
                under_way[0] += step
                most[0] = max(most[0], under_way[0])

        return count

    page.on("request", moved(1))
    page.on("requestfinished", moved(-1))
    page.on("requestfailed", moved(-1))
    page.route("**/activities/upload*", line)
    page.locator("#id_papers").set_input_files(
        [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour, (2400, 1800))} for n, colour in enumerate(("#2e5d34", "#5d2e34", "#342e5d"), 1)]
    )  # fmt: skip
    rows = page.locator("[data-files-list] li")
    expect(rows.nth(2)).to_contain_text("已传好")
    expect(rows.nth(0)).to_contain_text("已传好")
    expect(rows.nth(1)).to_contain_text("没有传上去")

    page.get_by_label("活动名称").fill("走访白沙村")
    page.locator("label.chip", has_text="走访").first.tap()
    page.get_by_role("button", name=re.compile("^登记")).tap()  # what failed is not left behind
    expect(rows.nth(1).get_by_role("button", name="再试")).to_be_focused()
    rows.nth(1).get_by_role("button", name="再试").tap()
    expect(rows.nth(1)).to_contain_text("已传好")
    assert (tries[0], most[0]) == (4, 1)
    expect(page.locator("input[name=files_id]")).to_have_count(3)
    rows.nth(1).get_by_label("含困难群众面部，不外发").check()
    fits(page)
    settled(page)
    page.get_by_role("button", name=re.compile("^登记")).tap()
    page.wait_for_url(re.compile(r"/activities/\d+$"))
    expect(page.locator(".photos").first.locator("img")).to_have_count(3)  # its own sender sees it
    fits(page)
    page.get_by_role("link", name="整理案卷").tap()
    expect(page.get_by_text("还缺：")).to_be_visible()
    fits(page)


def test_of_a_whole_group_the_absent_are_told_apart_by_pressing_their_names(visit: Open) -> None:
    page = visit("baisha", **PHONE)
    page.goto("/activities/new?fresh=1")
    page.locator(".people__groups label.chip", has_text="白沙镇委员小组").tap()
    names = page.locator(".people__tag")
    whole = names.count()
    first = names.nth(0).text_content() or ""
    names.nth(0).tap()
    names.nth(1).tap()
    names.nth(1).tap()
    expect(page.locator("[data-people-sum]")).to_have_text(f"应到 {whole} 人，实到 {whole - 2} 人，请假 1，缺席 1")
    names.nth(1).tap()
    expect(page.locator("[data-people-sum]")).to_have_text(f"应到 {whole} 人，实到 {whole - 1} 人，请假 1")
    page.get_by_label("活动名称").fill("走访白沙村敬老院")
    page.locator("label.chip", has_text="走访").first.tap()
    settled(page)
    page.get_by_role("button", name=re.compile("^登记")).tap()
    page.wait_for_url(re.compile(r"/activities/\d+$"))
    expect(page.locator("main")).to_contain_text("请假 1")
    expect(page.locator("dd", has_text=first)).to_be_visible()
    fits(page)


def test_last_times_activity_is_taken_over_without_its_day(visit: Open) -> None:
    page = visit("baisha")
    page.goto("/activities/new?copy=last")
    expect(page.get_by_text("已照上次填好")).to_be_visible()
    expect(page.get_by_label("活动名称")).not_to_have_value("")
    expect(page.locator("input[name=on]")).to_have_value("2026-06-30")
