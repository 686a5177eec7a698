"""Fills a folder with the locked packages that run on Lambda, without what no function of ours needs.

vendor.py FOLDER PYTHON ARCHITECTURE, such as vendor.py build/vendor 3.13 arm64.

Nothing of it is run or built here, so any machine packs for any Python and processor of Lambda's.
"""

import shutil
import struct
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[2] / "locks/function.txt"
#: What the functions call. Descriptions of the other 400 services are most of what boto3 weighs.
SERVICES = frozenset({"cognito-idp", "dynamodb", "s3", "sesv2", "sqs", "ssm", "sts"})
#: What wheels call Lambda's processors, and a glibc that is no newer than that of any of its Pythons.
PROCESSORS = {"x86_64": "x86_64", "arm64": "aarch64"}
PLATFORMS = ("manylinux2014", "manylinux_2_17")
#: What no function reads: commands, a web framework with Swagger's pages, another pydantic, how a browser's Python calls,
#: a second copy of time zones, the makers of C bindings, which cryptography needs when it is built, and a package's tests.
LEFT_OUT = (
    "bin",
    "aws_lambda_powertools/event_handler",
    *(f"aws_lambda_powertools/utilities/{name}" for name in ("auth_alpha", "batch", "circuit_breaker", "data_classes")),
    *(f"aws_lambda_powertools/utilities/{name}" for name in ("data_masking", "feature_flags", "idempotency", "kafka")),
    *(f"aws_lambda_powertools/utilities/{name}" for name in ("parameters", "parser", "streaming")),
    "pydantic/v1",
    "urllib3/contrib/emscripten",
    "dateutil/zoneinfo",
    "cffi",
    "pycparser",
    "icalendar/tests",
)


def main(folder: Path, version: str, architecture: str) -> None:
    """Fill the folder anew. Raises CalledProcessError when a package has no wheel for this Python and processor."""
    shutil.rmtree(folder, ignore_errors=True)
    _install(folder, version, PROCESSORS[architecture])
    for path in LEFT_OUT:
        shutil.rmtree(folder / path)
    for package in ("boto3", "botocore"):
        _leave_out_services(folder / package / "data")
    # What pip needs to take a package away again.
    for record in folder.glob("*.dist-info/RECORD"):
        record.unlink()
    for library in folder.rglob("*.so"):
        library.write_bytes(loaded(library.read_bytes()))


def _install(folder: Path, version: str, processor: str) -> None:
    platforms = [f"--python-version={version}", *(f"--platform={platform}_{processor}" for platform in PLATFORMS)]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    # The lock is whole. Without dependencies, pip looks at it alone.
    exact = ["--require-hashes", "--no-deps", "--only-binary=:all:", f"--requirement={LOCK}"]
    subprocess.run([*pip, *exact, *platforms, f"--target={folder}"], check=True)


def _leave_out_services(data: Path) -> None:
    # Its files, beside the folders of services, hold for all of them.
    for service in data.iterdir():
        if service.is_dir() and service.name not in SERVICES:
            shutil.rmtree(service)


def loaded(library: bytes) -> bytes:
    """The part of an ELF file of 64 bits that is ever loaded: to the end of its last segment.

    Behind it stand names for debuggers and the table of sections, which is for linkers. It names no file of another kind.
    """
    if library[:5] != b"\x7fELF\x02":
        return library
    (first,) = struct.unpack_from("<Q", library, 32)
    size, count = struct.unpack_from("<HH", library, 54)
    segments = (struct.unpack_from("<8xQ16xQ", library, first + number * size) for number in range(count))
    kept = bytearray(library[: max(begin + length for begin, length in segments)])
    # That there is no such table: its place, and the size and number of its rows and the row of its names.
    struct.pack_into("<Q", kept, 40, 0)
    struct.pack_into("<HHH", kept, 58, 0, 0, 0)
    return bytes(kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
