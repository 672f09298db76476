"""What must not be lost when something breaks half-way: an exception, a killed process, a stopped worker, a restarted server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from xieshang.base.accounts.roles import Role
from xieshang.base.audit import sealing, trail
from xieshang.base.drafts.models import Draft
from xieshang.base.ledger import figures, posting, rollup, verify
from xieshang.base.ledger.models import PostedFact
from xieshang.conftest import NOON, House
from xieshang.documents.sheets import write_xlsx
from xieshang.measure.plans import actions as plans
from xieshang.measure.plans.models import Target
from xieshang.measure.reports import actions as reports
from xieshang.work.activities import actions as activities
from xieshang.work.activities import sheets
from xieshang.work.activities.models import Activity
from xieshang.work.registers import actions as registers
from xieshang.work.registers import catalogue

from .world import RUNNING, held, jpeg, template

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("activities", "registers", "plans", "reports", "ledger", "audit", "notices", "people")


class Broken(RuntimeError):
    """The lights go out."""


def counted() -> Counter[str]:
    """How many rows each table of the rooms has."""
    return Counter(
        {
            model._meta.label: model._default_manager.count()
            for app in ROOMS
            for model in apps.get_app_config(app).get_models()
        }
    )


def dark(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, *, after: int = 0) -> None:
    """From the call number `after` on, it breaks; what came before has really been done."""
    real, calls = getattr(where, name), Counter[str]()

    def broken(*args: Any, **more: Any) -> Any:
        calls["n"] += 1
        if calls["n"] > after:
            raise Broken
        return real(*args, **more)

    monkeypatch.setattr(where, name, broken)


def sheet(n: int = 3, start: int = 1) -> bytes:
    heads = list(sheets.HEADINGS)
    rows = [[f"走访企业第{start + k}家", f"2026-0{1 + k % 6}-{10 + k % 15}", "走访"] for k in range(n)]
    return write_xlsx("活动", heads, [row + [""] * (len(heads) - len(row)) for row in rows])


# --- an exception in the middle ------------------------------------------------------------------------------------------------

Act = Callable[[House, Any], object]


def _record(house: House, by: Any) -> object:
    return held(
        house.county, by, NOON, presence={p.pk: "attended" for p in house.members}, files=[("现场.jpg", jpeg())]
    )


def _correct(house: House, by: Any) -> object:
    activity = Activity.objects.get()
    return activities.correct(
        activity,
        fields={"title": "改过的"},
        presence={house.members[0].pk: "absent"},
        by=by,
        now=NOON,
        seen=activity.version,
        reason="改",
    )


def _import(house: House, by: Any) -> object:
    checked = sheets.read(sheet(), "活动.xlsx", house.county, NOON.date(), by=by)
    return sheets.bring_in(checked, house.county, by, NOON, "")


def _plan(house: House, by: Any) -> object:
    return plans.bring_in(
        house.county,
        year=2026,
        data=RUNNING.format(unit="云岭县").encode(),
        name="计划.txt",
        accept_sure=True,
        by=by,
        now=NOON,
    )


def _bring(house: House, by: Any) -> object:
    from xieshang.work.registers.models import Register

    register = Register.objects.get()
    example = dict(catalogue.READY["donations"].example)
    return registers.bring(register, [{**example, "title": f"捐赠 {n}"} for n in range(3)], by=by, now=NOON)


def _report(house: House, by: Any) -> object:
    return reports.start(
        house.county, data=template(), name="总结.docx", start=date(2026, 1, 1), end=date(2026, 6, 30), by=by, now=NOON
    )


ACTS: dict[str, Act] = {
    "record": _record,
    "correct": _correct,
    "import": _import,
    "plan": _plan,
    "bring": _bring,
    "report": _report,
}
PLACES = {"the facts": (posting, "save"), "the audit": (trail, "write"), "the restating": (posting, "restate")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("act", ACTS)
def test_an_exception_in_the_middle_leaves_nothing_half_written(
    house: House, monkeypatch: pytest.MonkeyPatch, act: str, place: str, after: int
) -> None:
    by = house.user(Role.CLERK)
    if act == "correct":
        _record(house, by)
    if act == "bring":
        registers.take(house.county, "donations", by=by, now=NOON)
    before = counted()
    with monkeypatch.context() as patch:
        dark(patch, *PLACES[place], after=after)
        try:
            ACTS[act](house, by)
        except Broken:
            broke = True
        else:
            broke = False  # it needs this place less often than `after`
    now = counted()
    if broke:
        lost = {
            table: (before[table], n)
            for table, n in now.items()
            if n != before[table] and not (act == "plan" and table in PAPER)
        }
        if act == "plan" and "plans.Plan" not in lost:
            assert not Target.objects.exists()
        assert not lost, f"half-written: {lost}"
    else:
        assert now != before
    assert verify.verify().problems == []
    assert ACTS[act](house, by) is not None  # and afterwards the same thing can be done


PAPER = {"plans.Paper", "audit.Entry"}  # the paper itself is kept first, on purpose, with its own line in the audit


# --- a killed process -----------------------------------------------------------------------------------------------------------


def shell(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return kept | {
        "XIESHANG_DATA": str(folder), "XIESHANG_SECRET_KEY": "only-for-tests", "XIESHANG_NOW": "2026-06-30T12:00:00", "PYTHONPATH": str(ROOT),
        "XIESHANG_DEMO_PASSWORD": "only-for-tests",
    }  # fmt: skip


def xieshang(folder: Path, *args: str, code: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "xieshang.cli.main", *args]
    return subprocess.run(
        command, cwd=ROOT, env=shell(folder), capture_output=True, text=True, check=False, timeout=120
    )


MAKE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.web.settings"
import django
django.setup()
from django.contrib.auth.hashers import PBKDF2PasswordHasher
PBKDF2PasswordHasher.iterations = 1
from django.core.management import call_command
call_command("migrate", verbosity=0)
from xieshang.conftest import build
build()
"""
# The same import, in a process that kills itself at the n-th fact it would save.
KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.web.settings"
import django
django.setup()
from xieshang.base.ledger import posting
real, calls = posting.save, []
def save(*args, **more):
    calls.append(1)
    if len(calls) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **more)
