"""Chromium, one server for all, one context for each person; a console error or a report of the content policy fails the test."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from .serving import Site, start

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of (4(03|04|09|13|22))|ERR_INTERNET_DISCONNECTED|^htmx:(sendError|afterRequest)"
)
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"
PHONE = {
    "viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2,
    "user_agent": "Mozilla/5.0 (Linux; Android 12; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 "
    "Mobile Safari/537.36 XWEB/5169 MMWEBSDK/20221109 MicroMessenger/8.0.31.2281(0x28001F3D) WeChat/arm64 NetType/4G Language/zh_CN",
}  # fmt: skip

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="needs chromium: apt install chromium fonts-noto-cjk"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = start(tmp_path_factory.mktemp("site"))
    yield running
    running.stop()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What the browser complained of; the test fails when there is anything in it at its end."""
    found: list[str] = []
    yield found
    assert not found, "the browser complains:\n" + "\n".join(dict.fromkeys(found))


def watch(page: Page, faults: list[str]) -> Page:
    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            faults.append(f"  {page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            faults.append(f"  {response.url} → {response.status}")

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"  {page.url}: {error}"))
    page.on("response", answered)
    page.set_default_timeout(10_000)
    return page


def enter(browser: Browser, site: Site, who: str = "", **more: Any) -> BrowserContext:
    """A context of its own, logged in as `who`."""
    context = browser.new_context(
        base_url=site.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **{"viewport": {"width": 1280, "height": 860}, **more},
    )
    context.add_init_script(WATCH)
    if who:
        context.add_cookies([{"name": "sessionid", "value": site.session(who), "url": site.url}])
    return context


@pytest.fixture
def visit(browser: Browser, site: Site, faults: list[str]) -> Iterator[Open]:
    """`visit("clerk")`: a page of that person; `visit("", **PHONE)`: a stranger's phone."""
    contexts: list[BrowserContext] = []

    def opened(who: str = "", **more: Any) -> Page:
        contexts.append(enter(browser, site, who, **more))
        return watch(contexts[-1].new_page(), faults)

    yield opened
    for context in contexts:
        context.close()
