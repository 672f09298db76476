"""In English: no Han stands in the frame, in labels, buttons, headings or help; only what people wrote and what papers call things stays as it is.

Two measures. The msgids: every message of the catalogue has an English one without Han. The pages: each page is rendered once with a
catalogue that answers every message with a mark; what still holds Han and is no data was never given to the translator at all.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from lxml import html

from xieshang.base.accounts.permissions import TABLE
from xieshang.base.accounts.roles import Role

from .addresses import EVERYONE, LOGGED_IN, Found, classed, found
from .test_walk import BACKEND
from .world import World

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u3400-\u9fff]+")
CATALOGUE = Path(__file__).resolve().parents[1] / "xieshang" / "locale" / "en" / "LC_MESSAGES" / "django.po"
SAID = ("placeholder", "title", "alt", "aria-label", "value", "data-label")
OTHER_LANGUAGE = "ancestor-or-self::*[starts-with(@lang,'zh')][not(self::html)]"
# Where data stands: papers, what people typed, names of people, units, registers and what they count. `data-words` and the like are ours.
DATA = ("paper", "song")


def untranslated() -> Iterator[str]:
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and (message.fuzzy or not all(said)):
                yield str(message.id)


def pages() -> list[Found]:
    shown = []
    for one in found():
        row = classed(one)
        if (
            row
            and row.html
            and row.get in (EVERYONE, LOGGED_IN, *(verb for verb, roles in TABLE.items() if Role.CLERK in roles))
            and 404 not in row.answers
        ):
            shown.append(one)
    return shown


PAGES = pages()


def data_of(world: World) -> set[str]:
    """Every run of Han that stands in the database: what people wrote, and what they and the catalogue named."""
    from django.apps import apps
    from django.db import models

    words: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in ("contenttypes", "auth", "sessions", "axes"):
            continue
        columns = [
            one.attname
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*columns):
            for value in row:
                words.update(HAN.findall(str(value)))
    return words


def shown(text: str) -> Iterator[tuple[str, str]]:
    """(what a reader meets, where) on a page."""
    tree = html.fromstring(text)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style") or element.xpath(OTHER_LANGUAGE):
            continue
        if any(set((one.get("class") or "").split()) & set(DATA) for one in (element, *element.iterancestors())):
            continue
        where = f"<{element.tag} class={element.get('class', '')!r}>"
        for text_ in (element.text, *(child.tail for child in element)):
            if text_ and text_.strip():
                yield " ".join(text_.split()), where
        for name in (*SAID, *(one for one in element.attrib if one.startswith("data-word"))):
            if name == "value" and not (element.tag == "input" and element.get("type") in ("submit", "button")):
                continue
            if value := element.get(name):
                yield value, f"{where} {name}"


def own_words(text: str, data: set[str]) -> list[str]:
    """Runs of Han on a page that come from no row of the database: words of ours that were not translated."""
    left = []
    for said, where in shown(text) if text else ():
        for run in HAN.findall(said):
            if run not in data and not any(run in known for known in data):
                left.append(f"  “{said[:80]}” in {where}")
    return list(dict.fromkeys(left))


@pytest.fixture(scope="module")
def reader(world: World) -> Iterator[Client]:
    """The clerk, who has chosen English."""
    user = world.users["clerk"]
    user.language = "en"
    user.save(update_fields=["language"])
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    yield client


@pytest.fixture(scope="module")
def data(world: World) -> set[str]:
    """The words of the database, and those that the rooms ship as data: what registers, measures and papers are called."""
    from xieshang.base import registry
    from xieshang.base.ledger import figures
    from xieshang.work.activities import sheets
    from xieshang.work.registers import catalogue

    words = data_of(world)
    for ready in catalogue.ALL:
        words.update(HAN.findall(str(ready)))
    for indicator in (*registry.INDICATORS.values(), *figures.indicators(world.house.county).values()):
        words.update(
            HAN.findall(
                f"{indicator.words} {indicator.accepts} {indicator.unit}"
                if hasattr(indicator, "words")
                else f"{indicator.accepts} {indicator.unit}"
            )
        )
    words.update(run for heading in sheets.HEADINGS for run in HAN.findall(heading))
    return words


def page_of(client: Client, one: Found, world: World) -> str:
    row = classed(one)
    assert row
    args = row.args(world.county) if row.args else []
    if args is None:
        return ""
    answer = client.get(one.path(args) + (f"?{row.query(world.county)}" if row.query else ""))
    if answer.status_code != 200:
        return ""
    return str(answer.content.decode())


class Marked:
    """A catalogue that knows every message."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    @staticmethod
    def _said(message: str) -> str:
        return re.sub(
            r"[\u3000-\u303f\uff00-\uffef]", ".", HAN.sub("§", message)
        )  # what is filled in stays: %(n)s, {t}

    def gettext(self, message: str) -> str:
        return self._said(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self._said(one if n == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self._said(message)

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        return self._said(one if n == 1 else many)


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.key)
def test_every_word_of_ours_goes_through_the_translator(
    one: Found, reader: Client, data: set[str], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with translation.override("en"):
        real = trans_real.catalog()
    monkeypatch.setitem(trans_real._translations, "en", Marked(real))
    text = page_of(reader, one, world)
    left = own_words(text, data)
    assert not left, f"{one.key}: words on the page that no {{% translate %}} or gettext holds\n" + "\n".join(left[:25])


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.key)
def test_an_english_page_says_so(one: Found, reader: Client, world: World) -> None:
    if text := page_of(reader, one, world):
        tree = html.fromstring(text)
        assert tree.get("lang") == "en"
        assert tree.xpath("//*[self::button or self::a][@lang='zh-hans']"), "no way back to Chinese"


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.key)
def test_no_han_stands_on_an_english_page_but_in_data(one: Found, reader: Client, data: set[str], world: World) -> None:
    left = own_words(page_of(reader, one, world), data)
    assert not left, f"{one.key}: Han on an English page\n" + "\n".join(left[:25])


def test_the_catalogue_is_whole_and_without_han() -> None:
    from babel.messages.pofile import read_po

    wrong = [f"  not translated: {message}" for message in untranslated()]
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            for said in message.string if isinstance(message.string, tuple) else (message.string,):
                if message.id and (HAN.search(said) or said == message.id):
                    wrong.append(f"  {message.id!r} → {said!r}")
    assert not wrong, f"{len(wrong)} messages\n" + "\n".join(wrong[:40])
