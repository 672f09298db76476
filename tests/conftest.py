"""What the tests of the whole house stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from xieshang.base import clock
from xieshang.conftest import NOON, house, now  # noqa: F401  the same house as in every room

from . import world as worlds


@pytest.fixture(autouse=True)
def own_data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Files and the heads of the chain go to a folder of this test, unless its module keeps a world of its own."""
    cache.clear()
    if "world" in request.fixturenames or "live_server" in request.fixturenames:
        yield tmp_path
        return
    with override_settings(DATA=tmp_path, MEDIA_ROOT=tmp_path / "files"):
        yield tmp_path


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[worlds.World]:
    """One world for a module: what a test does in it is rolled back at the end of the test."""
    folder = tmp_path_factory.mktemp("world")
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(DATA=folder, MEDIA_ROOT=folder / "files"),
        clock.at(NOON),
        transaction.atomic(),
    ):
        yield worlds.make()
        transaction.set_rollback(True)
