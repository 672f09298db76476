"""Cells of a sheet of activities, each read as offices write it. What cannot be read is a ValueError whose sentence says how to write it."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from . import rules
from .typed import leader

KINDS = {str(title): code for code, title in rules.KINDS}
CARRIER = {str(title): code for code, title, _group in rules.CARRIERS}
STATE = {"": rules.HELD, "已开展": rules.HELD, "拟开展": rules.PLANNED, "延期": rules.PLANNED}
ROLE = {"": rules.HOST, **{str(title): code for code, title in rules.ROLES}}


def words(cell: object, most: int) -> str:
    """A cell's words, no longer than `most`."""
    text = "" if cell is None else str(cell).strip()
    if len(text) > most:
        raise ValueError(_("超过 %(n)s 个字。请写短一些") % {"n": most})
    return text


def title(cell: object) -> str:
    """The name of the activity, which cannot be left out."""
    if not (found := words(cell, 120)):
        raise ValueError(_("还没有写标题"))
    return found


DATES = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")


def day(cell: object) -> date:
    """A date as offices write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if cell in (None, ""):
        raise ValueError(_("还没有写日期"))
    if match := DATES.fullmatch(str(cell).strip()):
        try:
            return date(*(int(part) for part in match.groups() if part))
        except ValueError:
            pass
    raise ValueError(_("认不出日期“%(text)s”。请写成 2026-03-12") % {"text": cell})


def kind(cell: object) -> str:
    """A kind by its name; 其他 where nothing is written."""
    name = words(cell, 60)
    if name and name not in KINDS:
        raise ValueError(_("没有“%(name)s”这个种类。可写：%(kinds)s") % {"name": name, "kinds": "、".join(KINDS)})
    return KINDS[name] if name else "other"


def carriers(cell: object) -> list[str]:
    """Carriers by their names."""
    names = [name for name in re.split(r"[、,，;；\n]+", words(cell, 400)) if name.strip()]
    for name in names:
        if name.strip() not in CARRIER:
            raise ValueError(
                _("没有“%(name)s”这个载体。可写：%(carriers)s") % {"name": name.strip(), "carriers": "、".join(CARRIER)}
            )
    return list(dict.fromkeys(CARRIER[name.strip()] for name in names))


def yes(cell: object, *, default: bool) -> bool:
    """是 or 否."""
    if isinstance(cell, bool):
        return cell
    known = {"": default, "是": True, "否": False}
    if (text := words(cell, 60)) not in known:
        raise ValueError(_("这里只写“是”或“否”"))
    return known[text]


def whole(cell: object, least: int, most: int, *, default: int) -> int:
    """A whole number within bounds."""
    if (text := words(cell, 60)) == "":
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if not least <= number <= most:
        raise ValueError(_("这里要写 %(least)s 到 %(most)s 之间的整数") % {"least": least, "most": most})
    return number


def amount(cell: object) -> Decimal:
    """Money in yuan."""
    text = words(cell, 60).removesuffix("元").replace(",", "").replace("，", "").strip()
    try:
        found = Decimal(text or 0)
    except InvalidOperation:
        found = Decimal(-1)
    if not (found.is_finite() and 0 <= found < 10**10) or found != round(found, 2):
        raise ValueError(_("这里要写以元计的金额，如 3000 或 3000.50"))
    return found


def state(cell: object) -> str:
    """已开展 or 拟开展."""
    return _one_of(STATE, cell)


def role(cell: object) -> str:
    """主办, 承办 or 参加."""
    return _one_of(ROLE, cell)


def _one_of(known: dict[str, str], cell: object) -> str:
    if (found := known.get(words(cell, 60))) is None:
        raise ValueError(_("这里可写：%(words)s") % {"words": "、".join(filter(None, known))})
    return found


def leaders(cell: object) -> list[tuple[str, str]]:
    """出席领导, one a line or apart by a comma: name, then post."""
    return [leader(one.strip()) for one in re.split(r"[、；;\n]+", words(cell, 1000)) if one.strip()]
