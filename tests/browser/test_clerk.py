"""How much a clerk does for the commonest case: clicks and keys, counted in the browser itself."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Open

MOST = 25
COUNTED = """
window.done = 0;
addEventListener("click", (event) => { if (event.isTrusted && event.detail) window.done += 1; }, true);
addEventListener("keydown", () => { window.done += 1; }, true);
"""


def pressed(page: Page) -> int:
    """Clicks and keys since the page was opened. Words are put in whole by the script: they are what has to be said, not work of the form."""
    return int(page.evaluate("window.done"))


def write(page: Page, label: str, words: str) -> None:
    page.get_by_label(label).click()
    page.keyboard.insert_text(words)


@pytest.mark.parametrize("phone", [{}, PHONE], ids=["desk", "phone"])
def test_a_collective_activity_takes_at_most_twenty_five_clicks_and_keys(visit: Open, phone: dict[str, Any]) -> None:
    page = visit("baisha", **phone)
    page.add_init_script(COUNTED)
    page.goto("/activities/new?fresh=1")
    title = f"视察白沙镇重点工程（{'手机' if phone else '电脑'}）"
    write(page, "活动名称", title)
    page.locator("label.chip", has_text="视察").first.click()
    page.locator("label.chip", has_text="委员活动日").click()
    page.get_by_label("日期").click()
    for key in ("0", "6", "1", "8", "2", "0", "2", "6") if not phone else ():
        page.keyboard.press(key)
    write(page, "地点", "白沙大桥工地")
    page.locator("#id_people label.chip", has_text="白沙镇委员小组").click()
    page.get_by_text("改名单：请假、缺席、增减人").click()
    for name, how in (("白沙委员02", "请假"), ("白沙委员05", "缺席")):
        page.get_by_role("radiogroup", name=name).locator("label", has_text=how).click()
    work = pressed(page) + 1  # the button that leaves the page
    page.get_by_role("button", name="登记", exact=False).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("实到 10")
    assert work <= MOST, f"{work} clicks and keys"


def test_what_was_planned_is_recorded_as_held_in_three_clicks(visit: Open) -> None:
    page = visit("baisha")
    page.goto("/activities/new?state=planned&fresh=1")
    write(page, "活动名称", "走访白沙镇企业")
    page.locator("label.chip", has_text="走访").first.click()
    page.locator("#id_people label.chip", has_text="白沙镇委员小组").click()
    page.get_by_role("button", name="登记", exact=False).last.click()
    expect(page.locator("main")).to_contain_text("受邀 12")
    page.add_init_script(COUNTED)
    page.get_by_role("link", name="登记为已开展").click()
    page.get_by_role("button", name="登记", exact=False).last.click()
    expect(page.locator("main")).to_contain_text("实到 12")
    expect(page.locator("main")).to_contain_text("委员参加活动")
