"""A file above 100 MB goes in parts, straight to storage."""

import zipfile
from pathlib import Path

from agon.client import Client

MEGABYTE = 1024**2


def test_a_large_file_arrives_in_parts(ada: Client, tmp_path: Path) -> None:
    path, told = tmp_path / "large.zip", []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("zeros.bin", bytes(130 * MEGABYTE))
    upload = ada.upload(path, "submission", progress=told.append)
    assert (upload["state"], upload["size_bytes"]) == ("committed", path.stat().st_size)
    assert sum(told) == path.stat().st_size
