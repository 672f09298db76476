"""The demo and the site as a newcomer starts them: each in a process of its own, on a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("running")
NOW = "2026-06-30T10:00:00"


def environment(data: Path, **more: str) -> dict[str, str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("XIESHANG_") and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return clean | {"XIESHANG_DATA": str(data), "XIESHANG_NOW": NOW, **more}


def run(data: Path, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xieshang.cli.main", *argv]
    return subprocess.run(command, env=environment(data, **more), capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def made(data):
    """The first `xieshang demo`."""
    return run(data, "demo", XIESHANG_DEMO_PASSWORD="shown-once-1")


def test_before_the_demo_a_command_says_that_there_is_no_database(tmp_path):
    for argv in (("plan", "show", "--org", "qingshi", "--year", "2026"), ("ledger", "list"), ("ledger", "verify")):
        said = run(tmp_path, *argv)
        assert (said.returncode, len(said.stderr.splitlines())) == (2, 1), said.stderr
        assert "数据库还没有建好" in said.stderr
    found = run(tmp_path, "doctor", "--json")
    assert (found.returncode, bool(json.loads(found.stdout)["problems"])) == (0, True)


def test_the_demo_prints_the_log_ins_and_their_password(made):
    assert made.returncode == 0, made.stderr
    assert "shown-once-1" in made.stdout
    assert {"liumin", "zhouxiaoyun", "heguilan", "zhangguohua", "sys", "sec", "audit"} <= set(made.stdout.split())


def test_a_second_time_it_says_so_and_changes_nothing(made, data):
    before = run(data, "doctor", "--json").stdout
    again = run(data, "demo")

    assert (again.returncode, "没有改动" in again.stdout) == (0, True)
    assert run(data, "doctor", "--json").stdout == before


def test_what_the_demo_made_holds(made, data):
    said = run(data, "ledger", "verify")

    assert (said.returncode, said.stderr) == (0, "")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(one) for one in found]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_the_site_answers_and_a_signal_ends_site_and_worker(made, data):
    port = free_port()
    command = [sys.executable, "-m", "xieshang.cli.main", "serve", "--demo", "--port", str(port)]
    served = subprocess.Popen(command, env=environment(data), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        page = b""
        for _try in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=5) as answer:
                    page = answer.read()
                    break
            except OSError:
                assert served.poll() is None, "the site ended"
                time.sleep(0.25)
        both = children(served.pid)
        served.send_signal(signal.SIGINT)
        status = served.wait(20)
        time.sleep(0.5)
    finally:
        if served.poll() is None:
            served.kill()

    assert "演示账号".encode() in page
    assert len(both) == 2
    assert (status, [pid for pid in both if alive(pid)]) == (0, [])
