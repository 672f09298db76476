"""A pytest plug-in that counts tests for the last line of `make test`; under CI=1 a skip is a failure."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--count-file", default="", help="write how many tests passed, failed and were skipped")


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: Any) -> None:
    name = config.getoption("--count-file")
    if not name:
        return
    stats = terminalreporter.stats
    counts = {key: len(stats.get(key, [])) for key in ("passed", "failed", "error", "skipped")}
    Path(name).write_text(json.dumps(counts))
    if os.environ.get("CI") == "1" and counts["skipped"]:
        terminalreporter.write_line(f"CI: {counts['skipped']} tests were skipped, which counts as a failure", red=True)


def pytest_sessionfinish(session: Any, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "1" and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = 1


def main(names: list[str]) -> int:
    """The last line: how many tests ran on which database and browser."""
    total: Counter[str] = Counter()
    parts = []
    for name in names:
        path = Path(name)
        if path.exists():
            counts = json.loads(path.read_text())
            total.update(counts)
            parts.append(f"{counts['passed']} on {name.rpartition('-')[2]}")
    browser = shutil.which("chromium")
    version = (
        subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if browser
        else "no browser"
    )
    print(f"{', '.join(parts)}; {version}")
    print(f"tests: {total['passed']} passed, {total['failed'] + total['error']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] or total["error"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
