"""How long to wait before trying again."""

import random
from collections.abc import Iterator

CAP_SECONDS = 30.0


def delays(first_seconds: float = 0.5) -> Iterator[float]:
    """Endless seconds to wait: exponential with jitter, so that a fleet does not come back all at once."""
    ceiling = first_seconds
    while True:
        yield random.uniform(ceiling / 2, ceiling)
        ceiling = min(CAP_SECONDS, ceiling * 2)
