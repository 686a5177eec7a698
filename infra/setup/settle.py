"""Writes the zip that it is given anew, so that the same files are the same bytes, whenever and wherever they are packed."""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: What a zip calls the beginning of time, and what everybody may read.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644


def main(archive: Path) -> None:
    """Put its files in order and take their dates and owners' rights away."""
    settled = archive.with_suffix(".settled")
    with ZipFile(archive) as packed, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in sorted(packed.namelist()):
            entry = ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, _MODE << 16
            target.writestr(entry, packed.read(name))
    settled.replace(archive)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
