"""What unit tests share."""

import gc
from collections.abc import Iterator
from functools import cache

import pytest
from botocore import session as sessions
from hypothesis import HealthCheck, settings

# Examples have no limit of time: another suite may have the processor meanwhile.
_unhurried = [*settings.default.suppress_health_check, HealthCheck.too_slow]
settings.register_profile("unhurried", settings.default, deadline=None, suppress_health_check=_unhurried)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _own_garbage() -> Iterator[None]:
    """Limits of time are a test's own: what other suites left in the process is not searched for garbage meanwhile."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _descriptions() -> Iterator[None]:
    """botocore reads what services there are once, and not for each session that a test makes: 40 ms of computing each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "create_loader", cache(sessions.create_loader))
        yield
