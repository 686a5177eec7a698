"""Files that macOS and Windows leave in folders and zips, and nobody means to hand in. One list for whoever packs or
unpacks."""

from collections.abc import Iterable

#: Names of files and folders, as `casefold` writes them.
_NAMES = frozenset(
    {
        *("__macosx", ".ds_store", ".appledouble", ".lsoverride", ".apdisk", ".temporaryitems", "icon\r"),
        *(".spotlight-v100", ".trashes", ".fseventsd", ".documentrevisions-v100", ".volumeicon.icns"),
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"),
    }
)
#: What macOS keeps beside a file on a disk that is not its own: `._name` for `name`.
_TWIN = "._"


def is_litter(path: Iterable[str]) -> bool:
    """True for a path, as its parts, that lies in such a thing or is one. What else begins with a dot is its owner's."""
    return any(part.casefold() in _NAMES or part.startswith(_TWIN) for part in path)
