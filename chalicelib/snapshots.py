"""Functions that AWS starts from one snapshot (SnapStart), and what is to be another in each."""

import random
from contextlib import suppress


def differ() -> None:
    """Have each begin its random choices anew: else all would choose the same shards, and the same of what waits.

    Secrets and ids come from the system, which differs by itself. Lambda's runtime has the hook, and nothing else does.
    """
    with suppress(ImportError):
        from snapshot_restore_py import register_after_restore  # type: ignore[import-not-found]

        register_after_restore(random.seed)
