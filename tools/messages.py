"""The English catalogue. `check` (part of make check), `update` (adds new messages, drops obsolete ones), `compile` (writes the .mo).

The source language is Chinese: msgids are what stands in code and templates. In English no entry equals its Chinese or holds Han.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "xieshang"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3400-\u9fff]")
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACES = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def extracted() -> Catalog:
    """Every message of code and templates, with where it stands."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    catalog = Catalog(locale="en", charset="utf-8", project="xieshang", version="0.1", fuzzy=False)
    for path in sorted(SOURCE.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts or path.suffix not in (".py", ".html"):
            continue
        text = path.read_text(encoding="utf-8")
        calls = (
            in_template(templatize(text, origin=str(path)))
            if path.suffix == ".html"
            else extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
        )
        for line, message, _comments, context in calls:
            if any(HAN.search(part) for part in (message if isinstance(message, tuple) else (message,)) if part):
                catalog.add(message, locations=[(str(path.relative_to(ROOT)), line)], context=context)
    return catalog


CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\((?=[\"'u])")


def in_template(text: str) -> Iterator[tuple[int, object, list[str], str | None]]:
    """The messages of a template that Django has turned into calls; what stands between them is no Python."""
    for call in CALL.finditer(text):
        end = call.end()
        while end < len(text):
            end = text.find(")", end) + 1
            if not end:
                break
            try:
                node = ast.parse(f"f{text[call.end() - 1 : end]}", mode="eval").body
            except SyntaxError:
                continue
            values = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            context = values.pop(0) if "pgettext" in call[1] else None
            yield (
                text.count("\n", 0, call.start()) + 1,
                tuple(values[:2]) if call[1].startswith("n") else values[0],
                [],
                context,
            )
            break


def stored() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def texts(message: object) -> list[str]:
    string = message.string  # type: ignore[attr-defined]
    return list(string) if isinstance(string, tuple | list) else [string]


def check() -> list[str]:
    """What is missing, obsolete, still Chinese, or has other placeholders than its Chinese."""
    here, there = extracted(), stored()
    known = {(m.id, m.context): m for m in there if m.id}
    found = []
    for message in here:
        if not message.id:
            continue
        mine = known.pop((message.id, message.context), None)
        first = message.id[0] if isinstance(message.id, tuple | list) else message.id
        if mine is None or not all(texts(mine)):
            found.append(f"missing: {first!r} ({message.locations[0][0]}:{message.locations[0][1]})")
            continue
        for text in texts(mine):
            if text == first or HAN.search(text):
                found.append(f"still Chinese: {first!r} → {text!r}")
            if set(PLACES.findall(text)) - set(PLACES.findall(first)) or (
                not isinstance(message.id, tuple) and set(PLACES.findall(first)) - set(PLACES.findall(text))
            ):
                found.append(f"other placeholders: {first!r} → {text!r}")
    found += [f"obsolete: {m.id!r}" for m in known.values()]
    mo = io.BytesIO()
    write_mo(mo, there)
    if not PO.with_suffix(".mo").exists() or PO.with_suffix(".mo").read_bytes() != mo.getvalue():
        found.append("the .mo is not that of the .po: tools/messages.py compile")
    return found


def save(catalog: Catalog) -> None:
    with PO.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=True, omit_header=False, include_lineno=False, no_location=True)


def update() -> None:
    here, there = extracted(), stored() if PO.exists() else Catalog(locale="en", fuzzy=False)
    known = {(m.id, m.context): m.string for m in there if m.id}
    for message in here:
        if message.id and (message.id, message.context) in known:
            message.string = known[message.id, message.context]
    PO.parent.mkdir(parents=True, exist_ok=True)
    save(here)
    compile_()


def compile_() -> None:
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, stored())


def main() -> int:
    verb = sys.argv[1] if len(sys.argv) > 1 else "check"
    if verb == "check":
        found = check()
        print("\n".join(found[:40]), end="\n" if found else "")
        if len(found) > 40:
            print(f"… and {len(found) - 40} more")
        return 1 if found else 0
    {"update": update, "compile": compile_}[verb]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
