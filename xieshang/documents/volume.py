"""卷: an archive package. A zip of the papers of one case, `metadata.xml` with what DA/T 22 asks of each, and `sha256.txt` over all of it. Described in docs/archive-package.md."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml import etree

from xieshang.documents.errors import DocumentError
from xieshang.documents.package import BROKEN, parse

NAMESPACE = "urn:xieshang:archive-package:1"
METADATA, DIGESTS = "metadata.xml", "sha256.txt"
MOST_FILES, MOST_BYTES = 2000, 4 * 1024**3
CHUNK = 1 << 20


@dataclass(frozen=True)
class Item:
    """件: one paper. title 题名; author 责任者; on 日期; kind 何种材料."""

    kind: str
    title: str
    author: str
    on: date
    suffix: str
    data: bytes


@dataclass(frozen=True)
class Volume:
    """What is said of the whole: number 件号 within the unit; keep 保管期限; secrecy 密级."""

    unit: str
    number: str
    title: str
    author: str
    begun: date
    ended: date
    keep: str
    secrecy: str
    record: str
    made_at: datetime


@dataclass
class Verdict:
    """Is the package whole? problems: (path, missing · changed · extra · unlisted · metadata)."""

    title: str = ""
    number: str = ""
    keep: str = ""
    files: int = 0
    sha256: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.problems


def write(volume: Volume, items: Sequence[Item]) -> bytes:
    """The package. The same papers at the same moment are the same bytes."""
    paths = [f"papers/{n:02}-{_plain(one.kind)}{one.suffix}" for n, one in enumerate(items, 1)]
    metadata = _metadata(volume, items, paths)
    files = {METADATA: metadata, **dict(zip(paths, (one.data for one in items), strict=True))}
    digests = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path, data in {**files, DIGESTS: digests.encode()}.items():
            info = zipfile.ZipInfo(path, date_time=volume.made_at.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, data)
    return out.getvalue()


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char in "-_")[:40]


def _metadata(volume: Volume, items: Sequence[Item], paths: Sequence[str]) -> bytes:
    spaces: dict[Any, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}volume", nsmap=spaces, version="1")
    said = (
        ("unit", volume.unit), ("number", volume.number), ("title", volume.title), ("author", volume.author), ("begun", volume.begun.isoformat()), ("ended", volume.ended.isoformat()),
        ("retention", volume.keep), ("secrecy", volume.secrecy), ("record", volume.record), ("made", volume.made_at.isoformat(timespec="seconds")),
    )  # fmt: skip
    for name, value in said:
        etree.SubElement(root, f"{{{NAMESPACE}}}{name}").text = _sayable(value)
    listed = etree.SubElement(root, f"{{{NAMESPACE}}}items")
    for n, (one, path) in enumerate(zip(items, paths, strict=True), 1):
        item = etree.SubElement(listed, f"{{{NAMESPACE}}}item", number=str(n))
        told = (
            ("kind", one.kind), ("title", one.title), ("author", one.author), ("date", one.on.isoformat()), ("retention", volume.keep), ("secrecy", volume.secrecy), ("path", path),
            ("size", str(len(one.data))), ("sha256", hashlib.sha256(one.data).hexdigest()),
        )  # fmt: skip
        for name, value in told:
            etree.SubElement(item, f"{{{NAMESPACE}}}{name}").text = _sayable(value)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _sayable(text: str) -> str:
    """What XML can hold."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


def check(data: bytes) -> Verdict:
    """Is every paper there as it was put in, and nothing else? Raises DocumentError: it is no package, or one that claims more than a package may hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = _check(packed)
    except BROKEN as error:
        raise DocumentError("no_package") from error
    found.sha256 = hashlib.sha256(data).hexdigest()
    return found


def _check(packed: zipfile.ZipFile) -> Verdict:
    infos = {one.filename: one for one in packed.infolist()}
    if len(infos) > MOST_FILES or sum(one.file_size for one in infos.values()) > MOST_BYTES:
        raise DocumentError("zip_bomb")
    if METADATA not in infos or DIGESTS not in infos or infos[DIGESTS].file_size > CHUNK:
        raise DocumentError("no_package")
    verdict = Verdict(files=len(infos) - 2)
    wanted = dict(_listed(packed.read(DIGESTS).decode("utf-8", "replace")))
    for path, digest in wanted.items():
        if path not in infos:
            verdict.problems.append((path, "missing"))
        elif _digest(packed, infos[path]) != digest:
            verdict.problems.append((path, "changed"))
    verdict.problems += [(path, "extra") for path in infos if path not in wanted and path != DIGESTS]
    if METADATA not in wanted:
        verdict.problems.append((METADATA, "unlisted"))
    _check_metadata(packed.read(METADATA), wanted, verdict)
    return verdict


def _listed(text: str) -> list[tuple[str, str]]:
    return [(path, digest) for digest, _two, path in (line.partition("  ") for line in text.splitlines()) if path]


def _digest(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    digest = hashlib.sha256()
    with packed.open(info) as paper:
        while chunk := paper.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _check_metadata(xml: bytes, wanted: dict[str, str], verdict: Verdict) -> None:
    """Each paper that the metadata names is listed with the same digest, and the other way round."""
    root = parse(xml)
    names = {"v": NAMESPACE}
    verdict.title, verdict.number, verdict.keep = (
        root.findtext(f"v:{one}", "", names) for one in ("title", "number", "retention")
    )
    told = {
        item.findtext("v:path", "", names): item.findtext("v:sha256", "", names)
        for item in root.findall("v:items/v:item", names)
    }
    listed = {path: digest for path, digest in wanted.items() if path != METADATA}
    for path in sorted({*told, *listed}):
        if told.get(path) != listed.get(path):
            verdict.problems.append((path, "metadata"))
