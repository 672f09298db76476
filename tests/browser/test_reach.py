"""Every page of the walk for everyone who may open it: axe, narrow windows, paper, empty units, forms in error."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from xieshang.base.accounts.roles import Role

from .conftest import PHONE, Open, enter, watch
from .serving import Site

AXE = Axe()
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
GRAVE = ("serious", "critical")
SEEN: set[str] = set()
SKELETON = "(() => { const out = []; document.querySelectorAll('main *').forEach(e => out.push(e.tagName + '.' + (e.className.baseVal ?? e.className))); return [...new Set(out)].sort().join(' ') })()"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def grave(page: Page, name: str) -> list[str]:
    """What axe finds serious or critical, a line each."""
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [
        f"  {name}: {one['id']} ({one['impact']}): {one['help']}\n      {node['html'][:160]}"
        + (f"\n      {node['any'][0]['message'][:160]}" if node.get("any") else "")
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:2]
    ]


def new(page: Page, who: str) -> bool:
    """Not yet looked at: a page whose middle is made of the same pieces as another's need not be looked at again; the frame is, once for each person."""
    size = page.viewport_size or {"width": 0}
    shapes = {
        f"{who} {size['width']}",
        hashlib.sha256(f"{page.evaluate(SKELETON)} {size['width']}".encode()).hexdigest(),
    }
    unseen = shapes - SEEN
    SEEN.update(shapes)
    return bool(unseen)


@pytest.fixture
def looked(browser: Browser, site: Site, faults: list[str]) -> Iterator[Any]:
    """`looked(who, [(name, address)], width)` → what is wrong."""
    contexts = []

    def look(who: str, addresses: list[tuple[str, str]], widths: tuple[int, ...] = (), **more: Any) -> list[str]:
        context = enter(browser, site, who, **more)
        contexts.append(context)
        page = watch(context.new_page(), faults)
        wrong: list[str] = []
        for name, address in addresses:
            answer = page.goto(address, wait_until="load")
            if answer is None or answer.status != 200:
                wrong.append(f"  {who} {name}: {address} → {answer and answer.status}")
                continue
            size = page.viewport_size
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                if (over := page.evaluate(WIDER)) > 0:
                    wrong.append(f"  {who} {name} at {width}: {over} px too wide ({widest(page)})")
            if widths and size:
                page.set_viewport_size(size)
            if new(page, who):
                wrong += grave(page, f"{who} {name}")
        return wrong

    yield look
    for context in contexts:
        context.close()


def widest(page: Page) -> str:
    """The element that sticks out."""
    return str(
        page.evaluate(
            "(() => { const w = document.documentElement.clientWidth; const out = [...document.querySelectorAll('main *')].filter(e => "
            "e.getBoundingClientRect().right > w + 1 && !e.closest('.table-scroll, .visually-hidden')); const e = out[out.length - 1]; "
            "return e ? `<${e.tagName.toLowerCase()} class=\"${e.className}\">` : '?' })()"
        )
    )


def test_axe_itself_is_awake(visit: Open) -> None:
    page = visit("clerk")
    page.goto("/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/img/seal.svg\"><button></button>')"
    )
    assert {line.split(": ")[1].split(" ")[0] for line in grave(page, "broken")} >= {"image-alt", "button-name"}


@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_axe_finds_nothing_serious_on_any_page_of_a_role(looked: Any, site: Site, role: str) -> None:
    """At 1280; and at 640 (a window of 1280 at 200 %) and 375 nothing sticks out."""
    pages = [(name, address) for name, address in site.addresses(role).items() if name not in ("login", "plans:item")]
    if role == Role.PARTTIMER:
        pages.insert(0, ("home", "/?org=qingshi"))
    wrong = looked(role, pages, widths=(640, 375) if role in (Role.CLERK, Role.LEADER, Role.SYS_ADMIN) else ())
    assert not wrong, "\n".join(dict.fromkeys(wrong))


MAIN = (
    "home",
    "me",
    "notices",
    "plans:list",
    "plans:one",
    "plans:target",
    "activities:list",
    "activities:new",
    "activities:one",
    "registers:entry_new",
    "figures",
)


