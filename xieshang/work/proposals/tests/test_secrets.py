"""A proposal suspected of a secret: locked at once, then purged for good by a second person, or given back as it was."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from xieshang.base import clock
from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.audit.models import Entry
from xieshang.base.drafts.models import Draft
from xieshang.base.errors import NotAllowed, Refused
from xieshang.base.files import storage
from xieshang.base.ledger import verify
from xieshang.base.notices.models import Notice
from xieshang.work.proposals import actions, rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.models import Proposal, Secret

from .test_walk import NOW, PASSWORD, Cast, again, sent

MARK = "青鸟七号机库坐标"
WHY = "疑似涉密"


def leader(cast: Cast) -> User:
    made = accounts.make("leader2", name="主任", password=PASSWORD, organization=cast.house.county, by=None, now=NOW)
    accounts.grant(made, Role.LEADER, cast.house.county, by=None, now=NOW)
    return User.objects.get(pk=made.pk)


def suspected(cast: Cast) -> Proposal:
    """Sent in with the marker everywhere a text may stand, and locked by its first reviewer."""
    made = sent(cast, title=f"关于{MARK}的提案", situation=MARK, analysis=f"{MARK}。", advice=MARK)
    storage.attach([(f"{MARK}.txt", MARK.encode())], record=made.ref, organization=made.organization, by=cast.clerk, now=NOW)  # fmt: skip
    Draft.objects.create(organization=made.organization, user=cast.first, room="proposals", key=f"proposals-edit-{made.pk}", client_id="6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a11", typed={"title": MARK}, saved_at=NOW)  # fmt: skip
    made = actions.send_back(made, by=cast.clerk, now=NOW, seen=made.version, reason=f"{MARK}要改")
    made = actions.write(made, fields={"advice": f"改过的{MARK}"}, by=cast.first, now=NOW, seen=made.version)
    made = actions.submit(made, by=cast.first, now=NOW)
    return actions.review(
        made, Opinion("turn_down", grounds=(rules.SECRET,)), by=cast.clerk, now=NOW, seen=made.version
    )


def everything() -> bytes:
    """The whole database as it is on disk, and all files kept beside it."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        base = connection.connection.serialize()
    else:
        base = b""
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                base += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return base + b"".join(one.read_bytes() for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file())


def stands() -> bool:
    kept = everything()
    escaped = MARK.encode("unicode_escape")
    return MARK.encode() in kept or escaped in kept or MARK.encode("utf-16-le") in kept


@pytest.mark.django_db
def test_who_suspects_a_secret_locks_it_at_once_and_nobody_else_reads_it(cast: Cast) -> None:
    made = suspected(cast)
    assert (made.state, made.title) == (rules.LOCKED, "涉密待处理")
    assert Secret.objects.get().locked_by == cast.clerk
    for user in (cast.first, cast.second, cast.other_clerk, cast.clerk):
        page = Client()
        page.force_login(user)
        for address in (
            f"/proposals/{made.pk}",
            "/proposals/",
            f"/proposals/?q={MARK[:4]}",
            "/proposals/list.xlsx",
            f"/proposals/{made.pk}/form.docx",
        ):
            assert MARK.encode() not in page.get(address).content
        read = page.get(f"/proposals/{made.pk}/secret")
        assert (MARK in read.content.decode()) == (user == cast.clerk)
    assert not Notice.objects.filter(text__contains=MARK).exists()
    assert not any(MARK in str(one.detail) + one.reason for one in Entry.objects.all())
    assert verify.verify().problems == []
    with pytest.raises(Refused):
        actions.review_again(
            made, Opinion("file", "society", "government"), by=cast.other_clerk, now=NOW, seen=made.version
        )


@pytest.mark.django_db
def test_it_takes_a_second_person_who_may(cast: Cast) -> None:
    made = suspected(cast)
    for user in (cast.clerk, cast.other_clerk, cast.first):
        with pytest.raises(NotAllowed):
            actions.purge(made, by=user, now=NOW, seen=made.version, reason=WHY)
    Secret.objects.update(locked_by=(head := leader(cast)))
    for settle in (actions.purge, actions.release):
        with pytest.raises(Refused) as refused:
            settle(made, by=head, now=NOW, seen=made.version, reason=WHY)
        assert refused.value.code == "same_hand"


@pytest.mark.django_db
def test_what_is_no_secret_stands_again_as_it_was(cast: Cast) -> None:
    made = suspected(cast)
    made = actions.release(made, by=leader(cast), now=NOW, seen=made.version, reason="看过了，不涉密")
    assert (made.state, made.title, made.advice) == (rules.SUBMITTED, f"关于{MARK}的提案", f"改过的{MARK}")
    assert made.texts.first().situation == MARK
    assert [one.name for one in storage.of(made.ref)] == [f"{MARK}.txt"]
    assert Secret.objects.get().sealed == {}
    assert verify.verify().problems == []
    made = actions.lock(made, by=cast.clerk, now=NOW, seen=made.version, reason=WHY)
    assert made.state == rules.LOCKED


@pytest.mark.django_db
def test_a_redacted_entry_that_is_altered_again_is_found(cast: Cast) -> None:
    made = suspected(cast)
    Entry.objects.filter(record=made.ref, verb="proposals.submit").update(reason="别的")
    assert any("was altered" in one for one in verify.verify().problems)


@pytest.mark.django_db(transaction=True)
def test_once_purged_nothing_of_it_is_left_in_the_database_or_on_disk(cast: Cast) -> None:
    made = suspected(cast)
    assert stands()
    made = actions.purge(made, by=leader(cast), now=NOW, seen=made.version, reason="确认涉密，已按规定报告")
    assert not stands()
    made = again(made)
    assert (made.state, made.grounds, made.disposition) == (rules.NOT_FILED, [rules.SECRET], rules.EXPLAIN)
    kept = Secret.objects.get()
    assert (kept.outcome, kept.locked_by, kept.settled_by.username) == (Secret.PURGED, cast.clerk, "leader2")
    assert [one.verb for one in Entry.objects.filter(record=made.ref).order_by("-id")[:1]] == ["proposals.purge"]
    assert verify.verify().problems == []


@pytest.mark.django_db
def test_a_sheet_never_decides_what_may_be_a_secret(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.reviewing._check(
            "turn_down", "", "", None, ["R01"], sent(cast), clock.parse("2026-06-30T12:00:00").date()
        )
    assert refused.value.code == "secret"
