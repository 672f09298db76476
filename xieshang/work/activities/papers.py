"""活动简讯 and 签到表: papers made of a record's own fields, never of invented words."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from PIL import Image

from xieshang.base.files.models import Attachment
from xieshang.base.files.storage import path_of
from xieshang.documents import gongwen

from . import queries, rules
from .models import Activity, Attendance

MOST_PHOTOS = 3
NAMED = 12  # so many people are named; of more only the number is said
PHOTO = (140.0, 78.0)  # millimetres: three of them and the text fill two pages
SPARE = 5  # empty lines for those who were not invited
TALL = 520  # twips: a line to sign on
HOW = {"attended": "实到", "excused": "请假", "absent": "缺席"}


def bulletin(activity: Activity, photos: Sequence[Attachment], at: datetime) -> bytes:
    """活动简讯 .docx: title, one paragraph from the fields, at most three photos. Six queries."""
    parts: list[gongwen.Part] = [
        gongwen.Title(activity.title),
        gongwen.Byline(f"{activity.organization.name}　{_day(activity.on)}"),
        gongwen.Paragraph("".join(sentences(activity))),
    ]
    if activity.outcome.strip():
        parts += [gongwen.Paragraph(line.strip()) for line in activity.outcome.splitlines() if line.strip()]
    parts += [picture(photo, PHOTO) for photo in photos[:MOST_PHOTOS] if not photo.faces]
    return gongwen.write(parts, at=at)


def sentences(activity: Activity) -> Iterator[str]:
    """What the record says, one sentence after another."""
    beside = queries.beside(activity)
    by = "、".join(
        [
            activity.organizer.name if activity.organizer else activity.organization.name,
            *(body.name for body in beside.bodies),
        ]
    )
    where = f"，地点：{activity.place}" if activity.place else ""
    yield f"{days(activity)}，{by}开展{dict(rules.KINDS)[activity.kind]}“{activity.title}”{where}。"
    if beside.sites:
        yield f"先后到{'、'.join(site.place for site in beside.sites)}。"
    if beside.leaders:
        yield f"出席领导：{'、'.join(f'{one.post}{one.name}' for one in beside.leaders)}。"
    came = [one.person.name for one in queries.came(activity) if one.presence == "attended"]
    if came:
        yield f"{len(came)} 人参加" + (f"：{'、'.join(came)}。" if len(came) <= NAMED else "。")
    guests = (
        ("群众", activity.guests),
        ("专家", activity.experts),
        ("部门人员", activity.officials),
        ("其他", activity.other_guests),
    )
    if said := [f"{who} {n} 人" for who, n in guests if n]:
        yield f"另有{'、'.join(said)}。"
    if given := list(_given(activity)):
        yield "，".join(given) + "。"


def _given(activity: Activity) -> Iterator[str]:
    if activity.money:
        yield f"捐款 {activity.money.normalize():f} 元"
    if activity.goods:
        yield f"捐物：{activity.goods}"
    if activity.goods_value:
        yield f"捐物折款 {activity.goods_value.normalize():f} 元"


def sign_in(activity: Activity, at: datetime) -> bytes:
    """签到表 .docx: who is invited, a line to sign on; of what was held, who came. Two queries."""
    came = list(queries.came(activity))
    held = activity.state == rules.HELD
    rows = [
        (str(n), one.person.name, _of(one), HOW[one.presence] if held else "", one.note)
        for n, one in enumerate(came, 1)
    ]
    if not held:
        rows += [("", "", "", "", "")] * SPARE
    where = f"　{activity.place}" if activity.place else ""
    parts: list[gongwen.Part] = [
        gongwen.Title(f"{activity.title}\n签到表"),
        gongwen.Byline(f"{days(activity)}{where}"),
        gongwen.Table(("序号", "姓名", "界别/单位", "签到", "备注"), rows, widths=(6, 9, 18, 13, 12), tall=TALL),
        gongwen.Paragraph(f"应到 {len(came)} 人{''.join(_counted(came)) if held else '，实到　　　人'}。"),
    ]
    return gongwen.write(parts, at=at)


def _of(one: Attendance) -> str:
    body = one.capacity or one.sector
    return body.name if body else ""


def _counted(came: Iterable[Attendance]) -> Iterator[str]:
    hows = [one.presence for one in came]
    for how, word in HOW.items():
        if how == "attended" or how in hows:
            yield f"，{word} {hows.count(how)} 人"


def picture(photo: Attachment, most: tuple[float, float], caption: str = "") -> gongwen.Picture:
    """A kept photo as it stands in a paper; everything that is kept as a photo is a JPEG."""
    data = path_of(photo.file).read_bytes()
    return gongwen.Picture(data, *size(data), caption=caption, most=most)


def size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as opened:
        return opened.size


def days(activity: Activity) -> str:
    """The day, or the first and the last, in words."""
    until = activity.until
    if until is None:
        return _day(activity.on)
    return f"{_day(activity.on)}至{f'{until.month}月' if until.month != activity.on.month else ''}{until.day}日"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
