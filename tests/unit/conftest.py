"""What unit tests share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _own_garbage() -> Iterator[None]:
    """Limits of time are a test's own: what other suites left in the process is not searched for garbage meanwhile."""
    gc.freeze()
    yield
    gc.unfreeze()
