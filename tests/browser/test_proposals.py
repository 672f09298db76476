"""A proposal from a member's phone to its archive: each step on the pages of who takes it."""

import re

from playwright.sync_api import Page, expect

from .conftest import PHONE, Open
from .test_phone import fits

TITLE = "关于修整白石桥桥面的提案"
REPLY = "已列入今年养护计划，十月底前完成。"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("main")).to_contain_text(words)


def write(page: Page) -> str:
    """The member writes, keeps it as a draft and asks two others to sign; the address of his proposal."""
    page.goto("/proposals/new")
    page.get_by_label("不涉密").check()
    page.get_by_label("案由").fill(TITLE)
    page.get_by_label("情况").fill("桥面破损三处，雨天积水，每天约 400 人经过。")
    page.get_by_label("分析").fill("多年没有养护，没有明确管护单位。")
    page.get_by_label("建议", exact=True).fill("请县交通运输局列入今年养护计划，明确管护单位。")
    fits(page)
    page.get_by_role("button", name="暂存", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    page.get_by_role("link", name="邀请会签").tap()
    for name in ("委员05", "委员06"):
        page.get_by_label("按姓名找").fill(name)
        page.locator("li.person:visible", has_text=name).get_by_role("checkbox").check()
    fits(page)
    page.get_by_role("button", name="邀请", exact=True).tap()
    says(page, "待会签")
    return page.url


def cosign(page: Page, address: str) -> None:
    """One who was asked reads it on his own phone and signs with one tap."""
    page.goto(address)
    says(page, "雨天积水")
    fits(page)
    page.get_by_role("button", name="同意会签").tap()
    says(page, "同意会签")


def submit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="提交", exact=True).first.tap()
    says(page, "等初审")
    fits(page)


def review(page: Page, address: str, word: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=word, exact=True).click()
    page.get_by_label("类别").select_option(label="社会建设")
    page.get_by_label("交办系统").select_option(label="政府")
    page.get_by_role("button", name=f"{word}完成").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案")


def decide(page: Page, address: str) -> None:
    """The meeting has this one proposal before it; then it goes to the assigning office."""
    page.goto("/proposals/sheets/new")
    page.get_by_label("会议", exact=False).first.fill("提案委员会第四次会议")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(TITLE in (box.locator("xpath=ancestor::label").inner_text()))
    page.get_by_role("button", name="列出单子").click()
    page.get_by_role("button", name="会议已审议通过").click()
    says(page, "已审议")
    page.goto(address)
    says(page, re.compile("第 ?[0-9]+ ?号"))
    page.get_by_role("button", name="送交办").click()


def assign(page: Page, address: str, *units: tuple[str, str], verb: str = "交办") -> None:
    """The office of the right system hands it out."""
    page.goto(f"{address}/assign")
    for n, (unit, role) in enumerate(units, 1):
        page.locator(f"select[name=unit_{n}]").select_option(label=unit)
        page.locator(f"select[name=role_{n}]").select_option(label=role)
    page.get_by_role("button", name="交办", exact=True).click()
    for unit, _role in units:
        says(page, f"{unit}：待签收")


def given(page: Page, address: str, unit: str) -> Page:
    """To the page of the assignment of one unit."""
    page.goto(address)
    page.locator("[aria-labelledby=units]").get_by_role("link", name=re.compile(unit)).last.click()
    return page


def deed(page: Page, word: str) -> None:
    """Open a deed that stands folded."""
    page.locator("details.more", has=page.locator("summary", has_text=word)).locator("summary").first.click()


def opine(page: Page) -> None:
    page.get_by_role("button", name="签收", exact=True).click()
    page.get_by_role("textbox", name="会办意见").fill("桥下河道由我局在汛前清理。")
    page.get_by_role("button", name="送会办意见").click()
    says(page, "桥下河道")


def contact(page: Page) -> None:
    page.get_by_label("上门走访").check(force=True)
    page.get_by_label("双方谁参加").fill("李科长，提案者")
    page.get_by_label("谈了什么").fill("到现场看了桥面。")
    page.get_by_role("button", name="登记联系情况").click()


def longer(host: Page, office: Page) -> None:
    """The host asks for more time, the office agrees."""
    deed(host, "申请延期")
    host.get_by_label("延到哪天").fill("2026-11-20")
    host.get_by_label("为什么来不及").fill("汛期不能施工。")
    host.get_by_role("button", name="申请延期", exact=True).click()
    office.goto(host.url)
    deed(office, "答复延期申请")
    office.locator("form[action$=answer_longer]").get_by_label("同意", exact=True).check(force=True)
    office.get_by_role("button", name="答复延期申请").click()
    host.goto(host.url)
    says(host, "2026 年 11 月 20 日")


