"""Keeping uploaded files: by content hash, type and size checked, place data taken out of photos."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from xieshang.base.errors import Refused
from xieshang.base.orgs.models import Organization

from .models import Attachment, StoredFile

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
TYPES = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
    "wps": ("application/vnd.ms-works", (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")),
    "et": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
    "ofd": ("application/ofd", (b"PK\x03\x04",)),
    "rtf": ("application/rtf", (b"{\\rtf",)),
    "txt": ("text/plain; charset=utf-8", ()),
    "md": ("text/plain; charset=utf-8", ()),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG",)),
    "webp": ("image/webp", (b"RIFF",)),
    "heic": ("image/heic", ()),
    "heif": ("image/heif", ()),
}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
HEIF = ("heic", "heif")  # what an iPhone takes, and most browsers cannot draw
IMAGES = ("jpg", "jpeg", "png", "webp", *HEIF)


def checked(name: str, data: bytes) -> tuple[bytes, str]:
    """(content, content type) of an upload, or Refused with the sentence a person reads."""
    ending = Path(name).suffix.lower().lstrip(".")
    if not data:
        raise Refused("empty", why=_("“%(name)s”是空文件") % {"name": name}, do=_("请重新选择文件"), field="files")
    if len(data) > MAX_BYTES:
        raise Refused(
            "too_large", why=_("“%(name)s”超过 20 MB") % {"name": name}, do=_("请压缩或拆分后再上传"), field="files"
        )
    if ending not in TYPES:
        raise Refused(
            "unsupported",
            why=_("不能上传“%(name)s”这种文件") % {"name": name},
            do=_("可以上传 Word、Excel、PDF、文本和照片"),
            field="files",
        )
    content_type, magics = TYPES[ending]
    if (magics and not data.startswith(magics)) or not _is_what_it_says(ending, data):
        raise Refused(
            "misnamed",
            why=_("“%(name)s”的内容与扩展名不符") % {"name": name},
            do=_("请用原来的程序打开，另存后再上传"),
            field="files",
        )
    return (_without_place(name, data), "image/jpeg") if ending in IMAGES else (data, content_type)


def _is_what_it_says(ending: str, data: bytes) -> bool:
    """Is a .docx a Word document, an .xlsx a workbook, and a text no program? An archive that cannot be read is none of them."""
    if ending in PARTS:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return PARTS[ending] in archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return False
    if ending in HEIF:
        return data[4:8] == b"ftyp"
    if ending in ("txt", "md"):
        return b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True


def _without_place(name: str, data: bytes) -> bytes:
    """The picture as a JPEG, turned upright, at most 2000 pixels wide or high; of EXIF, XMP and comments nothing stays."""
    try:
        if data[4:8] == b"ftyp":
            _learn_heif()
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused(
                    "too_large", why=_("照片“%(name)s”太大") % {"name": name}, do=_("请缩小后再上传"), field="files"
                )
            turn = _turn(picture)
            upright = (picture if turn is None else picture.transpose(turn)).convert("RGB")
            upright.info.clear()  # a comment would be kept otherwise
            upright.thumbnail((2000, 2000))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=82)
            return out.getvalue()
    except Refused:
        raise
    except Exception as error:  # the decoders raise OSError, SyntaxError, struct.error and more for what is broken
        raise Refused(
            "broken", why=_("照片“%(name)s”打不开") % {"name": name}, do=_("请换一张，或重新拍摄"), field="files"
        ) from error


@cache
def _learn_heif() -> None:
    import pi_heif  # its libraries are loaded with the first such photo

    pi_heif.register_heif_opener()


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How the camera says it was held; a broken EXIF says nothing."""
    try:
        return TURNS.get(picture.getexif().get(0x0112, 1))
    except Exception:  # see above: it is the sender's bytes that are parsed
        return None


def path_of(file: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / file.sha256[:2] / file.sha256


def store(name: str, data: bytes) -> StoredFile:
    """Keep a checked upload; the same content is kept once."""
    return keep(*checked(name, data))


def keep(data: bytes, content_type: str) -> StoredFile:
    """Keep what the house made itself, or what was checked."""
    digest = hashlib.sha256(data).hexdigest()
    found, _made = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(data), "content_type": content_type}
    )
    path = path_of(found)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting = path.with_suffix(".part")
        waiting.write_bytes(data)
        waiting.replace(path)
    return found


def attach(
    files: Iterable[tuple[str, bytes]],
    *,
    record: str,
    organization: Organization,
    by: Any,
    now: datetime,
    kind: str = "",
) -> list[Attachment]:
    """Attach uploads (name, content) to a record, in the caller's transaction."""
    made = []
    for name, data in files:
        stored = store(name, data)
        chosen = kind or ("photo" if stored.content_type.startswith("image/") else "file")
        made.append(
            Attachment(
                organization=organization,
                record=record,
                file=stored,
                name=_named(name),
                kind=chosen,
                added_at=now,
                added_by=by,
            )
        )
    return Attachment.objects.bulk_create(made)


def _named(name: str) -> str:
    """The last part of its name; a HEIC is a JPEG from here on."""
    path = Path(Path(name).name[:200])
    return str(path.with_suffix(".jpg")) if path.suffix.lower().lstrip(".") in HEIF else str(path)


def of(record: str) -> list[Attachment]:
    """A record's attachments that were not taken off."""
    return list(Attachment.objects.filter(record=record, removed_at=None).select_related("file"))