posting.save = save
from xieshang.cli.main import main
sys.exit(main({args!r}))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small county in it."""
    folder = tmp_path_factory.mktemp("made")
    done = xieshang(folder, code=MAKE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("at", [1, 30])
def test_a_killed_import_leaves_a_clean_ledger_and_can_be_done_again(made: Path, tmp_path: Path, at: int) -> None:
    data, file = tmp_path / "data", tmp_path / "活动.xlsx"
    shutil.copytree(made, data)
    file.write_bytes(sheet(40))
    args = ["activities", "import", str(file), "--org", "yunling"]

    killed = xieshang(data, code=KILLED.format(at=at, args=args))
    assert killed.returncode == -signal.SIGKILL, (killed.returncode, killed.stdout, killed.stderr)

    listed = xieshang(data, "ledger", "list", "--kind", "activities.held", "--json")
    assert listed.stdout.strip() == "", "facts of an import that was killed"
    clean = xieshang(data, "ledger", "verify")
    assert clean.returncode == 0, clean.stderr
    again = xieshang(data, *args)
    assert again.returncode == 0, again.stderr
    assert "已登记 40 次活动" in again.stdout
    assert xieshang(data, "ledger", "verify").returncode == 0


def test_an_import_killed_from_outside_leaves_a_clean_ledger(made: Path, tmp_path: Path) -> None:
    """kill -9 from outside, at no chosen moment."""
    data, file = tmp_path / "data", tmp_path / "活动.xlsx"
    shutil.copytree(made, data)
    file.write_bytes(sheet(120))
    process = subprocess.Popen(
        [sys.executable, "-m", "xieshang.cli.main", "activities", "import", str(file), "--org", "yunling"],
        cwd=ROOT, env=shell(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    log = data / "xieshang.sqlite3-wal"
    size = log.stat().st_size if log.exists() else 0
    for _ in range(400):
        if process.poll() is not None or (log.exists() and log.stat().st_size > size):
            break
        time.sleep(0.02)
    process.kill()
    process.wait(30)
    verified = xieshang(data, "ledger", "verify")
    assert verified.returncode == 0, verified.stderr
    listed = xieshang(data, "ledger", "list", "--kind", "activities.held", "--json")
    assert len(listed.stdout.splitlines()) in (0, 120), "a part of the sheet was written"


# A member sends a proposal through the page, in a process that kills itself at the n-th fact it would save; and the same form once more.
SENT = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.web.settings"
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
from django.test import Client
from xieshang.base.accounts.models import User
from xieshang.base.ledger import posting
real, calls = posting.save, []
def save(*args, **more):
    calls.append(1)
    if len(calls) == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **more)
posting.save = save
client = Client()
client.force_login(User.objects.get(username="member"), backend="django.contrib.auth.backends.ModelBackend")
typed = dict(title="关于修桥的提案", situation="破损", analysis="没有养护", advice="列入计划", open_text="on", secrets_read="on", advised="1", submit="1", client_id="6f1d3c52-9b5e-4a8e-9a53-0d2b8f5f7a10")
assert client.post("/proposals/new", typed).status_code == 302
from xieshang.work.proposals.models import Proposal
one = Proposal.objects.get()
print(one.state, one.intake, one.texts.count(), one.version)
"""