@pytest.mark.parametrize("role", [str(Role.CLERK), str(Role.MEMBER)])
def test_axe_finds_nothing_serious_on_the_main_pages_of_a_phone(looked: Any, site: Site, role: str) -> None:
    wrong = looked(
        role,
        [(name, address) for name, address in site.addresses(role).items() if name in MAIN],
        widths=(375,),
        **PHONE,
    )
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_a_unit_where_nothing_was_done_yet_is_whole_too(looked: Any, site: Site) -> None:
    names = ("home", "plans:list", "plans:import", "activities:list", "activities:new", "registers:list", "registers:choose", "registers:catalogue",
             "figures", "reports:list", "people:list", "work", "settings_bodies", "settings_calendar", "settings_locks", "notices", "me", "search")  # fmt: skip
    wrong = looked(
        "fresh",
        [
            (f"{name} (empty)", address.split("?")[0])
            for name, address in site.addresses("clerk").items()
            if name in names
        ],
    )
    wrong += looked(
        "fresh", [("search (nothing)", "/search?q=没有这个"), ("figures (nothing)", "/figures/?q=没有这个")]
    )
    assert not wrong, "\n".join(dict.fromkeys(wrong))


FORMS = ("activities:new", "activities:import", "registers:entry_new", "registers:make", "registers:paste", "registers:import", "plans:import", "plans:choose",
         "plans:edit", "reports:new", "people:new", "settings_rule", "settings_calendar", "settings_bodies", "settings_locks", "feedback", "password_change")  # fmt: skip
EMPTY_AND_SEND = """() => {
  const forms = [...document.querySelectorAll('main form[method=post]')].filter(one => !one.closest('dialog, details[data-ask]'));
  const form = forms.find(one => one.querySelector('button.btn--main')) || forms[0];
  form.noValidate = true;
  form.querySelectorAll('input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]), textarea').forEach(e => { e.value = e.type === 'date' ? '' : e.inputMode === 'decimal' ? '三' : '' });
  form.querySelectorAll('[required]').forEach(e => e.removeAttribute('required'));
  const button = [...form.querySelectorAll('button.btn--main')].at(-1) || form.querySelector('button:not([type=button])');
  form.requestSubmit(button);
}"""


def test_forms_in_error_say_so_to_everyone(browser: Browser, site: Site, faults: list[str]) -> None:
    """Sent empty, each form comes back with 422, one sentence, the focus on it, and nothing serious for axe."""
    context = enter(browser, site, "clerk")
    page = watch(context.new_page(), faults)
    wrong: list[str] = []
    for name, address in site.addresses("clerk").items():
        if name not in FORMS:
            continue
        page.goto(address)
        with page.expect_navigation(wait_until="load") as sent:
            page.evaluate(EMPTY_AND_SEND)
        if sent.value is None or sent.value.status not in (422, 409):
            wrong.append(f"  {name}: sent empty → {sent.value and sent.value.status}, wanted 422")
            continue
        if not page.locator(".field__error, .note--warn, .note--stop, .errors, [role=alert]").count():
            wrong.append(f"  {name}: nothing says what is wrong")
        wrong += grave(page, f"{name} in error")
    for address in ("/no/such/page", "/settings/audit"):
        page.goto(address)
        wrong += grave(page, f"{address} refused")
    context.close()
    stranger = enter(browser, site)
    page = watch(stranger.new_page(), faults)
    page.goto("/login")
    wrong += grave(page, "login")
    page.get_by_label("登录名").fill("nobody")
    page.get_by_label("密码", exact=True).fill("wrong-password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()
    wrong += grave(page, "login in error")
    stranger.close()
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_in_large_type_nothing_sticks_out(visit: Open, site: Site) -> None:
    page = visit("leader", **PHONE)
    page.goto("/")
    page.evaluate("document.documentElement.dataset.size = 'large'")
    wide = []
    for name, address in site.addresses("leader").items():
        if name in MAIN:
            page.goto(address)
            page.evaluate("document.documentElement.dataset.size = 'large'")
            if (over := page.evaluate(WIDER)) > 0:
                wide.append(f"  {name}: {over} px ({widest(page)})")
    assert not wide, "\n".join(wide)


def test_on_paper_there_is_no_frame(visit: Open, site: Site) -> None:
    page = visit("clerk")
    for address in (
        f"/plans/{site.given['ids']['running']}",
        f"/activities/{site.given['ids']['activity']}",
        f"/reports/{site.given['ids']['report']}",
    ):
        page.goto(address)
        page.emulate_media(media="print")
        for what in ("nav.nav", "header.top", "nav.bottom", ".page__do", "a.skip"):
            for element in page.locator(what).all():
                expect(element, f"{what} is printed on {address}").to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.emulate_media(media="screen")
