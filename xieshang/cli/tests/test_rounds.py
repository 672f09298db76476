"""The worker rests between rounds, and begins one at once when somebody waits for what it makes."""

import pytest

from xieshang.base import rounds


@pytest.fixture
def slept(settings, tmp_path, monkeypatch):
    """How long the worker slept, piece by piece; nobody really waits. What is rung in the meantime: `slept.ring_at`."""
    settings.DATA = tmp_path / "data"
    pieces = []

    def sleep(seconds):
        pieces.append(seconds)
        if len(pieces) == 3:
            rounds._ring()

    monkeypatch.setattr(rounds.time, "sleep", sleep)
    monkeypatch.setattr(rounds.time, "monotonic", lambda: sum(pieces))
    return pieces


def test_a_bell_that_rang_during_the_round_means_no_rest(slept):
    heard = rounds.rung()
    rounds._ring()
    rounds.rest(20, heard)
    assert slept == []


def test_a_bell_that_rings_ends_the_rest(slept):
    rounds.rest(20, rounds.rung())
    assert slept == [rounds.STEP] * 3


def test_without_one_the_rest_is_as_long_as_it_is(slept):
    slept += [0.0] * 3  # the bell of the fixture is behind us
    rounds.rest(2, rounds.rung())
    assert sum(slept) == 2


def test_it_rings_when_what_was_asked_for_is_committed(db, slept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        rounds.ring()
        assert rounds.rung() == 0
    waiting[0]()
    assert rounds.rung() > 0
