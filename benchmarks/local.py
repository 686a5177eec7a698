"""A local stack of the benchmarks' own: fresh, on a free port, gone afterwards."""

import dataclasses
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agon import archive, config
from agon.client import Client
from agon.local import process
from agon.local.demo import EXAMPLE
from agon.local.stack import ORGANIZER, Stack


@contextmanager
def stack() -> Iterator[Stack]:
    """The packaged stack, deployed to an emulator that nobody else uses."""
    folder = Path(tempfile.mkdtemp(prefix="agon-benchmark-"))
    own = dataclasses.replace(config.read(), state=folder, aws_endpoint=None)
    made = Stack(own, lambda sentence: print(sentence, file=sys.stderr), process.free_port())
    try:
        made.up()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def competition(organizer: Client, folder: Path = EXAMPLE) -> dict[str, Any]:
    """An example, imported and published."""
    with archive.packed(folder) as bundle:
        upload = organizer.upload(bundle, "bundle")
    done = organizer.wait_for_import(organizer.import_bundle(upload["id"])["id"])
    organizer.publish(done["competition"])
    return organizer.competition(done["competition"])


__all__ = ["EXAMPLE", "ORGANIZER", "competition", "stack"]
