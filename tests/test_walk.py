"""Every address × every role: who may gets an answer, who may not is refused in words, a stranger finds nothing, and no page breaks a rule of the house."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from lxml import html

from xieshang.base.accounts.roles import Role

from .addresses import API, EVERYONE, LOGGED_IN, TABLE_OF_ADDRESSES, Address, Found, classed, found, holders, verbs
from .world import PHONES, Things, World

pytestmark = pytest.mark.django_db

FOUND = found()
CLASSED = [one for one in FOUND if classed(one)]
OURS = tuple(str(role) for role in Role)
BACKEND = "django.contrib.auth.backends.ModelBackend"
SHARED = {  # the address names a rule or a word, which every unit has
    "settings_rule", "proposals:term_new", "proposals:term", "proposals:term_stop", "proposals:term_adopt",
}  # fmt: skip


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """A browser for each: the eight roles, a guest, the clerk and a member of the foreign county."""
    made: dict[str, Client] = {"guest": Client(raise_request_exception=False)}
    for name, user in world.users.items():
        client = Client(raise_request_exception=False)
        client.force_login(user, backend=BACKEND)
        made[name] = client
    made[str(Role.PARTTIMER)].get("/?org=qingshi")
    return made


# --- the table itself ------------------------------------------------------------------------------------------------------


def test_every_address_is_classed() -> None:
    missing = [f"  {one.key!r}  (/{one.route})" for one in FOUND if classed(one) is None]
    assert not missing, "addresses that tests/addresses.py does not class: who may open them?\n" + "\n".join(missing)


def test_every_row_of_the_table_is_an_address() -> None:
    keys = {one.key for one in FOUND}
    stale = [name for name in TABLE_OF_ADDRESSES if name not in keys]
    assert not stale, f"rows of tests/addresses.py that name no address any more: {stale}"


def test_programs_reach_the_rooms() -> None:
    routes = {one.route for one in FOUND}
    rooms = {key.split("/")[1] for key in API if key.count("/") > 1} - {
        route.split("/")[1] for route in routes if route.startswith("api/")
    }
    assert not rooms, f"these rooms have an api.py whose router is not mounted under /api/: {sorted(rooms)}"


def test_every_verb_of_the_table_is_a_permission() -> None:
    assert not verbs(), f"verbs that no room has declared: {sorted(verbs())}"


# --- the walk --------------------------------------------------------------------------------------------------------------


def may(role: str, verb: str) -> bool:
    if verb == EVERYONE:
        return True
    return role != "guest" and (verb == LOGGED_IN or role.removeprefix("foreign_") in holders(verb))


def wanted(one: Found, row: Address, method: str, role: str) -> tuple[int, ...]:
    """The statuses with which this role is answered, at home."""
    verb = row.get if method == "GET" else row.post
    if role == "guest" and verb != EVERYONE:
        return (401,) if one.is_api else (302, 405) if not verb else (302,)
    if not verb:
        return (405,) if may(role, row.get or row.post) else (403, 404, 405)
    if not may(role, verb):
        return (403, 404) if row.one else (403,) if "figure_" not in one.key else (404,)
    if method == "GET":
        return row.answers
    return row.sent


@contextmanager
def told() -> Iterator[list[str]]:
    """What went wrong inside a view, as words."""
    errors: list[str] = []

    def keep(sender: Any, request: Any = None, **_more: Any) -> None:
        import sys
        import traceback

        kind, error, trace = sys.exc_info()
        where = [frame for frame in traceback.extract_tb(trace) if "xieshang" in frame.filename][-1:]
        at = f" at {where[0].filename.partition('xieshang/')[2]}:{where[0].lineno}" if where else ""
        errors.append(f"{kind.__name__ if kind else '?'}: {error}{at}")

    got_request_exception.connect(keep)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(keep)


def ask(client: Client, one: Found, row: Address, method: str, things: Things) -> tuple[Any, str] | None:
    """The answer, with everything it wrote taken back; None where this unit has no such thing."""
    args = row.args(things) if row.args else []
    if args is None:
        return None
    path = one.path(args)
    query = f"?{row.query(things)}" if row.query and method == "GET" else ""
    given = row.data(things) if row.data and method == "POST" else {}
    cookies = client.cookies.copy()
    with told() as errors, transaction.atomic():
        cache.clear()
        if method == "GET":
            answer = client.get(path + query)
        elif one.is_api:
            answer = client.post(path, given, content_type="application/json")
        else:
            answer = client.post(path, given)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies  # a new password or a log-out changed the session, and is taken back
    answer.words = (
        content.decode(errors="replace")
        if "html" in answer.get("Content-Type", "") or "json" in answer.get("Content-Type", "")
        else ""
    )
    return answer, f"{method} {path}{query}" + (f"  [{errors[0]}]" if errors else "")


@pytest.mark.parametrize("one", CLASSED, ids=lambda one: one.key)
def test_each_role_is_answered_as_the_table_says(one: Found, world: World, clients: dict[str, Client]) -> None:
    row = classed(one)
    assert row
    wrong: list[str] = []
    for role in (*OURS, "guest"):
        for method in ("GET", "POST") if row.post else ("GET",):
            asked = ask(clients[role], one, row, method, world.home(role))
            if asked is None:
                continue
            answer, line = asked
            right = wanted(one, row, method, role)
            if answer.status_code not in right:
                wrong.append(
                    f"  {role:<12} {line} → {answer.status_code}, wanted {' or '.join(map(str, right))}{said(answer)}"
                )
            elif (
                role == "guest"
                and answer.status_code == 302
                and EVERYONE not in (row.get, row.post)
                and not answer["Location"].startswith("/login")
            ):
                wrong.append(f"  guest        {line} → {answer['Location']}, wanted /login")
            wrong += [f"  {role:<12} {line}: {fault}" for fault in faults(one, row, answer, role, world)]
    assert not wrong, f"{one.key}\n" + "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize(
    "one", [one for one in CLASSED if classed(one).one and one.key not in SHARED], ids=lambda one: one.key
)  # type: ignore[union-attr]
def test_what_belongs_to_a_foreign_unit_is_not_there(one: Found, world: World, clients: dict[str, Client]) -> None:
    row = classed(one)
    assert row
    wrong: list[str] = []
    pairs = [(role, world.foreign) for role in OURS] + [
        (who, things) for who in ("foreign_clerk", "foreign_member") for things in (world.county, world.township)
    ]
    for role, things in pairs:
        for method in ("GET", "POST"):
            verb = row.get if method == "GET" else row.post
            if not verb or verb == EVERYONE or (asked := ask(clients[role], one, row, method, things)) is None:
                continue
            answer, line = asked
            right = (404,) if may(role, verb) else (403, 404)
            if answer.status_code not in right:
                wrong.append(
                    f"  {role:<14} {line} ({things.unit.short_name}) → {answer.status_code}, wanted {' or '.join(map(str, right))}{said(answer)}"
                )
    assert not wrong, f"{one.key}: shown to strangers\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "one", [one for one in CLASSED if not classed(one).one and classed(one).get], ids=lambda one: one.key
)  # type: ignore[union-attr]
def test_lists_name_nothing_of_another_unit(one: Found, world: World, clients: dict[str, Client]) -> None:
    """A member and a clerk of the foreign county open every list: no title, no person of ours stands there."""
    row = classed(one)
    assert row
    ours = (
        world.county.activity.title,
        world.township.activity.title,
        world.county.person.name,
        world.county.running.title,
        world.house.members[3].name,
    )
    wrong = []
    for role in ("foreign_clerk", "foreign_member"):
        asked = ask(clients[role], one, row, "GET", world.foreign)
        if asked:
            wrong += [f"  {role} {asked[1]} names “{word}”" for word in ours if word in asked[0].words]
    assert not wrong, "\n".join(wrong)


# --- what every page keeps -------------------------------------------------------------------------------------------------

WHOLE = re.compile(r"<html[\s>]")


def said(answer: Any) -> str:
    """The words of the refusal or of the first mistake in the form, for who reads the failure."""
    if answer.status_code in (302, 404, 405) or not answer.words:
        return f"  {answer.get('Location', '')}" if answer.status_code == 302 else ""
    if "json" in answer.get("Content-Type", ""):
        return f"  {answer.words[:160]}"
    tree = html.fromstring(answer.words)
    words = tree.xpath(
        "//*[contains(@class,'field__error') or contains(@class,'note--warn') or contains(@class,'note--stop') or self::h1]"
    )
    return "  " + " · ".join(" ".join(w.text_content().split()) for w in words)[:200]


def faults(one: Found, row: Address, answer: Any, role: str, world: World) -> Iterator[str]:
    """Rules of the house that an answer breaks."""
    if "Content-Security-Policy" not in answer.headers:
        yield "no Content-Security-Policy"
    elif "unsafe" in answer.headers["Content-Security-Policy"]:
        yield "an unsafe Content-Security-Policy"
    home = world.home(role)
    sees = one.key in ("people:person", "undelivered") and role != "guest" and may(role, "people.see_phone")
    for code, phone in PHONES.items():
        if phone in answer.words and not (sees and code == home.unit.code):
            yield "a full telephone number"
    if (
        not answer.get("Content-Type", "").startswith("text/html")
        or answer.status_code in (302, 405)
        or not answer.words
    ):
        return
    if not WHOLE.search(answer.words):
        if row.html and answer.status_code == 200 and not answer.headers.get("HX-Trigger"):
            yield "a page without its frame"
        return
    yield from of_page(answer.words)


def of_page(text: str) -> Iterator[str]:
    tree = html.fromstring(text)
    if (n := len(tree.xpath("//h1"))) != 1:
        yield f"{n} h1"
    elif not tree.xpath("//h1")[0].text_content().strip():
        yield "an empty h1"
    if not (tree.findtext(".//title") or "").strip():
        yield "no title"
    if not tree.get("lang"):
        yield "no lang"
    if styled := tree.xpath("//*[@style]"):
        yield f"style= on <{styled[0].tag} class={styled[0].get('class')!r}>"
    if tree.xpath("//style"):
        yield "<style> in the page"
    if tree.xpath("//script[not(@src)]"):
        yield "a script in the page"
    handlers = {
        name
        for element in tree.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name.startswith("on")
    }
    if handlers:
        yield f"handlers in the page: {sorted(handlers)}"
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        yield f"an id twice: {twice[:3]}"
