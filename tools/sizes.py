"""No file over 1 MB, no module of ours over 500 lines, no address or path of a machine in what is committed."""

import re
import subprocess
import sys
from pathlib import Path

FORBIDDEN = re.compile(r"--(?:extra-)?index-url|\"resolved\": *\"http|/root/\.|pypi\.org/(?:simple|packages)")
LONGEST = 500


def main() -> int:
    found = []
    names = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True).stdout.split("\0")
    for path in (Path(name) for name in names if name and Path(name).is_file()):
        if path.stat().st_size > 1_000_000:
            found.append(f"{path}: over 1 MB")
        if (
            path.suffix not in (".py", ".html", ".txt", ".md", ".json", ".toml", ".sh", ".yml", ".js", ".css")
            or "vendor" in path.parts
        ):
            continue
        text = path.read_text(encoding="utf-8")
        if (
            path.suffix == ".py"
            and "tests" not in path.parts
            and "migrations" not in path.parts
            and text.count("\n") > LONGEST
        ):
            found.append(f"{path}: {text.count(chr(10))} lines, over {LONGEST}")
        if path.name != "sizes.py" and FORBIDDEN.search(text):
            found.append(f"{path}: an address or a path of a machine")
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
