"""`agon`: the command line. Which command is where says agon/commands/table.py; what each does is beside that."""

import sys

from agon.version import tell_version


def app() -> None:
    """Run the command that was typed."""
    # Scripts ask for the version again and again: nothing else is imported for it.
    if sys.argv[1:] == ["--version"]:
        tell_version()
        return
    from agon.tree import app as tree

    tree()


if __name__ == "__main__":
    app()
