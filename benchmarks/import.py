"""What an import costs: seconds and memory from small to large bundles, beside copying the same bytes with boto3.

The import runs as the tasks function runs it, in a process of its own for each size, against a deployed stack's S3 and
table. `--sparse-gigabytes 20` adds one as large as Lambda can be expected to meet, against a stand-in for S3 that keeps
zeros as holes. The baseline streams the bundle from S3 to S3 with boto3's own `upload_fileobj`, hashing on the way.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from agon import config
from agon.local.stack import Stack
from benchmarks import local, sparse_s3
from benchmarks.budget import as_a_function
from benchmarks.report import show

MEGABYTE = 1024**2
SIZES = (10 * MEGABYTE, 100 * MEGABYTE, 500 * MEGABYTE, 2048 * MEGABYTE)
MANIFEST = """\
version: 2
title: Large
tasks: [{index: 0, name: T, scoring_program: program/, reference_data: reference.zip, input_data: input/}]
phases: [{index: 0, name: P, start: 2026-01-01, tasks: [0]}]
leaderboards: [{title: L, key: l, columns: [{title: A, key: a, index: 0}]}]
"""
_MEASURED = """
import json, resource, sys, time
sys.path.insert(0, "")
{setup}
began = time.perf_counter()
{work}
seconds = time.perf_counter() - began
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, more]))
"""
_IMPORT = """
from datetime import UTC, datetime, timedelta
from chalicelib import ids
from chalicelib.store.background import jobs
from chalicelib.store.bundles.imports import Import
now = datetime.now(UTC)
id_ = ids.new(now)
row = Import(*Import.at(id_), id=id_, owner="o", owner_name="o", competition=ids.new(now), object_key=sys.argv[1],
             status=jobs.WAITING, created_at=now)
row.wake_at(now + timedelta(hours=1))
row.save()
"""
#: As many functions as it takes, each with so many seconds, and how many parts they sent in all.
_RUN = """
from botocore.client import BaseClient
from chalicelib import deadlines
from chalicelib.actions.background import jobs as background
from chalicelib.store.bundles import imports
seconds, functions, sent, call = float(sys.argv[2]), 0, 0, BaseClient._make_api_call
def counting(self, operation, arguments):
    global sent
    sent += operation == "UploadPart"
    if operation == "SendMessage":
        return {}  # It would have the deployed function take a share of the work.
    return call(self, operation, arguments)
BaseClient._make_api_call = counting
while imports.find(id_).status == jobs.WAITING:
    functions += 1
    now = datetime.now(UTC)
    background.run(Import, id_, now, now + timedelta(seconds=seconds) + deadlines.MARGIN)
assert imports.find(id_).status == jobs.FINISHED, imports.find(id_).errors
more = {"functions": functions, "parts_sent": sent}
"""
_COPY_SETUP = """
import hashlib, os
import boto3
from boto3.s3.transfer import TransferConfig
s3, bucket = boto3.client("s3"), os.environ["AGON_FILES_BUCKET"]
class Hashed:
    def __init__(self, body): self.body, self.digest = body, hashlib.sha256()
    def read(self, size=-1):
        chunk = self.body.read(size)
        self.digest.update(chunk)
        return chunk
