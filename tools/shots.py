"""`make shots`: photographs the gallery and the main pages of the demo into docs/shots/, and lays them on one contact sheet.

A picture is a line in SHOTS: name, who looks, which page, how. Pages are named as in urls.py; one that does not resolve is left out and said so.
The county is that of 30 June 2026, so that two runs differ only where the pages differ.
"""

import argparse
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "shots"
NOW = "2026-06-30T10:12:00"
PASSWORD = "demo-demo-demo"
DESK, PHONE, PAPER = (1280, 860), (375, 780), (794, 1123)
MOST_BYTES, MOST_SHEET, TALLEST = 200_000, 900_000, 2600


class Shot(NamedTuple):
    """One picture.

    page     a name of urls.py, or an address that begins with /
    args     of the name; "first:PAGE:PATTERN" is the first link on PAGE whose address fits PATTERN
    how      desk, phone, large (phone, large type) or paper (as printed)
    query    after the address;  do   what is clicked before (selectors);  lang  zh-hans or en
    """

    name: str
    who: str
    page: str
    args: tuple[Any, ...] = ()
    how: tuple[str, ...] = ("desk", "phone")
    query: str = ""
    do: tuple[str, ...] = ()
    lang: str = ""


CLERK, PART, MEMBER, LEADER, UNIT, NOBODY = "liumin", "zhouxiaoyun", "heguilan", "zhangguohua", "wujun", ""
PLAN, ACTIVITY, REPORT = "first:plans:list:/plans/[0-9]+$", "first:activities:list:/activities/[0-9]+$", "first:reports:list:/reports/[0-9]+$"  # fmt: skip
WIDE, ALL = ("desk",), ("desk", "phone", "large", "paper")
SHOTS = (
    Shot("login", NOBODY, "login"),
    Shot(
        "login-wrong",
        NOBODY,
        "login",
        how=("phone",),
        do=("#id_username=liumin", "#id_password=wrong", "button[type=submit]"),
    ),
    Shot("home-clerk", CLERK, "home", how=ALL),
    Shot("home-english", CLERK, "home", how=WIDE, lang="en"),
    Shot("home-part-timer", PART, "home"),
    Shot("home-member", MEMBER, "home", how=("desk", "phone", "large")),
    Shot("home-leader", LEADER, "home"),
    Shot("home-sys", "sys", "home", how=WIDE),
    Shot("home-sec", "sec", "home", how=WIDE),
    Shot("home-audit", "audit", "home", how=WIDE),
    Shot("home-empty", "baisha", "home", how=("desk",)),
    Shot("me-member", MEMBER, "me", how=("phone",)),
    Shot("notices", CLERK, "notices", how=WIDE),
    Shot("search", CLERK, "search", query="q=走访", how=WIDE),
    Shot("plans", CLERK, "plans:list"),
    Shot("plan", CLERK, PLAN, how=ALL),
    Shot("plan-import", CLERK, "plans:import"),
    Shot("plan-review", PART, "first:plans:list:/plans/[0-9]+/review$"),
    Shot("work", CLERK, "work", how=WIDE),
    Shot("activities", CLERK, "activities:list"),
    Shot("activity", CLERK, ACTIVITY),
    Shot("activity-new", CLERK, "activities:new", how=("desk", "phone", "large")),
    Shot("proposals", CLERK, "proposals:list"),
    Shot("proposal", MEMBER, "first:proposals:list:/proposals/[0-9]+$", how=("desk", "phone", "large")),
    Shot("proposal-new", MEMBER, "proposals:new", how=("phone",)),
    Shot("proposal-unit", UNIT, "first:home:/proposals/assignments/[0-9]+$"),
    Shot("proposal-board", CLERK, "proposals:board", how=WIDE),
    Shot("registers", CLERK, "registers:list"),
    Shot("register-catalogue", CLERK, "registers:catalogue", how=WIDE),
    Shot("figures", CLERK, "figures"),
    Shot("figures-words", CLERK, "figures", query="q=今年按月集体活动"),
    Shot("figures-drawer", CLERK, "figures", query="q=今年集体活动", how=WIDE, do=(".figures a.figure",)),
    Shot("figures-wrong", CLERK, "figures", query="indicator=none.such", how=WIDE),
    Shot("reports", CLERK, "reports:list", how=WIDE),
    Shot("report", CLERK, REPORT, how=WIDE),
    Shot("report-templates", CLERK, "reports:templates", how=WIDE),
    Shot("bulletin", CLERK, "/plans/bulletin", how=WIDE),
    Shot("five-years", CLERK, "/plans/five-years", how=WIDE),
    Shot("people", CLERK, "people:list"),
    Shot("person", CLERK, "first:people:list:/people/[0-9]+$", how=("desk", "phone")),
    Shot("settings", CLERK, "settings"),
    Shot("settings-rules", CLERK, "settings_rules", how=WIDE),
    Shot("settings-bodies", CLERK, "settings_bodies", how=WIDE),
    Shot("settings-calendar", CLERK, "settings_calendar", how=WIDE),
    Shot("settings-locks", CLERK, "settings_locks", how=WIDE),
    Shot("settings-accounts", "sys", "settings_accounts", how=WIDE),
    Shot("settings-audit", "audit", "audit", how=WIDE),
    Shot("settings-verify", "audit", "audit_ledger", how=WIDE, do=("main form button",)),
    Shot("error-not-found", CLERK, "/no-such-page", how=("phone",)),
    Shot("error-not-allowed", MEMBER, "settings_locks", how=("phone",)),
)
LEFT_OUT_OF_SHEET = ("settings-calendar", "settings-locks", "notices", "login-wrong")


