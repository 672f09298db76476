"""serve, worker, demo and doctor: keeping an installation going."""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import warnings
from typing import Any

from xieshang import __version__

from .commands import Mistake, django
from .words import _

PAUSE = 20  # seconds between two rounds of the jobs, where nobody waits for one


def prepare() -> None:
    """Migrate, and lay out the static files when they are not there or are of another version."""
    django()
    from django.conf import settings
    from django.core.management import call_command

    from xieshang.base.calendar.workdays import CalendarGap

    warnings.simplefilter("ignore", CalendarGap)  # 设置 → 日历 says it to who can mend it
    call_command("migrate", verbosity=0, interactive=False)
    mark = settings.STATIC_ROOT / "version"
    newest = max(
        path.stat().st_mtime_ns for path in (settings.SOURCE / "xieshang").rglob("static/**/*") if path.is_file()
    )
    stamp = f"{__version__} {newest}"
    if not mark.exists() or mark.read_text() != stamp:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(stamp)


def serve(args: argparse.Namespace) -> int:
    """Migrate, serve with gunicorn, and start and watch the worker."""
    port = _port() if args.port is None else args.port
    _free(args.host, port)
    prepare()
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="xieshang.web.settings")
    if args.demo:
        environment["XIESHANG_DEMO"] = "1"
        make_demo()
    command = [
        sys.executable, "-m", "gunicorn", "xieshang.web.wsgi:application", "--bind", f"{args.host}:{port}", "--workers", "2", "--threads", "4",
        "--worker-class", "gthread", "--timeout", "120", "--access-logfile", "/dev/null", "--log-level", "warning",
    ]  # fmt: skip
    site = subprocess.Popen(command, env=environment)
    print(
        _("\n协商已启动： http://%(host)s:%(port)s/  （Ctrl+C 停止）\n") % {"host": args.host, "port": port}, flush=True
    )
    return _watch(site, environment)


def _port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Mistake(_("PORT“%(given)s”不是端口号，请写 1 到 65535 之间的数") % {"given": given})
    return int(given)


def _free(host: str, port: int) -> None:
    """Say so before anything is started when somebody else serves there."""
    if not 0 < port < 65536:
        raise Mistake(_("“%(port)s”不是端口号，请写 1 到 65535 之间的数") % {"port": port})
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Mistake(
                _("端口 %(port)s 用不了（%(strerror)s），请用 --port 或 PORT 换一个")
                % {"port": port, "strerror": error.strerror}
            ) from None


def _watch(site: "subprocess.Popen[bytes]", environment: dict[str, str]) -> int:
    """Keep the worker alive as long as the site lives; stop both on a signal."""
    jobs = _start_worker(environment)

    def stop(*_: object) -> None:
        site.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while site.poll() is None:
        time.sleep(0.5)
        if jobs.poll() is not None and site.poll() is None:
            time.sleep(2)
            jobs = _start_worker(environment)
    jobs.terminate()
    try:
        jobs.wait(10)
    except subprocess.TimeoutExpired:
        jobs.kill()
    return 0 if site.returncode in (0, -signal.SIGTERM, -signal.SIGINT) else 1


def _start_worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "xieshang.cli.main", "worker"], env=environment)


def worker(*, once: bool) -> int:
    """What the rooms asked for, round after round: seal the audit, fold the ledger, drop what was left behind."""
    django()
    from xieshang.base import clock, registry, rounds

    parent = os.getppid()
    while True:
        heard = rounds.rung()
        for job in registry.JOBS:
            job(clock.now())
        if once or os.getppid() != parent:
            return 0
        rounds.rest(PAUSE, heard)


def demo() -> int:
    """A second time it says so, changes nothing and exits 0."""
    prepare()
    make_demo()
    return 0


def make_demo() -> None:
    """The demo county in an empty database; prints the log-ins."""
    from xieshang.base import words
    from xieshang.base.orgs.models import Organization
    from xieshang.web import demo as county

    if Organization.objects.exists():
        print(_("演示数据已经在了，没有改动。演示账号：%(names)s") % {"names": words.listed(county.LOGINS)})
        return
    password = os.environ.get("XIESHANG_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    county.make(password)
    print(_("已建好演示县（人物都是虚构的）。登录账号："))
    for username, (name, role) in county.LOGINS.items():
        print(f"  {username:<14}{name}（{role}）")
    print(_("密码都是：%(password)s") % {"password": password}, flush=True)


def examine() -> dict[str, Any]:
    """`doctor`: version, database, units, problems."""
    django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import DatabaseError

    found: dict[str, Any] = {"version": __version__, "database": _named(connection), "orgs": [], "problems": []}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            found["problems"].append(_("数据库还没有迁移到这个版本，请运行 xieshang serve 或 xieshang demo"))
        from xieshang.base.orgs.models import Organization

        found["orgs"] = [{"code": o.code, "name": o.name, "level": o.level} for o in Organization.objects.all()]
        found["problems"] += _problems()
    except DatabaseError as error:
        if not found["problems"]:
            found["problems"].append(_("数据库不能用：%(error)s") % {"error": str(error).splitlines()[0]})
    return found


def _named(connection: Any) -> str:
    return str(connection.vendor)


def _problems() -> list[str]:
    import shutil

    from django.conf import settings

    from xieshang.base import clock
    from xieshang.base.calendar.workdays import known

    found = []
    if not os.access(settings.DATA, os.W_OK):
        found.append(_("数据目录不能写，请检查权限"))
    if shutil.disk_usage(settings.DATA).free < 500 * 1024**2:
        found.append(_("数据目录所在磁盘剩余不到 500 MB"))
    if not shutil.which("soffice"):
        found.append(_("没有 LibreOffice，不能读 .doc、不能生成 PDF；其余不受影响"))
    if not known(clock.today().year):
        found.append(
            _("%(year)s 年还没有全国节假日表，工作日按周一至周五计；可在 设置 → 工作日历 补充")
            % {"year": clock.today().year}
        )
    return found
