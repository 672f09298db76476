"""Writing the audit trail. The digest of an entry, and the entry itself, are made here and nowhere else."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from xieshang.base.orgs.models import Organization

from . import circumstances
from .models import Entry

SYSTEM = "系统"
REASON = 500


def stamp(moment: datetime) -> str:
    """A moment as it is hashed: UTC to the microsecond, the same from every database."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)


def digest_of(entry: Entry) -> str:
    """SHA-256 over all that an entry says."""
    said = [
        str(entry.uid), entry.organization_id, stamp(entry.at), entry.actor, entry.actor_id, entry.verb, entry.record,
        entry.version, entry.reason, json.loads(canonical(entry.detail)), entry.facts, entry.facts_digest,
    ]  # fmt: skip
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def entry(
    verb: str, *, by: Any, now: datetime, organization: Organization | None = None, record: str = "", version: int = 0,
    reason: str = "", detail: dict[str, Any] | None = None, facts: Iterable[str] = (),
) -> Entry:  # fmt: skip
    """An audit entry, not yet saved. `by` is a User or None for the system; `facts` are the lines of the facts posted with it."""
    lines = list(facts)
    detail = {**(detail or {}), **circumstances.detail()}
    if len(reason) > REASON:
        detail["reason"] = reason  # whole, where the column is too short
    made = Entry(
        organization=organization, at=now, actor=str(by)[:80] if by else SYSTEM, actor_id=getattr(by, "pk", None), verb=verb, record=record,
        version=version, reason=reason[:REASON], detail=json.loads(canonical(detail)), facts=len(lines), facts_digest=facts_digest(lines),
    )  # fmt: skip
    made.digest = digest_of(made)
    return made


def facts_digest(lines: Iterable[str]) -> str:
    """SHA-256 over the canonical lines of facts, in any order; empty for none."""
    ordered = sorted(lines)
    return hashlib.sha256("\n".join(ordered).encode()).hexdigest() if ordered else ""


def write(verb: str, **given: Any) -> Entry:
    """Save one entry, in the caller's transaction."""
    made = entry(verb, **given)
    made.save()
    return made