# --- the site ------------------------------------------------------------------------------------------------------------


def environment(data: Path, **more: str) -> dict[str, str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("XIESHANG_") and name != "DATABASE_URL"
    }
    return clean | {
        "XIESHANG_DATA": str(data),
        "XIESHANG_NOW": NOW,
        "XIESHANG_DEMO_PASSWORD": PASSWORD,
        "XIESHANG_DEMO": "1",
        **more,
    }


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def site(data: Path, **more: str) -> Iterator[str]:
    """A site of our own on a free port; its address."""
    port = free_port()
    command = [sys.executable, "-m", "xieshang.cli.main", "serve", "--demo", "--port", str(port)]
    served = subprocess.Popen(command, cwd=ROOT, env=environment(data, **more), stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _try in range(600):
            try:
                urllib.request.urlopen(f"{address}/login", timeout=5).close()
                break
            except OSError:
                if served.poll() is not None:
                    sys.exit("shots: the site did not start")
                time.sleep(0.5)
        yield address
    finally:
        served.terminate()
        served.wait(20)


def prepare(data: Path) -> None:
    """Beside the demo: an account in a township where nothing was done yet."""
    code = """
from xieshang.base import clock
from xieshang.base.accounts import actions
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Level, Organization
if not User.objects.filter(username="baisha").exists():
    county = Organization.objects.get(code="yunling")
    town = orgs.add(name="新安乡", short_name="新安乡", code="xinan", level=Level.TOWNSHIP, parent=county, by=None, now=clock.now())
    made = actions.make("baisha", name="余小满", password=PASSWORD, organization=town, by=None, now=clock.now())
    actions.grant(made, Role.PARTTIMER, town, by=None, now=clock.now())
""".replace("PASSWORD", repr(PASSWORD))
    start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'xieshang.web.settings'; django.setup()\n"
    subprocess.run([sys.executable, "-c", start + code], cwd=ROOT, env=environment(data), check=True)


# --- the camera ------------------------------------------------------------------------------------------------------------


class Camera:
    """One browser; each account logs in once."""

    def __init__(self, browser: Any, address: str, out: Path) -> None:
        self.browser, self.address, self.out = browser, address, out
        self.cookies: dict[str, Any] = {}

    def context(self, who: str, size: tuple[int, int], lang: str = "") -> Any:
        if who and who not in self.cookies:
            fresh = self.browser.new_context()
            page = fresh.new_page()
            page.goto(f"{self.address}/login")
            page.fill("#id_username", who)
            page.fill("#id_password", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{self.address}/")
            self.cookies[who] = fresh.storage_state()
            fresh.close()
        width, height = size
        made = self.browser.new_context(
            viewport={"width": width, "height": height},
            storage_state=self.cookies.get(who),
            device_scale_factor=1,
            reduced_motion="reduce",
        )
        made.set_default_timeout(15_000)
        return made

    def where(self, page: Any, shot: Shot) -> str:
        """The address of a shot; empty when there is none."""
        named = shot.page
        if named.startswith("first:"):
            listed, pattern = re.match(r"first:(.*):(/.*)$", named).groups()  # type: ignore[union-attr]
            page.goto(self.address + reverse(listed))
            hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
            return next((href for href in hrefs if re.match(pattern, href)), "")
        path = named if named.startswith("/") else reverse(named, shot.args)
        return f"{path}?{shot.query}" if path and shot.query else path

    def take(self, shot: Shot, how: str) -> Path | None:
        size = {"desk": DESK, "phone": PHONE, "large": PHONE, "paper": PAPER}[how]
        context = self.context(shot.who, size)
        try:
            page = context.new_page()
            where = self.where(page, shot)
            if not where:
                print(f"  left out: {shot.name} ({shot.page})")
                return None
            page.goto(self.address + where)
            if shot.lang:
                page.evaluate("lang => fetch('/account/language', {method: 'POST', headers: {'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content, 'Content-Type': 'application/x-www-form-urlencoded'}, body: 'language=' + lang})", shot.lang)  # fmt: skip
                page.reload()
            if how == "large":
                page.evaluate("document.documentElement.dataset.size = 'large'")
            if how == "paper":
                page.emulate_media(media="print")
            for step in shot.do:
                selector, given, text = step.partition("=") if step.startswith("#") else (step, "", "")
                page.fill(selector, text) if given else page.locator(selector).first.click()
            page.wait_for_load_state("networkidle")
            if page.locator("dialog[open]").count():
                picture = page.screenshot()
            else:
                height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
                page.set_viewport_size({"width": size[0], "height": max(size[1], height)})
                picture = page.screenshot()
            if shot.lang:
                page.evaluate("fetch('/account/language', {method: 'POST', headers: {'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content, 'Content-Type': 'application/x-www-form-urlencoded'}, body: 'language=zh-hans'})")  # fmt: skip
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
            if wide and how != "paper":
                print(f"  wider than its window: {shot.name} {how}")
        finally:
            context.close()
        target = self.out / f"{shot.name}-{how}.png"
        save(picture, target)
        return target


def save(picture: bytes, target: Path, most: int = MOST_BYTES) -> None:
    """As a PNG with a palette, fewer colours and then fewer pixels until it is small enough."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32, 16, 16, 16, 16):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= most:
            break
        if colours == 16:
            image = image.resize((image.width * 4 // 5, image.height * 4 // 5))
    target.write_bytes(out.getvalue())


def contact(pictures: list[Path], target: Path) -> None:
    """All on one sheet: desk pictures in rows of four, phone pictures beside them at the same scale."""
    gap, scale, rows_wide, tall = 14, 0.26, 1420, 300
    placed: list[tuple[Image.Image, int, int]] = []
    x = y = gap
    for path in pictures:
        image = Image.open(path).convert("RGB")
        small = image.resize(
            (max(1, int(image.width * scale)), max(1, int(image.height * scale))), Image.Resampling.LANCZOS
        )
        small = small.crop((0, 0, small.width, min(small.height, tall)))
        if x + small.width + gap > rows_wide:
            x, y = gap, y + tall + gap
        placed.append((small, x, y))
        x += small.width + gap
    sheet = Image.new("RGB", (rows_wide, y + tall + gap), "#d9d6cf")
    for small, left, top in placed:
        sheet.paste(small, (left, top))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    save(out.getvalue(), target, MOST_SHEET)


def reverse(name: str, args: tuple[Any, ...] = ()) -> str:
    from django.urls import NoReverseMatch
    from django.urls import reverse as address

    try:
        return str(address(name, args=args))
    except NoReverseMatch:
        return ""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--only", default="", help="names that begin so")
    ask.add_argument("--how", default="", help="desk, phone, large or paper alone")
    ask.add_argument("--out", type=Path, default=OUT)
    ask.add_argument("--data", type=Path, help="keep the demo here between two runs")
    given = ask.parse_args()
    from playwright.sync_api import sync_playwright

    data = given.data or Path(tempfile.mkdtemp(prefix="xieshang-shots-"))
    os.environ.update({"XIESHANG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "xieshang.web.settings"})
    import django

    django.setup()
    given.out.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            with site(data) as address:
                prepare(data)
                camera = Camera(browser, address, given.out)
                for shot in SHOTS:
                    for how in shot.how:
                        if shot.name.startswith(given.only) and given.how in ("", how):
                            taken += [path] if (path := camera.take(shot, how)) else []
            if "gallery".startswith(given.only) and not given.how:
                with site(data, XIESHANG_DEBUG="1") as address:
                    camera = Camera(browser, address, given.out)
                    taken += [
                        path
                        for how in ("desk", "phone")
                        if (path := camera.take(Shot("gallery", NOBODY, "gallery"), how))
                    ]
            browser.close()
    finally:
        if not given.data:
            shutil.rmtree(data, ignore_errors=True)
    if not given.only and not given.how:
        contact([path for path in taken if not path.name.startswith(LEFT_OUT_OF_SHEET)], given.out / "contact.png")
    print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in taken) // 1024} KB, in {given.out}")


if __name__ == "__main__":
    main()
