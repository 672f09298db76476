"""The installation's own settings with one more address: the bare page that every other page is compared with."""

from pathlib import Path

from xieshang.web.settings import *  # noqa: F403
from xieshang.web.settings import TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
