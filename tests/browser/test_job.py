"""The main job of a township's part-timer, from the plan on paper to the report that fills itself."""

import io
import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Locator, Page, expect

from ..world import RUNNING, template
from .conftest import Open
from .serving import PASSWORD, Site

PLAN = RUNNING.format(unit="柳河镇").replace(
    "健全工作制度。", "健全工作制度。编发工作简讯___期，举办委员沙龙和政协讲堂各2期。"
)


def texts(path: Path) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(path.read_bytes())).paragraphs)


def log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")


def item(page: Page, words: str) -> Locator:
    return page.locator("[data-item]").filter(has=page.locator(".title", has_text=words))


def test_a_plan_on_paper_becomes_a_report_that_fills_itself(visit: Open, site: Site, tmp_path: Path) -> None:
    page = visit()
    log_in(page, "liuhe")

    # 计划 → 导入 → 选一份
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="计划").click()
    page.get_by_role("link", name=re.compile("导入")).first.click()
    page.get_by_label("选择文件").set_input_files(
        {"name": "柳河镇计划.txt", "mimeType": "text/plain", "buffer": PLAN.encode("gb18030")}
    )
    page.get_by_role("button", name="识别任务").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("导入")
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_url("**/review")
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对：识别出")
    expect(page.locator("mark[id^=m]").first).to_be_visible()

    # 确认有把握的 · 改一项 · 拆一项 · 去一项
    page.get_by_role("button", name=re.compile("有把握的")).click()
    expect(item(page, "集体活动不少于4次").get_by_label("已确认")).to_be_visible()
    charity = item(page, "捐款活动")
    charity.get_by_role("link", name=re.compile("^改")).click()
    charity.get_by_label("目标值").fill("2")
    charity.get_by_role("button", name="保存并确认").click()
    expect(charity).to_contain_text("2 次")
    whole = item(page, "委员沙龙").first
    whole.get_by_role("link", name=re.compile("^改")).click()
    page.get_by_text("拆开、合并").click()
    page.get_by_label("拆成几项，一行写一项").fill("举办委员沙龙2期\n举办政协讲堂2期")
    page.get_by_role("button", name="拆开", exact=True).click()
    expect(item(page, "举办政协讲堂2期")).to_be_visible()
    page.wait_for_load_state()
    blank = item(page, "简讯")
    blank.get_by_role("button", name=re.compile("不要")).click()
    expect(blank).to_have_count(1)

    # 离开，再回来：一项也没有丢
    review = page.url
    page.goto("/")
    expect(page.locator("main")).to_contain_text("核对")
    page.goto(review)
    expect(item(page, "捐款活动").get_by_label("已确认")).to_be_visible()
    page.get_by_role("button", name=re.compile("定性任务")).click()
    for _ in range(8):
        waiting = page.locator("[data-item] button[data-accept]")
        if not waiting.count():
            break
        before = waiting.count()
        waiting.first.click()
        expect(page.locator("[data-item] button[data-accept]")).to_have_count(before - 1)
    page.get_by_role("button", name="启用计划").click()
    page.wait_for_url(re.compile(r"/plans/\d+$"))
    plan = page.url
    row = page.locator("li[id^=t]").filter(has_text="集体活动")
    expect(row.locator(".num")).to_have_text(re.compile(r"0\s*/\s*4\s*次"))

    # 登记活动：全组 12 人，缺 2
    page.locator("summary", has_text="＋登记").first.click()
    page.get_by_role("link", name="登记活动").first.click()
    page.get_by_label("活动名称").fill("视察人居环境整治")
    page.locator("label.chip", has_text="视察").first.click()
    page.get_by_label("日期").fill("2026-06-18")
    page.get_by_label("地点").fill("柳河村")
    page.locator("#id_people label.chip", has_text="柳河镇委员小组").click()
    expect(page.locator("[data-people-sum]")).to_have_text(re.compile("应到 12 人，实到 12 人"))
    page.get_by_text("改名单：请假、缺席、增减人").click()
    page.locator("[data-person]").nth(0).get_by_role("radio", name="请假").check()
    page.locator("[data-person]").nth(1).get_by_role("radio", name="缺席").check()
    expect(page.locator("[data-people-sum]")).to_have_text(re.compile("应到 12 人，实到 10 人，请假 1，缺席 1"))
    page.get_by_label("结果一句话").fill("提出整治建议五条")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("视察人居环境整治")
    expect(page.locator("main")).to_contain_text("应到 12 人")

    # 计划页上 0/4 变成 1/4；点开是那次活动
    page.goto(plan)
    expect(row.locator(".num")).to_have_text(re.compile(r"1\s*/\s*4\s*次"))
    row.locator(".num a").click()
    drawer = page.locator("#drawer-frame")
    expect(drawer).to_be_visible()
    drawer.get_by_role("link", name="视察人居环境整治").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("视察人居环境整治")

    # 更正要写理由，经过里看得到
    page.get_by_role("link", name="更正", exact=True).click()
    page.get_by_label("地点").fill("柳河村三组")
    page.get_by_label("理由").fill("地点写得不全")
    page.get_by_role("button", name="更正", exact=True).click()
    expect(page.locator("main")).to_contain_text("地点写得不全")
    expect(page.locator("main")).to_contain_text("柳河村三组")

    # 半年小结草稿
    page.goto(plan)
    page.locator("summary", has_text="小结与总结").click()
    page.get_by_role("link", name="半年小结草稿").click()
    expect(page.locator("main")).to_contain_text("集体活动")

    # 报告编制：上传去年的稿子，选、填、下载两种
    page.goto("/reports/new")
    page.get_by_label("原稿").set_input_files(
        {"name": "去年总结.docx", "mimeType": "application/octet-stream", "buffer": template("柳河镇")}
    )
    page.locator("label.chip", has_text="上半年").click()
    page.get_by_role("button", name="开始编制").click()
    page.wait_for_url(re.compile(r"/reports/\d+"))
    expect(page.locator(".paper .blank--sure").first).to_have_text(re.compile("1"))
    waiting = page.locator(".paper .blank--pick").count()
    assert waiting, "nothing to choose: the plan of the tests wants a blank that may be several things"
    page.locator(".paper .blank--pick").first.click()
    page.locator("[data-item][aria-current=true] button[data-choice='1']").click()
    expect(page.locator(".paper .blank--pick")).to_have_count(waiting - 1)
    page.locator(".paper .blank--empty").last.click()
    field = page.locator("[data-item][aria-current=true] input[name=text]")
    field.fill("92")
    page.locator("[data-item][aria-current=true]").get_by_role("button", name="填上").click()
    expect(page.locator(".paper .blank--hand")).to_have_count(1)
    with page.expect_download() as clean:
        page.get_by_role("link", name="清稿").click()
    with page.expect_download() as check:
        page.get_by_role("link", name="核对稿").click()
    clean.value.save_as(tmp_path / "clean.docx")
    check.value.save_as(tmp_path / "check.docx")
    assert "组织集体活动1次" in texts(tmp_path / "clean.docx")
    assert "组织集体活动1次" in texts(tmp_path / "check.docx")
    assert not list(Document(tmp_path / "clean.docx").comments)
    assert list(Document(tmp_path / "check.docx").comments)
