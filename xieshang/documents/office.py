"""LibreOffice as a converter of other people's files: alone in a folder, without macros, without fetching anything, and not for ever."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from xieshang.documents.errors import DocumentError

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120  # seconds; the first start of a fresh profile takes some of them
MOST = 200 * 1024 * 1024  # bytes of what comes out

# No macro, no link into the network, no active content: what is opened was sent by somebody.
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    ("DisableMacrosExecution", "true"), ("MacroSecurityLevel", "3"), ("DisableActiveContent", "true"), ("BlockUntrustedRefererLinks", "true"),
)  # fmt: skip
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in _SETTINGS
    )
    + "</oor:items>"
)


def office() -> str | None:
    """The path of LibreOffice, or None."""
    return next((path for program in PROGRAMS if (path := shutil.which(program))), None)


def convert(
    data: bytes, ending: str, to: str, *, timeout: float = TIMEOUT, around: Mapping[str, str] | None = None
) -> bytes:
    """A file as another kind: `convert(data, "doc", "docx")`. A profile of its own, so that two at once do not disturb each other.

    around  more of the environment
    raises  DocumentError: no_office when LibreOffice is missing, office_failed when it fails or takes over `timeout` s, zip_bomb
    """
    program = office()
    if program is None:
        raise DocumentError("no_office")
    with tempfile.TemporaryDirectory(prefix="xieshang-office-", ignore_cleanup_errors=True) as folder:
        source, user = Path(folder) / f"paper.{ending}", Path(folder) / "profile" / "user"
        source.write_bytes(data)
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        made = Path(folder) / "made"
        command = [
            program, f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore", "--convert-to", to, "--outdir", str(made), str(source),
        ]  # fmt: skip
        _run(command, {**os.environ, "HOME": folder, **(around or {})}, timeout)
        target = made / f"paper.{to.partition(':')[0]}"
        if not target.is_file():
            raise DocumentError("office_failed")
        if target.stat().st_size > MOST:
            raise DocumentError("zip_bomb")
        return target.read_bytes()


def _run(command: list[str], around: Mapping[str, str], timeout: float) -> None:
    """In a group of its own: when the time is over, what the program has started is stopped with it."""
    try:
        running = subprocess.Popen(
            command, env=around, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )  # fmt: skip
        try:
            failed = running.wait(timeout) != 0
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            failed = True
    except OSError as error:
        raise DocumentError("office_failed") from error
    if failed:
        raise DocumentError("office_failed")
