"""`agon`: the command line. Which command is where says agon/commands/table.py; what each does is beside that."""

import atexit
import gc
import sys

from agon.version import tell_version

#: New objects before Python looks for cycles among them: most commands import all of theirs and end.
_NEW_OBJECTS = 100_000


def app() -> None:
    """Run the command that was typed."""
    # Scripts ask for the version again and again: nothing else is imported for it.
    if sys.argv[1:] == ["--version"]:
        tell_version()
        return
    # A third of what a command computes would be a search for cycles in what it imported, at its start and at its end.
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)
    from agon.tree import app as tree

    tree()


if __name__ == "__main__":
    app()