"""
_COPY = """
more = {}
body = Hashed(s3.get_object(Bucket=bucket, Key=sys.argv[1])["Body"])
s3.upload_fileobj(body, bucket, "benchmark/copy", Config=TransferConfig(use_threads=False))
"""


def main() -> None:
    """Measure each size, smallest first."""
    limit = _argument("--max-megabytes", SIZES[-1] // MEGABYTE) * MEGABYTE
    # Lambda's functions live for 900 seconds. With fewer, a small bundle is interrupted as often as one of 20 GB.
    function_seconds = _argument("--function-seconds", 870)
    sizes = [size for size in SIZES if size <= limit]
    with local.stack() as stack, as_a_function(stack):
        measured = [_measure(stack, size, function_seconds) for size in sizes]
        if gigabytes := _argument("--sparse-gigabytes", 0):
            sizes = [*sizes, gigabytes * 1024 * MEGABYTE]
            measured.append(_measure_sparse(sizes[-1], function_seconds))
    result = {
        "sizes_bytes": sizes,
        "seconds": [round(one["import"][0], 2) for one in measured],
        "baseline_seconds": [round(one["copy"][0], 2) for one in measured],
        "peak_rss_bytes": [one["import"][1] for one in measured],
        "baseline_peak_rss_bytes": [one["copy"][1] for one in measured],
        "functions": [one["import"][2]["functions"] for one in measured],
        "parts_sent": [one["import"][2]["parts_sent"] for one in measured],
        "seconds_per_gb": [round(one["import"][0] / size * 1024**3, 2) for one, size in zip(measured, sizes, strict=True)],
    }
    rows = [
        (
            f"{size // MEGABYTE:,} MB",
            *(one["import"][0], one["copy"][0], one["import"][0] / one["copy"][0]),
            *(one["import"][1] // MEGABYTE, one["copy"][1] // MEGABYTE),
            *one["import"][2].values(),
        )
        for size, one in zip(sizes, measured, strict=True)
    ]
    columns = (
        "bundle",
        "import (s)",
        "copy (s)",
        "ratio",
        "import's memory (MB)",
        "copy's memory (MB)",
        "functions",
        "parts sent",
    )
    show("Importing bundles", columns, rows, result)


def _argument(name: str, default: int) -> int:
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def _measure(stack: Stack, size: int, function_seconds: int) -> dict[str, Any]:
    s3, bucket, key = stack.aws.client("s3"), stack.outputs["FilesBucket"], "uploads/benchmark.zip"
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.zip"
        _write(bundle, size)
        s3.upload_file(str(bundle), bucket, key)
    found = {"import": _process(_IMPORT, _RUN, key, function_seconds), "copy": _process(_COPY_SETUP, _COPY, key, 0)}
    for prefix in ("datasets/", "competitions/", "benchmark/", "uploads/"):
        for item in s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=item["Key"])
    return found


def _measure_sparse(size: int, function_seconds: int) -> dict[str, Any]:
    """As `_measure`, with a bundle of zeros that nothing compresses: the emulator would keep it in memory, twice."""
    key = "uploads/benchmark.zip"
    with tempfile.TemporaryDirectory() as folder, sparse_s3.serving(Path(folder)) as (endpoint, path_of):
        _write_sparse(path_of(key), size)
        os.environ["AWS_ENDPOINT_URL_S3"] = endpoint
        try:
            return {"import": _process(_IMPORT, _RUN, key, function_seconds), "copy": _process(_COPY_SETUP, _COPY, key, 0)}
        finally:
            del os.environ["AWS_ENDPOINT_URL_S3"]


def _process(setup: str, work: str, key: str, function_seconds: int) -> list[Any]:
    script = _MEASURED.format(setup=setup, work=work)
    quiet = {**os.environ, "POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_TRACE_DISABLED": "true"}
    done = subprocess.run(
        [sys.executable, "-c", script, key, str(function_seconds)],
        cwd=config.SOURCE,
        env=quiet,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _write(path: Path, size: int) -> None:
    """A bundle of `size` bytes that do not compress: nine tenths in one archive, the rest in a folder of 100 files."""
    chance, chunk = random.Random(size), MEGABYTE // 4
    inner = path.with_name("reference.zip")
    with zipfile.ZipFile(inner, "w") as archive, archive.open("truth.bin", "w", force_zip64=True) as member:
        for _ in range(size * 9 // 10 // chunk):
            member.write(chance.randbytes(chunk))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("competition.yaml", MANIFEST)
        archive.writestr("program/metadata.yaml", "command: x")
        archive.write(inner, "reference.zip")
        for number in range(100):
            archive.writestr(f"input/{number}.bin", chance.randbytes(size // 10 // 100))
    inner.unlink()


def _write_sparse(path: Path, size: int) -> None:
    """A bundle of `size` bytes, with two stored archives that hold a file of zeros each."""
    inner, zeros = path.with_name("inner.zip"), bytes(MEGABYTE)
    with (
        sparse_s3.Sparse(inner, "w") as file,
        zipfile.ZipFile(file, "w") as archive,
        archive.open("truth.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(size // 2 // MEGABYTE):
            member.write(zeros)
    with sparse_s3.Sparse(path, "w") as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("competition.yaml", MANIFEST.replace("input/", "input.zip"))
        archive.writestr("program/metadata.yaml", "command: x")
        for name in ("reference.zip", "input.zip"):
            with archive.open(name, "w", force_zip64=True) as member, inner.open("rb") as content:
                shutil.copyfileobj(content, member, MEGABYTE)
    inner.unlink()


if __name__ == "__main__":
    main()
