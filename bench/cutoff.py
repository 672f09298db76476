"""The last minute before the cut-off: two hundred people send to a real server that is killed in the middle and started again.

Each has the form open and sends once, more and more of them as the minute runs out, a few of them too late. Whoever gets no answer sends the same again.
Sent is what its sender saw taken in (a redirect); it must be there, once, and on the right side of the cut-off.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction

from xieshang.base import clock
from xieshang.base.accounts.models import Grant, User
from xieshang.base.accounts.roles import Role
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Level
from xieshang.base.people import actions as people
from xieshang.work.proposals import rules
from xieshang.work.proposals.models import Proposal, Window

from . import proposals_texts
from .databases import SOURCE
from .replaying import check

PEOPLE, LATE, MINUTE, KILLED = 200, 12, 60, 30  # so many too late; seconds; so many before the cut-off it is killed
PATIENCE = 90  # seconds after which a sender gives up


@dataclass
class Sender:
    """One of them: `at` seconds from the cut-off; when he first sent, when he was answered, how often he sent."""

    user: int
    cookie: str
    at: float
    began: datetime | None = None
    answered: datetime | None = None
    tries: int = 0
    status: int = 0


def now() -> datetime:
    """The machine's clock, as the server has it."""
    return datetime.now(clock.SHANGHAI)


def measure() -> dict[str, dict[str, Any]]:
    """{"lost": …, "doubled": …}. Raises RuntimeError where one stands on the wrong side, a number is left out, or the ledger is not whole."""
    call_command("migrate", verbosity=0, interactive=False)
    senders, window = _prepared()
    with _server() as server:
        threads = [threading.Thread(target=_send, args=(one, window, server.port)) for one in senders]
        window.cutoff_at = now() + timedelta(seconds=MINUTE + 15)  # time enough to open two hundred forms
        window.save()
        for thread in threads:
            thread.start()
        _sleep_until(window.cutoff_at - timedelta(seconds=KILLED))
        server.kill()
        server.start()
        for thread in threads:
            thread.join()
    found = _judged(senders, window)
    check()
    return {
        name: {"value": found[name], "unit": name, "aim": 0, "baseline": None, "samples": [], **found} for name in ("lost", "doubled")
    }  # fmt: skip


def _prepared() -> tuple[list[Sender], Window]:
    """A committee with a plenary behind it and one ahead, two hundred members with a log-in each, logged in."""
    moment, dice = now(), Random(200)
    with clock.at(moment), transaction.atomic():
        unit = orgs.add(name="云岭县政协", short_name="云岭县", code="measured", level=Level.COUNTY, parent=None, by=None, now=moment)  # fmt: skip
        year = moment.year
        term = orgs.add_term(unit, 11, date(year - 3, 1, 1), date(year + 2, 12, 31), by=None, now=moment)
        orgs.add_session(term, 4, moment.date() - timedelta(days=300), moment.date() - timedelta(days=297), by=None, now=moment)  # fmt: skip
        ahead = orgs.add_session(term, 5, moment.date() + timedelta(days=20), moment.date() + timedelta(days=23), by=None, now=moment)  # fmt: skip
        window = Window.objects.create(session=ahead, opens_at=moment - timedelta(days=30), cutoff_at=moment + timedelta(days=1))  # fmt: skip
        senders = []
        for n in range(PEOPLE):
            person = people.add(unit, name=f"委员{n + 1}", order=n, by=None, now=moment)
            people.seat(person, term, sector=None, started_on=date(year - 3, 1, 10), by=None, now=moment)
            user = User.objects.create(username=f"member{n}", name=person.name, person=person, password="!")
            Grant.objects.create(user=user, role=Role.MEMBER, organization=unit, granted_at=moment)
            at = dice.uniform(0.2, 3) if n < LATE else -MINUTE * dice.random() ** 2
            senders.append(Sender(user.pk, _logged_in(user), at))
    return senders, window


def _logged_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class _Server:
    """`xieshang serve` on a free port of the loopback, with all its processes in one group."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key not in ("XIESHANG_NOW", "DJANGO_SETTINGS_MODULE")}  # fmt: skip
        command = [sys.executable, "-m", "xieshang.cli.main", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=SOURCE, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)  # fmt: skip

    def kill(self) -> None:
        """kill -9, all at once: nothing is told, nothing is finished."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait(self) -> None:
        for _i in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")


