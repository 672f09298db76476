"""涉密的提案: locked at once by who suspects it; a second person has it purged for good, or says that it is none.

The text is moved into one sealed row, so no page, search, export or trail has it while it is locked. Purging drops that row and the files.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.audit import redacting
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment, StoredFile
from xieshang.base.notices.models import Notice
from xieshang.base.workflow.engine import move

from .. import finding, rules
from ..models import Proposal, Review, Secret, SheetRow, Signature, Text

COLUMNS = ("title", "situation", "analysis", "advice", "closed_reason", "told")
MASK = "涉密待处理"
KEEP = ("outcome", "grounds", "person", "agrees", "again", "invited")  # of the trail: codes and ids, never words
BESIDE: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Text, ("title", "situation", "analysis", "advice")), (Review, ("words",)), (SheetRow, ("words",)), (Signature, ("note",)),
)  # fmt: skip


def lock(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """锁定: from this moment only who locked it and a leader can read it. The reason must not tell what it is about."""
    with transaction.atomic():
        with move(proposal, "lock", rules.MOVES, by=by, now=now, seen=seen, reason=reason) as step:
            was = proposal.state
            step.then(lambda made: _seal(made, was, by, now, reason))
        made = step.record
        Proposal.objects.filter(pk=made.pk).update(**dict.fromkeys(COLUMNS, ""))
        Proposal.objects.filter(pk=made.pk).update(title=MASK)
        finding.forget(made)  # the move above has indexed what it saved
    made.refresh_from_db()
    return made


def _seal(proposal: Proposal, was: str, by: User | None, now: datetime, reason: str) -> None:
    sealed: dict[str, Any] = {"columns": {name: getattr(proposal, name) for name in COLUMNS}, "beside": {}}
    for model, names in BESIDE:
        rows = model.objects.filter(proposal=proposal)
        sealed["beside"][model.__name__] = list(rows.values("pk", *names))
        rows.update(**dict.fromkeys(names, ""))
    notices = Notice.objects.filter(record=proposal.ref)
    sealed["notices"] = list(notices.values("pk", "text"))
    notices.update(text=MASK)
    files = _files(proposal)
    sealed["files"] = list(files.values("pk", "name", "removed_at"))
    for one in sealed["files"]:
        one["removed_at"] = one["removed_at"].isoformat() if one["removed_at"] else None
    files.update(name=MASK, removed_at=now)
    _drafts(proposal).delete()
    sealed["trail"] = redacting.redact(proposal.ref, KEEP, by=by, now=now, organization=proposal.organization, reason=reason)  # fmt: skip
    Secret.objects.update_or_create(
        proposal=proposal,
        defaults={"was": was, "sealed": sealed, "locked_at": now, "locked_by": by, "settled_at": None, "settled_by": None, "outcome": ""},
    )  # fmt: skip


def _files(proposal: Proposal) -> Any:
    return Attachment.objects.filter(Q(record=proposal.ref) | Q(record__startswith=f"{proposal.ref}."))


def _drafts(proposal: Proposal) -> Any:
    """What was typed of it and is kept in the forms."""
    return Draft.objects.filter(Q(client_id=proposal.client_id) | Q(room="proposals", key__endswith=f".{proposal.pk}") | Q(room="proposals", key__endswith=f"-{proposal.pk}"))  # fmt: skip


def purge(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """彻底清除, by a second person: text, kept texts, files and drafts are gone for good. That it was, who, when and why stay."""
    with transaction.atomic():
        secret = _second(proposal, "purge", by)
        with move(proposal, "purge", rules.MOVES, by=by, now=now, seen=seen, reason=reason, given={}) as step:
            record = step.record
            record.grounds, record.disposition, record.decided_on = [rules.SECRET], rules.EXPLAIN, step.day
            record.told = _("涉密，内容已清除")
        made = step.record
        Text.objects.filter(proposal=made).delete()
        _drop_files(made)
        Secret.objects.filter(pk=secret.pk).update(sealed={}, settled_at=now, settled_by=by, outcome=Secret.PURGED)
        Proposal.objects.filter(pk=made.pk).update(title=_("（涉密，内容已清除）"))
        finding.forget(made)
        transaction.on_commit(scrub)
    made.refresh_from_db()
    return made


def _drop_files(proposal: Proposal) -> None:
    """The files go from the disk with the transaction; one that another record holds as well stays with that record."""
    files = _files(proposal)
    stored = list(StoredFile.objects.filter(attachments__in=files).distinct())
    files.delete()
    for one in stored:
        if not one.attachments.exists():
            path = storage.path_of(one)
            one.delete()
            transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]


def scrub() -> None:
    """What was deleted leaves the pages of the database file too. Inside a transaction nothing can be done; PostgreSQL gives the space back by its own VACUUM."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(
                "VACUUM FULL proposals_secret, proposals_proposal, proposals_text, proposals_indexrow, audit_entry"
            )


def release(proposal: Proposal, *, by: User | None, now: datetime, seen: int, reason: str) -> Proposal:
    """不涉密: everything stands again as it stood, in the state it had."""
    with transaction.atomic():
        secret = _second(proposal, "release", by)
        sealed = secret.sealed
        with move(proposal, "release", [one for one in rules.MOVES if one.verb == "release" and one.to == secret.was], by=by, now=now, seen=seen, reason=reason) as step:  # fmt: skip
            pass
        made = step.record
        Proposal.objects.filter(pk=made.pk).update(**sealed["columns"])
        for model, _names in BESIDE:
            for row in sealed["beside"][model.__name__]:
                model.objects.filter(pk=row.pop("pk")).update(**row)
        for row in sealed["notices"]:
            Notice.objects.filter(pk=row["pk"]).update(text=row["text"])
        for row in sealed["files"]:
            Attachment.objects.filter(pk=row["pk"]).update(name=row["name"], removed_at=row["removed_at"])
        redacting.restore(sealed["trail"])
        finding.index(made.pk)
        Secret.objects.filter(pk=secret.pk).update(sealed={}, settled_at=now, settled_by=by, outcome=Secret.RELEASED)
    made.refresh_from_db()
    return made


def _second(proposal: Proposal, verb: str, by: User | None) -> Secret:
    """The lock that waits for a second person; who locked it is not he."""
    if by is not None:
        permissions.require(by, f"proposals.{verb}", proposal.organization)
    secret = Secret.objects.select_for_update().filter(proposal=proposal, outcome="").first()
    if secret is None:
        raise Refused("not_locked", why=_("这件提案没有锁定"), do=_("请刷新页面"))
    if by is not None and by.pk == secret.locked_by_id:
        raise Refused("same_hand", why=_("是您锁定的，要由另一个人处理"), do=_("请提案委负责人或办公室主任处理"))
    return secret
