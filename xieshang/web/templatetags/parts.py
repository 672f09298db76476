"""Tags and filters the components are made with. They write words and geometry; they read nothing and decide nothing."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xieshang.base import words

register = template.Library()

STATE_WORDS = {
    "done": gettext_lazy("已完成"),
    "on_track": gettext_lazy("正常推进"),
    "not_due": gettext_lazy("未到期"),
    "behind": gettext_lazy("进度滞后"),
    "missed": gettext_lazy("未完成"),
    "by_hand": gettext_lazy("人工填报"),
    "unmeasured": gettext_lazy("未关联统计项"),
    "withdrawn": gettext_lazy("已调出"),
}
UNKNOWN = "—"


def _decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


@register.filter
def state_word(state: str) -> Any:
    """The word for a state; an unknown state is shown as it is, so that nobody is misled by a blank."""
    return STATE_WORDS.get(state, state)


@register.filter
def amount(value: Any) -> str:
    """A figure without needless zeros: 3.0 → “3”, 0.380 → “0.38”, None → “—”. Text passes through."""
    number = _decimal(value)
    if number is None:
        return UNKNOWN if value is None or value == "" else str(value)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def grouped(value: Any) -> str:
    """An amount with its thousands set apart: 221800 → “221,800”."""
    text = amount(value)
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() else text


@register.filter
def measure_word(unit: Any) -> str:
    """A measure word in the reader's language; what we do not know stays as written."""
    return words.measure(unit or "")


@register.filter
def share(value: Any, whole: Any) -> str:
    """`value` of `whole` in percent, between 0 and 100, as an SVG attribute wants it (“37.5”). Nothing known → “0”."""
    part, total = _decimal(value), _decimal(whole)
    if part is None or not total:
        return "0"
    return amount(round(max(Decimal(0), min(Decimal(100), part / total * 100)), 1))


@register.filter(expects_localtime=True)
def day(value: Any) -> str:
    """A date as the office writes it: “6月30日” (the style sheet makes the room between), in English “30 June”; text passes through, None is nothing."""
    return _written(value, "n月j日", "j F")


@register.filter(expects_localtime=True)
def whole_day(value: Any) -> str:
    """“2026 年 6 月 30 日”, “30 June 2026”."""
    return _written(value, "Y 年 n 月 j 日", "j F Y")


@register.filter(expects_localtime=True)
def moment(value: Any) -> str:
    """“6 月 30 日 12:00”, “30 June, 12:00”."""
    return _written(value, "n 月 j 日 H:i", "j F, H:i")


@register.filter(expects_localtime=True)
def whole_moment(value: Any) -> str:
    """“2026 年 6 月 30 日 12:00”, “30 June 2026, 12:00”."""
    return _written(value, "Y 年 n 月 j 日 H:i", "j F Y, H:i")


def _written(value: Any, chinese: str, english: str) -> str:
    """A date or a moment in the reader's language."""
    if not value or isinstance(value, str):
        return value or ""
    return date_format(value, english if (get_language() or "").startswith("en") else chinese)


@register.filter
def undo_url(message: Any) -> str:
    """Where the undo of a message posts to: `messages.success(request, "已登记", extra_tags="undo:/activities/5/undo/")`."""
    for tag in str(getattr(message, "extra_tags", "") or "").split():
        if tag.startswith("undo:"):
            return tag.removeprefix("undo:")
    return ""


