"""A proposal from a member's phone to its closing: each step on the pages of who takes it."""

import re

from playwright.sync_api import Page, expect

from .conftest import PHONE, Open
from .test_phone import fits

TITLE = "关于修整白石桥桥面的提案"


def write(page: Page) -> str:
    """The member writes and sends; the address of his proposal."""
    page.goto("/proposals/new")
    page.get_by_label("不涉密").check()
    page.get_by_label("案由").fill(TITLE)
    page.get_by_label("情况").fill("桥面破损，雨天积水严重。")
    page.get_by_label("分析").fill("多年没有养护，没有明确管护单位。")
    page.get_by_label("建议", exact=True).fill("列入今年养护计划，明确管护单位。")
    fits(page)
    page.get_by_role("button", name="提交", exact=True).tap()
    expect(page.locator("main")).to_contain_text("情况里没有数字")  # advice, and a second look
    page.get_by_role("button", name="提交", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.locator("main")).to_contain_text("等初审")
    fits(page)
    return page.url


def review(page: Page, address: str, word: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=word, exact=True).click()
    page.get_by_label("类别").select_option(label="社会建设")
    page.get_by_label("交办系统").select_option(label="政府")
    page.get_by_role("button", name=f"{word}完成").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案")


def decide(page: Page, address: str) -> None:
    """The meeting has this one proposal before it; then it is handed to the unit."""
    page.goto("/proposals/sheets/new")
    page.get_by_label("会议", exact=False).first.fill("提案委员会第四次会议")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(TITLE in (box.locator("xpath=ancestor::label").inner_text()))
    page.get_by_role("button", name="列出单子").click()
    page.get_by_role("button", name="会议已审议通过").click()
    expect(page.locator("main")).to_contain_text("已审议")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(re.compile("第 ?[0-9]+ ?号"))
    page.get_by_role("button", name="送交办").click()
    page.get_by_role("link", name="交办", exact=True).click()
    page.locator("select[name=unit_1]").select_option(label="交通运输局")
    page.locator("select[name=role_1]").select_option(label="单办")
    page.get_by_role("button", name="交办", exact=True).click()
    expect(page.locator("main")).to_contain_text("交通运输局：待签收")


def answer(page: Page, address: str) -> None:
    """The unit's clerk is led from one step to the next."""
    page.goto(address)
    page.locator("[aria-labelledby=units]").get_by_role("link").click()
    page.get_by_role("button", name="签收", exact=True).click()
    page.get_by_label("上门走访").check(force=True)
    page.get_by_label("双方谁参加").fill("李科长，提案者")
    page.get_by_label("谈了什么").fill("到现场看了桥面。")
    page.get_by_role("button", name="登记联系情况").click()
    page.get_by_label("答复正文").fill("已列入今年养护计划，十月底前完成。")
    page.get_by_label(re.compile("^A 类")).check(force=True)
    page.get_by_label("主动公开").check(force=True)
    page.get_by_label("联系人").fill("李科长")
    page.get_by_label("联系电话").fill("0000-6320011")
    page.get_by_role("button", name="保存答复").click()
    page.get_by_label("签发人").fill("王局长")
    page.get_by_role("button", name="签发", exact=True).click()
    page.get_by_role("button", name="报审", exact=True).click()
    expect(page.locator("main")).to_contain_text("已报审")


def test_a_proposal_goes_from_a_phone_to_its_closing(visit: Open) -> None:
    member, clerk, head, handler = visit("member", **PHONE), visit("clerk"), visit("head"), visit("handler")
    address = write(member)
    review(clerk, address, "初审")
    review(head, address, "复审")
    decide(clerk, address)
    answer(handler, address)

    clerk.goto(address)
    clerk.locator("[aria-labelledby=units]").get_by_role("link").click()
    clerk.get_by_role("button", name=re.compile("^审核通过")).click()
    expect(clerk.locator("main")).to_contain_text("已答复")

    member.goto("/")
    member.locator("main").get_by_role("link", name="去评价").first.tap()
    expect(member.locator("main")).to_contain_text("十月底前完成")
    fits(member)
    for word in ("已走访", "满意", "针对提案", "同意"):
        member.locator("label.chip", has=member.get_by_text(word, exact=True)).first.tap()
    member.get_by_role("button", name="提交评价").tap()
    expect(member.locator("body")).to_contain_text("谢谢，评价已收到")

    handler.goto(address)
    expect(handler.locator("main")).not_to_contain_text("提案者的评价")
    clerk.goto(address)
    clerk.locator("details.ask", has_text="办结").locator("summary").click()
    clerk.locator("form[action$=close]").get_by_role("button", name="办结").click()
    expect(clerk.locator("main")).to_contain_text("已办结")
