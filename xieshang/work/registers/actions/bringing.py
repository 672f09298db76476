"""成批登记: many entries at once, all or none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import trail
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.words import sentences

from .. import queries
from ..fields import check
from ..models import Entry, Register
from ..rules import MOST_ROWS
from .recording import record


class BadRows(Refused):
    """Some rows of a sheet do not fit, so none was written. rows: index → the sentence beside it; late: only a reason is wanting, or (`locked`) the word of the head of the office."""

    def __init__(self, rows: Mapping[int, str], *, late: bool = False, locked: bool = False) -> None:
        super().__init__(
            "bad_rows",
            why=_("有 %(n)s 行不能登记，一行也没有写入") % {"n": len(rows)},
            do=_("请按每行旁边写的原因改好，再整份提交"),
            field="rows",
        )
        self.rows, self.late, self.locked = dict(rows), late, locked


@transaction.atomic
def bring(
    register: Register, rows: Sequence[Mapping[str, Any]], *, by: User | None, now: datetime, reason: str = ""
) -> tuple[list[Entry], int]:
    """成批登记: all rows or none. A row that was brought in before, word for word, is not entered twice.

    rows     field key → value, `on` and `title` among them
    returns  (the new entries, how many were there already)
    raises   NotAllowed · BadRows with a sentence for each row that does not fit
    """
    if by is not None:
        permissions.require(by, "registers.import", register.organization)
    if len(rows) > MOST_ROWS:
        raise Refused(
            "too_many_rows",
            why=_("一次最多 %(n)s 行，这里有 %(m)s 行") % {"n": MOST_ROWS, "m": len(rows)},
            do=_("请分几次提交"),
            field="rows",
        )
    known = queries.known(register.organization)
    wrong = {
        n: "；".join(found.problems.values())
        for n, row in enumerate(rows)
        if (found := check(register.asked, row, known)).problems
    }
    if wrong:
        raise BadRows(wrong)
    ids = _row_ids(register, rows)
    there = dict(Entry.objects.filter(client_id__in=ids).values_list("client_id", "state"))
    made, codes = [], set()
    for n, row in enumerate(rows):
        if there.get(ids[n]) == "valid":
            continue
        given = dict(row)
        on, title = (given.pop(one.key, "") for role in ("on", "title") for one in register.asked if one.role == role)
        try:
            client_id = None if ids[n] in there else ids[n]
            made.append(
                record(
                    register,
                    on=on,
                    title=title,
                    values=given,
                    by=by,
                    now=now,
                    client_id=client_id,
                    reason=reason,
                    known=known,
                )
            )
        except NotAllowed:
            raise
        except Refused as refused:
            wrong[n] = sentences(refused.why, refused.do)
            codes.add(refused.code)
    if wrong:
        raise BadRows(wrong, late=codes == {"no_reason"}, locked=codes == {"locked_period"})
    return made, len(rows) - len(made)


def _row_ids(register: Register, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """An id for each row from what it says; equal rows of one sheet are told apart by their order."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        said = trail.canonical({key: str(value) for key, value in row.items() if value not in (None, "")})
        seen[said] += 1
        ids.append(uuid5(NAMESPACE_URL, f"registers/{register.pk}/{seen[said]}/{said}"))
    return ids
