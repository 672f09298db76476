"""`python -m xieshang.text FILE`: print what is read from a UTF-8 text as JSON."""

import json
import sys
from pathlib import Path

from xieshang.text.reading import read

if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(json.dumps(read(text).as_json(), ensure_ascii=False, indent=1))
