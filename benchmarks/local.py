"""A local stack of the benchmarks' own: fresh, on a free port, gone afterwards."""

import dataclasses
import json
import re
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


def trust_this_process(stack: Stack) -> None:
    """Have runners' role trust who runs the functions' code here: the deployed one trusts the API's role alone."""
    name = stack.outputs["RunnerRoleArn"].rpartition("/")[2]
    here = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [here]})
    stack.aws.client("iam").update_assume_role_policy(RoleName=name, PolicyDocument=policy)


def competition(organizer: Client) -> dict[str, Any]:
    """examples/iris, imported and published, without its daily limit."""
    with tempfile.TemporaryDirectory() as copy:
        folder = Path(copy) / "iris"
        shutil.copytree(EXAMPLE, folder)
        manifest = folder / "competition.yaml"
        manifest.write_text(re.sub(r"(max_submissions_per_day:) \d+", r"\1 0", manifest.read_text()))
        return _imported(organizer, folder)


def _imported(organizer: Client, folder: Path) -> dict[str, Any]:
    with archive.packed(folder) as bundle:
        upload = organizer.upload(bundle, "bundle")
    done = organizer.wait_for_import(organizer.import_bundle(upload["id"])["id"])
    organizer.publish(done["competition"])
    return organizer.competition(done["competition"])


__all__ = ["EXAMPLE", "ORGANIZER", "competition", "stack", "trust_this_process"]
