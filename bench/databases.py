"""Scratch databases: a folder for each, a PostgreSQL of the bench's own, and child processes that work on them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1]
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Database:
    """One database of a size on an engine: its data folder and its address ("" for SQLite's file in the folder)."""

    folder: Path
    url: str

    def start(self, *tasks: str) -> "Running":
        """Begin a child process that does the tasks."""
        self.folder.mkdir(parents=True, exist_ok=True)
        static = self.folder / "static"
        if not static.exists():
            static.symlink_to(self.folder.parent / "static")
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("XIESHANG_", "DATABASE_URL", "DJANGO_"))
        }
        environment |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings", "XIESHANG_DATA": str(self.folder), "XIESHANG_SECRET_KEY": "only-for-the-bench",
            "XIESHANG_NOW": "2026-12-18T10:00:00", "DATABASE_URL": self.url,
        }  # fmt: skip
        handle, answer = tempfile.mkstemp(suffix=".json", dir=self.folder)
        os.close(handle)
        child = subprocess.Popen([sys.executable, "-m", "bench.child", answer, *tasks], cwd=SOURCE, env=environment)
        return Running(child, Path(answer), tasks)

    def do(self, *tasks: str) -> dict[str, Any]:
        return self.start(*tasks).answer()


@dataclass
class Running:
    """A child at work."""

    child: "subprocess.Popen[bytes]"
    path: Path
    tasks: tuple[str, ...]

    def answer(self) -> dict[str, Any]:
        """Task → result; a child that died fails all its tasks."""
        status = self.child.wait()
        text = self.path.read_text(encoding="utf-8")
        if not text:
            return {task: {"error": f"the process ended with {status}"} for task in self.tasks}
        return dict(json.loads(text))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one run."""
    with tempfile.TemporaryDirectory(prefix="xieshang-bench-") as folder:
        yield Path(folder)


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of a fresh server, without the database's name; None where PostgreSQL is not installed."""
    script = SOURCE / "tools" / "test_postgres.sh"
    started = subprocess.run(["sh", str(script)], capture_output=True, text=True, check=False)
    if started.returncode != 0:
        print(f"PostgreSQL is left out: {started.stderr.strip()}", file=sys.stderr)
        yield None
        return
    url, folder = started.stdout.split()
    try:
        yield url.rpartition("/")[0]
    finally:
        with suppress(subprocess.SubprocessError):
            subprocess.run(["sh", str(script), "stop", folder], check=False)


def create(server: str, name: str) -> str:
    """An empty database on the server; its address."""
    import psycopg

    with psycopg.connect(f"{server}/xieshang", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"
