"""卷: an activity's files by kind, what is missing by name, and its pieces in the order in which they are bound."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xieshang.base.files import storage
from xieshang.base.files.models import KINDS, Attachment
from xieshang.base.files.storage import path_of
from xieshang.base.settings.parameters import values
from xieshang.documents import binding

from . import papers, rules
from .models import Activity, Binding

TITLES = dict(KINDS)
ORDER = [kind for kind, _title in KINDS]


@dataclass(frozen=True)
class Shelf:
    """The files of one kind. wanted: the unit wants one of them in every folder."""

    kind: str
    title: Any
    wanted: bool
    files: list[Attachment]

    @property
    def missing(self) -> bool:
        return self.wanted and not self.files


@dataclass(frozen=True)
class Folder:
    """The folder of one activity."""

    activity: Activity
    shelves: list[Shelf]

    @property
    def missing(self) -> list[Any]:
        """Titles of the kinds that are wanted and not there."""
        return [shelf.title for shelf in self.shelves if shelf.missing]

    @property
    def files(self) -> list[Attachment]:
        """Everything that may be bound, in the order of the kinds; photos with faces of people in hardship never."""
        return [one for shelf in self.shelves for one in shelf.files if not one.faces]

    @property
    def kept_back(self) -> int:
        return sum(one.faces for shelf in self.shelves for one in shelf.files)

    @property
    def mark(self) -> list[list[Any]]:
        """What a bound copy was made of; another mark means that the folder has changed since."""
        return [[one.pk, one.kind, one.name] for one in self.files]


def of(activity: Activity, attached: list[Attachment] | None = None) -> Folder:
    """The folder as it stands; wanted kinds as the unit has set them on the activity's day. Three queries, two when the files are given."""
    attached = storage.of(activity.ref) if attached is None else attached
    keys = {rules.folder_key(kind): kind for kind in rules.FOLDER}
    wanted = {keys[key] for key, want in values(activity.organization, keys, activity.on).items() if want}
    shelves = [
        Shelf(kind, TITLES[kind], kind in wanted, [one for one in attached if one.kind == kind]) for kind in ORDER
    ]
    return Folder(activity, [shelf for shelf in shelves if shelf.files or shelf.wanted])


def presentable(attached: Iterable[Attachment]) -> list[Attachment]:
    """Photos that may go out: none with faces of people in hardship."""
    return [
        one for one in attached if one.kind == "photo" and one.file.content_type.startswith("image/") and not one.faces
    ]


def bound(activity: Activity) -> Binding | None:
    """The newest bound copy, or the one that is being made."""
    return Binding.objects.filter(activity=activity).select_related("file").order_by("-id").first()


def cover(folder: Folder) -> binding.Cover:
    activity = folder.activity
    lines = [f"活动日期：{papers.days(activity)}", f"活动种类：{dict(rules.KINDS)[activity.kind]}"]
    if activity.place:
        lines.append(f"活动地点：{activity.place}")
    lines += [f"立卷单位：{activity.organization.name}", f"卷内文件：{len(folder.files)} 件"]
    if folder.missing:
        lines.append(f"缺：{'、'.join(str(title) for title in folder.missing)}")
    if folder.kept_back:
        lines.append(f"另有含困难群众面部的照片 {folder.kept_back} 张，不装入。")
    return binding.Cover(activity.organization.name, activity.title, lines)


def contents(folder: Folder) -> bytes:
    """卷内目录 .docx."""
    rows = [(str(TITLES[one.kind]), binding.stem(one.name), f"{one.added_at:%Y.%m.%d}") for one in folder.files]
    missing = [str(title) for title in folder.missing]
    return binding.contents(cover(folder), rows, last="归入日期", missing=missing)


def pieces(folder: Folder) -> list[binding.Piece]:
    """The files with their content, in their order."""
    return [_piece(one, path_of(one.file).read_bytes()) for one in folder.files]


def _piece(one: Attachment, data: bytes) -> binding.Piece:
    photo = one.file.content_type.startswith("image/")
    return binding.Piece(str(TITLES[one.kind]), one.name, data, papers.size(data) if photo else (0, 0))
