"""What happens when work on many cores does not end well?"""

import os

import pytest

from checker.engines.pool import cores, of_buckets
from checker.model.error import CheckerError


def test_killed_worker_is_an_error_with_advice() -> None:
    """A worker that dies gives an error that says what to try, and no half result."""
    with pytest.raises(CheckerError, match="a worker process was killed"):
        list(of_buckets(os._exit, 2, 2))


def test_error_of_a_worker_is_the_error() -> None:
    """What goes wrong in a worker is raised here as it was there."""
    with pytest.raises(TypeError):
        list(of_buckets(len, 2, 2))  # type: ignore[arg-type]  # a number has no length


def test_every_bucket_comes_once() -> None:
    """All buckets are judged, in whatever order they are done."""
    assert sorted(of_buckets(abs, 5, 2)) == [(number, number) for number in range(5)]
    assert list(of_buckets(abs, 3, 1)) == [(0, 0), (1, 1), (2, 2)]
    assert cores() >= 1