def test_a_server_killed_while_a_proposal_is_sent_leaves_nothing_half_and_the_same_form_sends_it_once(
    made: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(made, data)
    killed = xieshang(
        data, code=SENT.format(at=2)
    )  # the draft stands; its sending, with the number already taken, does not
    assert killed.returncode == -signal.SIGKILL, (killed.returncode, killed.stdout, killed.stderr)
    again = xieshang(data, code=SENT.format(at=0))
    assert again.stdout.split()[:3] == ["submitted", "1", "1"], (
        again.stderr
    )  # its version tells how far the first try had come
    assert xieshang(data, "ledger", "verify").returncode == 0


# --- the worker -----------------------------------------------------------------------------------------------------------------


def value(house: House, code: str = "activities.collective") -> Any:
    known = figures.indicators(house.county)
    return figures.figure(
        figures.Query(known[code], house.county.pk, date(2026, 1, 1), date(2026, 12, 31)), known
    ).value


@pytest.mark.django_db(transaction=True)
def test_the_worker_stopped_between_two_batches_changes_no_figure(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = house.user(Role.CLERK)
    for n in range(6):
        held(
            house.county,
            by,
            NOON,
            on=date(2026, 1 + n, 5),
            title=f"活动 {n}",
            presence={p.pk: "attended" for p in house.members[:3]},
        )
    before = value(house), value(house, "activities.attended")
    top = PostedFact.objects.order_by("-id").values_list("id", flat=True)[0]
    for limit in (3, 5):  # two batches, then the worker is gone
        assert rollup.fold(limit) > 0
        assert (value(house), value(house, "activities.attended")) == before
    assert 0 < rollup.watermark() < top
    with monkeypatch.context() as patch:  # and once in the middle of a batch
        dark(patch, rollup, "_fold_sql", after=2)
        with pytest.raises(Broken):
            rollup.fold(4)
    assert (value(house), value(house, "activities.attended")) == before
    held(house.county, by, NOON, on=date(2026, 6, 20), title="后来的")
    rollup.fold_all()
    assert value(house) == before[0] + 1
    assert verify.verify().problems == []


@pytest.mark.django_db(transaction=True)
def test_the_sealer_stopped_between_two_units_goes_on_where_it_was(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = house.user(Role.CLERK)
    held(house.county, by, NOON)
    with monkeypatch.context() as patch:
        dark(patch, sealing, "seal", after=1)
        with pytest.raises(Broken):
            sealing.seal_all(NOON)
    assert verify.verify().problems == []
    sealing.seal_all(NOON)
    assert verify.verify().problems == []


# --- drafts ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_draft_outlives_the_connection_the_session_and_a_failed_save(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(house.user(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    sent = str(uuid4())
    typed = [["title", "走访养老院"], ["on", "2026-06-20"], ["kind", "visit"]]
    given = {"key": "activities.new", "client_id": sent, "at": "2026-06-30T10:00", "payload": json.dumps(typed)}
    assert client.post("/activities/draft?unit=yunling", given).json()["kept"]
    with monkeypatch.context() as patch:
        dark(patch, posting, "save")
        answer = client.post("/activities/new", {**dict(typed), "half_days": "1", "client_id": sent})
        assert answer.status_code == 500
        assert "这一步没有办成" in answer.content.decode()
    assert Activity.objects.count() == 0
    if connection.vendor != "sqlite":
        connection.close()  # in memory there would be nothing left
    client.logout()
    other = Client()
    other.force_login(house.user(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    assert "走访养老院" in other.get("/activities/new").content.decode()
    assert other.post("/activities/new", {**dict(typed), "half_days": "1", "client_id": sent}).status_code == 302
    assert (Activity.objects.count(), Draft.objects.count()) == (1, 0)
    assert (
        other.post("/activities/new", {**dict(typed), "half_days": "1", "client_id": sent}).status_code == 302
    )  # twice sent is once recorded
    assert Activity.objects.count() == 1
