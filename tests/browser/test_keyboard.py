"""Without a mouse: the review by ↓ Enter E X, the skip link, dialogs that close, and a focus that one can see."""

import re

from playwright.sync_api import Page, expect

from .conftest import Open
from .serving import Site

VISIBLE = """element => {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
  return (ring || style.boxShadow !== 'none') && box.width > 0 && box.bottom > 0 && box.top < innerHeight + 200;
}"""


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "(document.activeElement.textContent || document.activeElement.name || document.activeElement.tagName).trim().slice(0, 40)"
        )
    )


def test_the_skip_link_is_first_and_leads_to_the_page(visit: Open) -> None:
    page = visit("clerk")
    page.goto("/plans/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_wherever_tab_goes_one_sees_it(visit: Open, site: Site) -> None:
    page = visit("clerk")
    unseen = []
    for path in ("/", f"/plans/{site.given['ids']['running']}", "/activities/new?fresh=1"):
        page.goto(path)
        for _ in range(18):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            wanted = page.evaluate("matchMedia && document.activeElement.matches(':focus-visible')")
            inner = "document.activeElement.closest('label.chip, .check, .files__pick label') || document.activeElement"
            if wanted and not page.evaluate(
                f"({VISIBLE})(document.activeElement) || ({VISIBLE})({inner}) || ({VISIBLE})(({inner}).querySelector('span') || document.body)"
            ):
                unseen.append(f"{path}: {focused(page)}")
    assert not unseen, "focus that cannot be seen:\n" + "\n".join(dict.fromkeys(unseen))


def test_the_review_is_done_by_keys(visit: Open, site: Site) -> None:
    page = visit("part_timer")
    page.goto(f"/plans/{site.given['ids']['reading']}/review?org=qingshi")
    items = page.locator("[data-item]")
    expect(page.locator('[data-item][aria-current="true"]')).to_have_count(1)
    start = page.locator('[data-item][aria-current="true"]').get_attribute("id")
    page.keyboard.press("ArrowDown")
    second = page.locator('[data-item][aria-current="true"]').get_attribute("id")
    assert second != start
    page.keyboard.press("ArrowUp")
    assert page.locator('[data-item][aria-current="true"]').get_attribute("id") == start

    # Enter confirms what is complete: the lecture hall's four sessions
    whole = items.filter(has_text="政协讲堂4期")
    walk_to(page, whole.get_attribute("id"))
    page.keyboard.press("Enter")
    expect(whole.get_by_label("已确认")).to_be_visible()

    # E opens the form, Escape leaves its field, E again folds it
    asked = items.filter(has_text="协商议事活动3次")
    walk_to(page, asked.get_attribute("id"))
    page.keyboard.press("e")
    expect(asked.get_by_label("目标值")).to_be_visible()
    asked.get_by_label("目标值").focus()
    page.keyboard.press("x")  # typed into a field, no verb
    page.keyboard.press("Escape")
    expect(asked.get_by_label("目标值")).to_be_visible()

    # X drops
    gone = items.filter(has_text="走访委员")
    walk_to(page, gone.get_attribute("id"))
    page.keyboard.press("x")
    expect(gone.get_by_label("不作任务")).to_be_visible()

    # a digit goes into the blank
    blank = items.filter(has_text="简讯")
    walk_to(page, blank.get_attribute("id"))
    page.keyboard.press("6")
    expect(blank.locator("input[name=value]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(blank).to_contain_text("6 期")


def walk_to(page: Page, wanted: str | None) -> None:
    """↓ or ↑ until the item is at hand."""
    for key in ("ArrowDown",) * 12 + ("ArrowUp",) * 24:
        if page.locator('[data-item][aria-current="true"]').get_attribute("id") == wanted:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} was not reached by the arrows")


def test_dialogs_and_the_drawer_close_with_escape_and_give_the_focus_back(visit: Open, site: Site) -> None:
    page = visit("clerk")
    page.goto(f"/activities/{site.given['ids']['activity']}")
    opener = page.locator("details[data-ask] summary").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.dialog[open]")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("理由")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()

    page.goto(f"/plans/{site.given['ids']['running']}")
    number = page.locator("li[id^=t]").filter(has_text="集体活动").locator(".num a")
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer-frame")).to_be_visible()
    expect(page.locator("#drawer-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer-frame")).to_be_hidden()
    expect(number).to_be_focused()

    menu = page.locator("summary", has_text="小结与总结")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="半年小结草稿")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="半年小结草稿")).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_report_is_filled_by_keys(visit: Open, site: Site) -> None:
    page = visit("clerk")
    page.goto(f"/reports/{site.given['ids']['report']}")
    current = page.locator('[data-item][aria-current="true"]')
    expect(current).to_have_count(1)
    before = current.get_attribute("id")
    page.keyboard.press("9")
    expect(current.locator("input[name=text]")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator(f"#b{(before or '').removeprefix('item-')}")).to_contain_text("92")
    expect(page.locator(".side")).to_contain_text(re.compile(r"已填 \d+ / \d+"))
