"""The name and version under which Agon is installed: site, runner, command line.

They stand here and in pyproject.toml alone; `make release` changes the version.
"""

VERSION = "0.1.0"
DISTRIBUTION = "agon-competitions"


def how_to_install(*extras: str) -> str:
    """The command to install Agon with these extras: no index has it by its name (ADR 25)."""
    wanted = f"{DISTRIBUTION}[{','.join(extras)}]"
    return f"pip install '{wanted} @ WHEEL', where WHEEL is the address that your site's administrator tells"
