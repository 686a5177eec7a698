"""Zips that a site hands out, unpacked: looked at before anything is written."""

import zipfile
from pathlib import Path

from agon.errors import BadFile
from chalicelib.contract import archives


def unpacked(path: Path) -> Path:
    """The folder beside a zip, and of its name, that now has what was in it. The zip goes.

    Raises BadFile for a zip that must not be unpacked, which stays as it is, and when nothing can be written.
    """
    folder = path.with_suffix("")
    try:
        with path.open("rb") as file, archives.reading():
            archive = archives.open_directory(file)
            if found := archives.dangers(archive, archives.HANDED_OUT):
                raise BadFile(f"{path} is not unpacked. {found[0].message}")
            archive.extractall(folder)
        path.unlink()
    except zipfile.BadZipFile as error:
        raise BadFile(f"{path} is not unpacked. {error}") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be unpacked: {error.strerror or error}.") from error
    return folder
