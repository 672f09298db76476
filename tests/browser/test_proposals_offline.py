"""What a proposer types is not lost: not without network, and not when his log-in has ended while he wrote."""

from playwright.sync_api import Page, expect

from .conftest import PHONE, Open

TEXT = "桥面破损三处，雨天积水。"


def begin(page: Page) -> None:
    page.goto("/proposals/new")
    page.get_by_label("不涉密").check()
    page.get_by_label("案由").fill("关于修整青石桥的提案")


def test_what_is_typed_without_network_or_log_in_comes_back(visit: Open) -> None:
    page = visit("member", **PHONE)
    begin(page)
    word = page.locator("[data-draft-word]")
    expect(word).to_contain_text("已存草稿")
    page.context.set_offline(True)
    page.get_by_label("情况").fill(TEXT)
    expect(word).to_contain_text("没有网络，已存在本机")
    page.get_by_role("button", name="提交", exact=True).tap()  # nothing is sent, nothing goes
    expect(page.get_by_label("情况")).to_have_value(TEXT)
    page.context.set_offline(False)
    expect(word).to_contain_text("已存草稿")
    page.reload()
    expect(page.get_by_label("情况")).to_have_value(TEXT)

    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")  # the log-in has ended
    page.get_by_label("分析").fill("多年没有养护。")
    page.get_by_role("button", name="提交", exact=True).tap()
    page.wait_for_url("**/login**")
    page.context.add_cookies(kept)  # and he logs in again
    page.goto("/proposals/new")
    expect(page.get_by_label("分析")).to_have_value("多年没有养护。")
    expect(page.get_by_label("情况")).to_have_value(TEXT)
