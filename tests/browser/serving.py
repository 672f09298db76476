"""A real server for the browser: its own data folder, `xieshang serve` as an office runs it, its clock standing still.

`python -m tests.browser.serving` makes the world in `XIESHANG_DATA` and prints who is logged in with which session and what each may open.
A server of its own, and not the test's thread: the tests' SQLite is in memory and would be one connection for all requests at once.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-30T12:00:00"
PASSWORD = "correct horse battery"


@dataclass
class Site:
    """A running server and its world."""

    url: str
    data: Path
    given: dict[str, Any]
    process: "subprocess.Popen[bytes]"
    environment: dict[str, str]

    def session(self, who: str) -> str:
        return str(self.given["sessions"][who])

    def addresses(self, role: str) -> dict[str, str]:
        """Name → address of each page that a role may open."""
        found: dict[str, str] = self.given["addresses"][role]
        return found

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)

    def again(self) -> None:
        """Stop the server and start it anew on the same data and port."""
        self.stop()
        self.process = _started(self.environment, self.url, self.data)


def start(data: Path) -> Site:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment |= {
        "XIESHANG_DATA": str(data),
        "XIESHANG_NOW": NOW,
        "XIESHANG_SECRET_KEY": "only-for-tests",
        "PORT": str(port),
    }
    environment["PYTHONPATH"] = str(ROOT)
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.serving"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, f"the world could not be made:\n{made.stderr[-3000:]}"
    url = f"http://127.0.0.1:{port}"
    return Site(url, data, json.loads(made.stdout.splitlines()[-1]), _started(environment, url, data), environment)


def _started(environment: dict[str, str], url: str, data: Path) -> "subprocess.Popen[bytes]":
    log = (data / "serve.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "xieshang.cli.main", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{url}/login", timeout=5)
            return process
        except OSError:
            assert process.poll() is None, f"the server did not start:\n{(data / 'serve.log').read_text()[-3000:]}"
            time.sleep(0.25)
    process.kill()
    raise AssertionError(f"the server did not answer within a minute:\n{(data / 'serve.log').read_text()[-3000:]}")


# --- in the process that makes the world -----------------------------------------------------------------------------------


def make() -> dict[str, Any]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.web.settings"
    import django

    django.setup()
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.core.management import call_command

    PBKDF2PasswordHasher.iterations = 1000
    call_command("migrate", verbosity=0)
    from xieshang.base.accounts.roles import Role
    from xieshang.base.audit import sealing
    from xieshang.base.ledger import rollup
    from xieshang.conftest import NOON

    from ..addresses import EVERYONE, LOGGED_IN, classed, found, holders
    from ..world import account, make, town

    world = make()
    users = dict(world.users)
    for code, name in (("liuhe", "柳河镇"), ("baisha", "白沙镇")):
        unit, members = town(world, code, name)
        users[code] = account(code, Role.PARTTIMER, unit, now=NOON)
        users[f"{code}_member"] = account(f"{code}_member", Role.MEMBER, unit, members[0], now=NOON)
    users |= the_walk(world)
    assert world.fresh
    users["fresh"] = account("fresh", Role.CLERK, world.fresh, now=NOON)
    sealing.seal_all(NOON)
    rollup.fold_all()
    may: dict[str, dict[str, str]] = {}
    for role in [str(one) for one in Role]:
        things = world.home(role)
        may[role] = {}
        for one in found():
            row = classed(one)
            if row is None or not row.html or not row.get or {404, 422} & set(row.answers) or one.is_api:
                continue
            args = row.args(things) if row.args else []
            if args is not None and (row.get in (EVERYONE, LOGGED_IN) or role in holders(row.get)):
                may[role][one.key] = one.path(args) + (f"?{row.query(things)}" if row.query else "")
    ids = {
        "running": world.county.running.pk,
        "reading": world.township.reading.pk,
        "report": world.county.report.pk,
        "activity": world.county.activity.pk,
        "photo": world.county.photo.pk,
        "received": world.county.received.pk,
        "member": world.house.members[0].pk,
    }
    return {"sessions": {name: _session(user) for name, user in users.items()}, "addresses": may, "ids": ids}


def the_walk(world: Any) -> dict[str, Any]:
    """Who takes part in the walk of a proposal beside the roles: two who cosign, two more units, the government's assigning office."""
    from xieshang.base.accounts import actions as accounts
    from xieshang.base.accounts.roles import Role
    from xieshang.base.orgs import actions as orgs
    from xieshang.base.orgs.models import BodyKind, System
    from xieshang.conftest import NOON

    from ..world import account

    county, members = world.house.county, world.house.members
    found = {f"cosigner_{n}": account(f"cosigner_{n}", Role.MEMBER, county, members[n], now=NOON) for n in (4, 5)}
    for name, title, assigns in (
        ("water", "水务局", False),
        ("forest", "林业局", False),
        ("office", "政府办公室", True),
    ):
        body = orgs.add_body(county, BodyKind.HANDLING_UNIT, title, system=System.GOVERNMENT, assigns=assigns, by=None, now=NOON)  # fmt: skip
        found[name] = accounts.make(name, name=f"{title}经办人", password=PASSWORD, organization=county, by=None, now=NOON)  # fmt: skip
        accounts.grant(found[name], Role.HANDLER, county, body=body, by=None, now=NOON)
    return found


def _session(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from xieshang.web.entering import PROVED

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[PROVED] = NOW
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(json.dumps(make(), ensure_ascii=False))