@register.filter
def segments(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Counts side by side on one line: adds `x` and `width` in percent to every item that has a count."""
    total = sum((_decimal(item.get("count")) or Decimal(0) for item in items), Decimal(0))
    laid: list[dict[str, Any]] = []
    x = Decimal(0)
    for item in items:
        count = _decimal(item.get("count")) or Decimal(0)
        if not count or not total:
            continue
        width = count / total * 100
        laid.append({**item, "x": amount(round(x, 2)), "width": amount(round(width, 2))})
        x += width
    return laid


CHART_WIDTH, CHART_HEIGHT, CHART_TOP, CHART_FOOT = 640, 220, 22, 26


@register.filter
def columns(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Upright bars in a drawing of 640 × 220: adds `x`, `y`, `width`, `height`, `middle` and `top` to every row."""
    if not rows:
        return []
    values = [_decimal(row.get("value")) or Decimal(0) for row in rows]
    highest = max([*values, Decimal(0)]) or Decimal(1)
    room = CHART_HEIGHT - CHART_TOP - CHART_FOOT
    step = Decimal(CHART_WIDTH) / len(rows)
    width = min(step * Decimal("0.6"), Decimal(56))
    laid: list[dict[str, Any]] = []
    for place, (row, value) in enumerate(zip(rows, values, strict=True)):
        height = max(Decimal(0), value / highest * room)
        middle = step * place + step / 2
        y = CHART_TOP + room - height
        geometry = {"x": middle - width / 2, "y": y, "width": width, "height": height, "middle": middle, "top": y - 6}
        laid.append({**row, **{name: amount(round(Decimal(number), 1)) for name, number in geometry.items()}})
    return laid


@register.filter
def chart_max(rows: list[dict[str, Any]]) -> str:
    """The greatest value of the rows, against which lying bars are drawn."""
    return amount(max((_decimal(row.get("value")) or Decimal(0) for row in rows), default=Decimal(0)))


@register.filter
def initial(name: str) -> str:
    """The first character of a name, for a round mark."""
    return str(name)[:1]


@register.filter
def attr(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    try:
        return mapping.get(key, "")
    except AttributeError:
        return ""


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A line icon of img/icons.svg. Decoration only: the word stands beside it."""
    return _drawn(f"icon {css}" if css else "icon", "img/icons.svg", str(name))


@lru_cache(maxsize=500)
def _drawn(css: str, sheet: str, name: str) -> SafeString:
    """One shape of a sheet; a page has a hundred, and they are always the same."""
    drawing = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return format_html(drawing, css, static(sheet), name)


@register.simple_tag
def mark(state: str) -> SafeString:
    """The shape of a state (img/marks.svg). Decoration only: the word stands beside it or hidden in it."""
    return _drawn("mark", "img/marks.svg", state if state in STATE_WORDS else "unmeasured")


@register.simple_tag(takes_context=True)
def address(context: template.Context, **changes: Any) -> str:
    """This page's own address with some of its query changed: `{% address page=2 %}`. None takes a key out."""
    request = context.get("request")
    if request is None:
        return "?"
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else request.path


@register.filter
def near_pages(page: Any) -> list[tuple[int, bool]]:
    """The page numbers a pager shows: the first, the last, those within two of this one; (number, True) is the “…” where some are left out.

    However many pages there are, at most nine.
    """
    last, here = page.paginator.num_pages, page.number
    near = {number for number in range(here - 3, here + 4) if 1 <= number <= last}
    return [(number, abs(number - here) == 3 and number not in (1, last)) for number in sorted(near | {1, last})]


@register.filter
def versions(stale: Any) -> list[dict[str, Any]]:
    """Both versions of a Stale, line by line: {label, theirs, yours, differs}, what differs first."""
    theirs, yours = getattr(stale, "theirs", {}) or {}, getattr(stale, "yours", {}) or {}
    rows = [
        {
            "label": name,
            "theirs": theirs.get(name),
            "yours": yours.get(name),
            "differs": theirs.get(name) != yours.get(name),
        }
        for name in [*theirs, *(name for name in yours if name not in theirs)]
    ]
    return sorted(rows, key=lambda row: not row["differs"])


@register.filter
def year_word(label: Any) -> str:
    """“2026 年度（1.1–12.31）” → “2026 年度”: all there is room for on a phone."""
    return str(label).partition("（")[0]


@register.filter
def year_range(label: Any) -> str:
    """“2026 年度（1.1–12.31）” → “（1.1–12.31）”."""
    _word, bracket, rest = str(label).partition("（")
    return bracket + rest


@register.filter
def said(field: BoundField) -> list[str]:
    """The errors of a field as a person would say them: what is missing is asked for by name."""
    words: list[str] = []
    for error in field.errors.as_data():
        for one in error.error_list:
            if one.code == "required":
                choose = field.use_fieldset or field.widget_type in ("select", "selectmultiple")
                words.append((_("请选择%(label)s。") if choose else _("请填写%(label)s。")) % {"label": field.label})
            elif one.code == "invalid" and field.widget_type in ("date", "datetime"):
                words.append(_("日历上没有这一天，请按 2026-03-12 的样子填写。"))
            else:
                words.extend(str(message) for message in one.messages)
    return words
