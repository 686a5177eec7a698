"""The version of this program, told without importing anything else."""

import sys

from chalicelib.contract.version import VERSION


def tell_version() -> None:
    """Print the version."""
    sys.stdout.write(f"agon {VERSION}\n")
