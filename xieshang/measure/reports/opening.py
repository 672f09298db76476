"""A file that is to become a report: read, refused with a sentence where it cannot be used, its title found. Nothing is written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from xieshang.base.errors import Refused
from xieshang.documents import filling as paper
from xieshang.documents.errors import KINDS, DocumentError

from . import places
from .filling import Answer
from .reading import is_title

T = TypeVar("T")


def title(found: Sequence[paper.Place], answers: list[Answer]) -> str:
    """The title that stands in the document, its blanks filled; empty when one of them is open."""
    first = next((place for place in found if place.text.strip()), None)
    if first is None or not is_title(first):
        return ""
    text = first.text
    for answer in reversed([a for a in answers if a.spot.paragraph == first.index]):
        if answer.text is None:
            return ""
        text = text[: answer.spot.start] + answer.text + text[answer.spot.end :]
    return text.strip()


def checked(read: Callable[[], T]) -> T:
    """What `read` gives; a file that cannot be used is refused at the form's field."""
    try:
        return read()
    except DocumentError as error:
        raise Refused(error.code, why=error.why, do=error.do, field="file") from error


def read(data: bytes, name: str, prepare: Callable[[], places.Prepared]) -> places.Prepared:
    if Path(name).suffix.lower() != ".docx":
        error = DocumentError("misnamed", suffix=Path(name).suffix, really=KINDS["docx"], wanted=".docx")
        checked(lambda: paper.find(data))
        raise Refused(error.code, why=error.why, do=error.do, field="file")
    ready = checked(prepare)
    if not ready.answers:
        raise Refused(
            "no_blanks", why=_("这份文件里没有找到要填的空处"), do=_("要填的数写成 x 或 ___（如“提案x件”“立案率x%”）或名称（如 {{集体活动}}）再上传；去年的定稿请勾选“这是去年的定稿”"), field="file"
        )  # fmt: skip
    return ready
