"""What the tests of base/ add: a seals folder of their own, hypothesis profiles, and threads that share a database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings

from xieshang.base import clock

SHARED = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("pure", deadline=None, max_examples=200)
settings.register_profile("rows", deadline=None, max_examples=15, suppress_health_check=SHARED)
ROWS = settings.get_profile("rows")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs PostgreSQL is left to the run that has it: deselected, not skipped, on SQLite."""
    if connection.vendor == "postgresql":
        return
    left = [item for item in items if item.get_closest_marker("postgres")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path: Path) -> Iterator[Path]:  # type: ignore[no-untyped-def]
    """Files and the heads of the chain go to a folder of this test: ids come again in every test."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    yield tmp_path


@contextmanager
def forgotten() -> Iterator[None]:
    """One example of hypothesis: what it writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def together(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs at the same moment, each on its own connection; what each returned, or the exception it raised."""
    outcomes: list[object] = [None] * len(jobs)
    start = Barrier(len(jobs))
    moment = clock.now()

    def run(n: int, job: Callable[[], object]) -> None:
        try:
            with clock.at(moment):
                start.wait(10)
                outcomes[n] = job()
        except Exception as error:
            outcomes[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a thread waits for ever"
    return outcomes
