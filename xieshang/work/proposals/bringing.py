"""从文件导入: a proposal's paper laid into the form, for looking over. Nothing is saved, and nothing that was typed is written over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xieshang.base.orgs.models import Body, BodyKind
from xieshang.base.people.models import Person
from xieshang.documents.reading import read_document
from xieshang.text.sections import Sections, read

from . import rules
from .forms import TextForm

PARTS = ("title", "situation", "analysis", "advice")
KIND_OF = {
    BodyKind.PARTY: rules.PARTY, BodyKind.COMMITTEE: rules.COMMITTEE, BodyKind.SECTOR: rules.SECTOR, BodyKind.GROUP: rules.GROUP,
}  # fmt: skip


@dataclass
class Brought:
    """What came of a file.

    filled    form field → where it stood in the file ("" where its words told it)
    kept      (title of the part, the file's text) where something had been typed already
    missing   parts that the file does not have
    named     members whom the file names as cosigners
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    filled: list[tuple[Any, str]] = field(default_factory=list)
    kept: list[tuple[Any, str]] = field(default_factory=list)
    missing: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    named: list[Person] = field(default_factory=list)
    rest: tuple[str, ...] = ()


def bring(data: bytes, name: str, typed: Mapping[str, Any], form: TextForm, members: Mapping[str, list[Person]]) -> Brought:  # fmt: skip
    """Read a file beside what was typed. members: those in office, by name. Raises DocumentError."""
    found = read(read_document(data, name).text)
    made = Brought(name, dict(typed), rest=found.rest)
    titles = {part: form.fields[part].label for part in PARTS}
    for part in PARTS:
        _lay(made, form, part, getattr(found, part), found.places.get(part, ""))
    made.missing = [titles[part] for part in found.missing]
    if found.joined:
        made.notes.append(_("文件里情况和分析写在一个标题下，都放进了“情况”，请把分析移到“分析”。"))
    _people(made, found, form, members)
    _units(made, found, form)
    if found.open_text is False and not made.values.get("closed_reason"):
        made.values |= {"open_text": False, "closed_reason": found.closed_reason}
        made.filled.append((form.fields["open_text"].label, _("不同意公开")))
    return made


def _lay(made: Brought, form: TextForm, part: str, text: str, place: str) -> None:
    field: Any = form.fields[part]
    title, most = field.label, field.max_length
    if not text:
        return
    if str(made.values.get(part) or "").strip():
        if made.values[part].split() != text.split():
            made.kept.append((title, text))
        return
    made.values[part] = text[:most]
    made.filled.append((title, place))
    if most and len(text) > most:
        made.notes.append(_("“%(part)s”超过 %(n)s 字，只放进了前面的；其余的在下面。") % {"part": title, "n": most})
        made.rest = (*made.rest, text[most:])


def _people(made: Brought, found: Sections, form: TextForm, members: Mapping[str, list[Person]]) -> None:
    """Who proposes, where the form asks for it; who signs with him is invited after the first saving."""
    unknown = []
    for name in found.cosigners:
        known = members.get(name, [])
        made.named += known if len(known) == 1 else []
        unknown += [name] if len(known) != 1 else []
    if form.clerk and found.first and not made.values.get("first"):
        known = members.get(found.first, [])
        if len(known) == 1:
            made.values["first"] = known[0].pk
            made.filled.append((form.fields["first"].label, found.first))
        else:
            unknown.insert(0, found.first)
    if form.clerk and found.body and not made.values.get("body"):
        _body(made, found.body, form)
    if unknown:
        made.notes.append(_("名单里没有找到：%(names)s，请自己选。") % {"names": "、".join(unknown)})


def _body(made: Brought, name: str, form: TextForm) -> None:
    bodies: Any = form.fields["body"]
    fits: list[Body] = [one for one in bodies.queryset if one.name in name or name in one.name]
    if len(fits) != 1:
        made.notes.append(_("提案单位“%(name)s”请自己选。") % {"name": name})
        return
    made.values |= {"body": fits[0].pk, "proposer": KIND_OF.get(BodyKind(fits[0].kind), rules.PARTY)}
    made.filled.append((bodies.label, fits[0].name))


def _units(made: Brought, found: Sections, form: TextForm) -> None:
    if made.values.get("wanted"):
        return
    wanted: Any = form.fields["wanted"]
    fits = [one for one in wanted.queryset if any(name in one.name or one.name in name for name in found.wanted)]
    if fits:
        made.values["wanted"] = [one.pk for one in fits]
        made.filled.append((wanted.label, "、".join(one.name for one in fits)))