@contextmanager
def _server() -> Iterator[_Server]:
    server = _Server()
    try:
        server.start()
        server.wait()
        yield server
    finally:
        server.kill()


def _sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - now()).total_seconds()))


def _send(one: Sender, window: Window, port: int) -> None:
    """Open the form, wait for the moment, send; and again until there is an answer."""
    token, cookie = _form(one, port)
    dice = Random(one.user)
    text = proposals_texts.proposal(dice, "society")
    typed = {
        "title": text.title, "situation": text.situation, "analysis": text.analysis, "advice": text.advice, "open_text": "on", "client_id": str(uuid4()), "submit": "1",
        "advised": "1", "secrets_read": "on", "csrfmiddlewaretoken": token,
    }  # fmt: skip
    _sleep_until(window.cutoff_at + timedelta(seconds=one.at))
    one.began = now()
    while one.answered is None and (now() - one.began).total_seconds() < PATIENCE:
        one.tries += 1
        try:
            one.status, _body, _cookie = _ask(port, "POST", cookie, urlencode(typed))
        except (OSError, HTTPException):
            one.status = 0
        if one.status == 302:
            one.answered = now()
        else:
            time.sleep(0.3 + dice.random())


def _form(one: Sender, port: int) -> tuple[str, str]:
    for _i in range(30):
        try:
            status, body, cookie = _ask(port, "GET", one.cookie)
        except (OSError, HTTPException):
            time.sleep(1)
            continue
        if status == 200 and (found := re.search(r'csrfmiddlewaretoken" value="(\w+)"', body)):
            return found.group(1), f"{one.cookie}; {cookie.partition(';')[0]}"
        raise RuntimeError(f"the form answered {status}")
    raise RuntimeError("no form")


def _ask(port: int, method: str, cookie: str, body: str = "") -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, "/proposals/new", body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Set-Cookie", "")
    finally:
        connection.close()


def _judged(senders: list[Sender], window: Window) -> dict[str, Any]:
    """What became of each that was taken in."""
    taken = [one for one in senders if one.answered]
    stand: dict[int, list[Proposal]] = {one.user: [] for one in senders}
    for proposal in Proposal.objects.filter(created_by__in=stand):
        stand[int(proposal.created_by_id or 0)].append(proposal)
    lost = sum(not any(p.state == rules.SUBMITTED for p in stand[one.user]) for one in taken)
    doubled = sum(len(found) > 1 for found in stand.values())
    wrong = [problem for one in taken for p in stand[one.user] if (problem := _wrong(one, p, window))]
    for session in {p.session_id for found in stand.values() for p in found if p.intake}:
        numbers = [p.intake for found in stand.values() for p in found if p.session_id == session]
        if sorted(n for n in numbers if n) != list(range(1, len(numbers) + 1)):
            wrong.append("the intake numbers have gaps")
    if wrong:
        raise RuntimeError(f"{len(wrong)} on the wrong side of the cut-off: {wrong[:3]}")
    unheard = [one for one in senders if not one.answered]
    return {
        "lost": lost, "doubled": doubled, "people": len(senders), "taken_in": len(taken), "not_answered": len(unheard), "sent_again": sum(one.tries > 1 for one in senders), "sent_before_received_after": sum(one.at < 0 and any(p.kind == rules.INTERIM for p in stand[one.user]) for one in senders),
        "kinds": dict(Counter(p.kind for found in stand.values() for p in found)), "answers": dict(Counter(str(one.status) for one in senders)),
    }  # fmt: skip


def _wrong(one: Sender, proposal: Proposal, window: Window) -> str:
    """The kind follows the moment of receipt, and that lies between sending and answer."""
    if proposal.submitted_at is None or one.began is None or one.answered is None:
        return f"member {one.user} was told it was taken in, and it has no moment"
    side = rules.SESSION if proposal.submitted_at < window.cutoff_at else rules.INTERIM
    if proposal.kind != side:
        return f"{proposal.kind} at {proposal.submitted_at}"
    if not one.began <= proposal.submitted_at <= one.answered:
        return f"received at {proposal.submitted_at}, sent at {one.began}, answered at {one.answered}"
    return ""
