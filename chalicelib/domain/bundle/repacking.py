"""A member of one archive put into another as it is packed: unpacked to be judged, and not packed anew.

Packing is nine tenths of what an import computes. `zipfile` has no way for it, but all of the parts: the directory of an
archive that is being written is what stands in `filelist`, and goes to `start_dir` when it is closed.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

_CHUNK_BYTES = 1024**2
_HEADER_BYTES = 30
#: Deflated without the frame that other formats have.
_RAW = -15


def put(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Write a deflated member of `source` as `entry`, the next one of `target`. Nothing else of either may be open.

    Raises BadZipFile, zlib.error and EOFError for a member that is broken, or is not what the directory says.
    """
    read_from, write_to = source.fp, target.fp
    assert read_from and write_to, "Both are open."
    entry.compress_type, entry.CRC = member.compress_type, member.CRC
    entry.compress_size, entry.file_size = member.compress_size, member.file_size
    entry.header_offset = write_to.tell()
    write_to.write(entry.FileHeader())
    read_from.seek(_begin(source, read_from, member))
    for chunk in _judged(read_from, member):
        write_to.write(chunk)
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry
    target.start_dir = write_to.tell()


def _begin(source: zipfile.ZipFile, file: IO[bytes], member: zipfile.ZipInfo) -> int:
    """The place where a member's bytes begin, behind a header that fits the directory."""
    source.open(member).close()
    file.seek(member.header_offset)
    name, extra = struct.unpack("<HH", file.read(_HEADER_BYTES)[-4:])
    return int(member.header_offset + _HEADER_BYTES + name + extra)


def _judged(file: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member as they are packed, each piece once it has been unpacked."""
    unpacker, left, size, crc = zlib.decompressobj(_RAW), member.compress_size, 0, 0
    while left:
        chunk = file.read(min(left, _CHUNK_BYTES))
        if not chunk:
            raise EOFError(f"{member.filename!r} ends before its end")
        left -= len(chunk)
        for content in _unpacked(unpacker, chunk):
            size, crc = size + len(content), zlib.crc32(content, crc)
            if size > member.file_size:
                raise zipfile.BadZipFile(f"{member.filename!r} has more in it than the directory says")
        yield chunk
    if not unpacker.eof or unpacker.unused_data or (size, crc) != (member.file_size, member.CRC):
        raise zipfile.BadZipFile(f"Bad CRC-32 for file {member.filename!r}")


def _unpacked(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """What a piece unpacks to, a little at a time: a few bytes may stand for a thousand times as many."""
    while True:
        content = unpacker.decompress(packed, _CHUNK_BYTES)
        packed = unpacker.unconsumed_tail
        yield content
        if not packed and len(content) < _CHUNK_BYTES:
            return
