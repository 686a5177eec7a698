"""Writes the zip that it is given anew, so that the same files are the same bytes, whenever and wherever they are packed.

Modules get their bytecode: Lambda's folder is read-only, so each cold start would compile what it imports. It is that of the
Python which runs this; of another one than Lambda's it is worth nothing (--without-bytecode).
"""

import importlib.util
import marshal
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: Where Lambda unpacks it.
_HOME = "/var/task"
#: What bytecode begins with that is good whatever the dates of files are: nobody looks at its source's hash (PEP 552).
_UNCHECKED = (1).to_bytes(4, "little")
#: What a zip calls the beginning of time, and what everybody may read.
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644
_LEVEL = 9
#: What compilers and type checkers read, and no function.
_UNREAD = (".pyi", ".c", ".h", ".pxd", ".pyx")


def main(archive: Path, with_bytecode: bool = True) -> None:
    """Put its files in order, leave out what nobody reads, and take their dates and owners' rights away."""
    settled = archive.with_suffix(".settled")
    with ZipFile(archive) as packed, ZipFile(settled, "w") as target:
        files = {name: packed.read(name) for name in packed.namelist() if not name.endswith(_UNREAD)}
        made = _bytecode(files) if with_bytecode else {}
        for name, content in sorted((made | files).items()):
            entry = ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, _MODE << 16
            target.writestr(entry, content, compresslevel=_LEVEL)
    settled.replace(archive)


def _bytecode(files: dict[str, bytes]) -> dict[str, bytes]:
    """The bytecode of each module that has none."""
    modules = {name: importlib.util.cache_from_source(name) for name in files if name.endswith(".py")}
    return {cached: _compiled(name, files[name]) for name, cached in modules.items() if cached not in files}


def _compiled(name: str, source: bytes) -> bytes:
    code = compile(source, f"{_HOME}/{name}", "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--without-bytecode" not in sys.argv)
