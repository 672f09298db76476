"""Names that count on: 第三期政协讲堂 is followed by 第四期政协讲堂."""

from __future__ import annotations

import re

from xieshang.text.numerals import to_chinese, to_number

NUMBERED = re.compile(r"第(?P<n>\d{1,4}|[一二三四五六七八九十百零〇两]{1,7})(?=[期次场讲站回课辑])")


def next_of(title: str) -> str:
    """The name of the next one, written as this one is; a name that does not count stays. Never raises."""
    found = NUMBERED.search(title)
    number = to_number(found["n"]) if found else None
    if found is None or number is None:
        return title
    following = int(number) + 1
    written = str(following) if found["n"].isascii() else to_chinese(following)
    return f"{title[: found.start('n')]}{written}{title[found.end('n') :]}"