def answer(page: Page, letter: str) -> None:
    """The reply, its class, its signing off, and to the office."""
    page.get_by_label("答复正文").fill(REPLY)
    page.get_by_label(re.compile(f"^{letter} 类")).check(force=True)
    page.get_by_label("主动公开").check(force=True)
    page.get_by_label("联系人").fill("李科长")
    page.get_by_label("联系电话").fill("0000-6320011")
    page.get_by_role("button", name="保存答复").click()
    sign_off(page)


def sign_off(page: Page) -> None:
    page.get_by_label("签发人").fill("王局长")
    page.get_by_role("button", name="签发", exact=True).click()
    page.get_by_role("button", name="报审", exact=True).click()
    says(page, "已报审")


def accept(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("^审核通过")).click()
    says(page, "已答复")


def rate(page: Page, *words: str) -> None:
    """On a phone, from the first page; attitude and result apart."""
    page.goto("/")
    page.locator("main").get_by_role("link", name="去评价").first.tap()
    says(page, "十月底前完成")
    fits(page)
    for word in words:
        page.locator("label.chip", has=page.get_by_text(word, exact=True)).first.tap()
    page.get_by_role("button", name="提交评价").tap()
    expect(page.locator("body")).to_contain_text("谢谢，评价已收到")


def ask(page: Page, word: str, reason: str = "") -> None:
    """A step that asks for its reason."""
    box = page.locator("details.ask", has=page.locator("summary", has_text=word))
    box.locator("summary").first.click()
    form = page.locator("form.ask__box:visible")
    if reason:
        form.get_by_role("textbox").first.fill(reason)
    form.get_by_role("button", name=word, exact=True).click()


def test_a_proposal_goes_from_a_phone_to_its_archive(visit: Open) -> None:
    member, fifth, sixth = (visit(who, **PHONE) for who in ("member", "cosigner_4", "cosigner_5"))
    clerk, head, office, host, water, forest = (visit(who) for who in ("clerk", "head", "office", "handler", "water", "forest"))  # fmt: skip
    address = write(member)
    cosign(fifth, address)
    cosign(sixth, address)
    submit(member, address)
    review(clerk, address, "初审")
    review(head, address, "复审")
    decide(clerk, address)
    assign(office, address, ("交通运输局", "主办"), ("林业局", "会办"))

    # the co-handler objects, another one is given it
    given(forest, address, "林业局")
    deed(forest, "申请退件")
    forest.get_by_label("理由").fill("桥面不归我局，河道由水务局管。")
    forest.get_by_role("button", name="申请退件", exact=True).click()
    says(forest, "申请退件")
    office.goto(forest.url)
    office.get_by_role("button", name="同意退件").click()
    assign(office, address, ("水务局", "会办"))
    opine(given(water, address, "水务局"))

    given(host, address, "交通运输局").get_by_role("button", name="签收", exact=True).click()
    contact(host)
    longer(host, office)
    answer(host, "B")
    office.goto(host.url)
    deed(office, "退回重拟")
    office.locator("form[action$=reject]").get_by_label("理由").fill("请写明管护单位。")
    office.get_by_role("button", name="退回重拟").click()
    host.goto(host.url)
    says(host, "请写明管护单位")
    answer(host, "B")
    accept(office, host.url)

    # each proposer rates for himself; a unit sees none of it
    rate(member, "已走访", "满意", "针对提案", "同意")
    rate(fifth, "未走访", "满意", "未针对", "不同意")
    rate(sixth, "已走访", "满意", "基本针对", "保留")
    host.goto(address)
    expect(host.locator("main")).not_to_contain_text("提案者的评价")

    # one is not satisfied: a second round
    clerk.goto(address)
    ask(clerk, "重新办理", "管护单位仍不明确")
    assign(office, address, ("交通运输局", "单办"))
    given(host, address, "交通运输局")
    says(host, "管护单位仍不明确")
    host.get_by_role("button", name="签收", exact=True).click()
    contact(host)
    answer(host, "B")
    accept(office, host.url)
    for page in (member, fifth, sixth):
        rate(page, "已走访", "满意", "针对提案", "同意")

    # closed as B, looked at again, archived
    clerk.goto(address)
    ask(clerk, "办结")
    says(clerk, "已办结")
    clerk.get_by_role("button", name="回头看").click()
    clerk.get_by_role("link", name="登记落实情况").click()
    clerk.get_by_label("日期").fill("2026-06-30")
    clerk.get_by_label(re.compile("^A 类")).check(force=True)
    clerk.get_by_label("落实情况").fill("桥面已修好，管护单位是县公路站。")
    clerk.get_by_label("佐证").set_input_files({"name": "桥面.txt", "mimeType": "text/plain", "buffer": "桥面已修好。".encode()})  # fmt: skip
    clerk.get_by_role("button", name="保存", exact=True).click()
    says(clerk, "B → A")
    clerk.get_by_role("button", name="归档").click()
    says(clerk, "已归档")
    member.goto(address)
    says(member, "B → A")
    fits(member)
