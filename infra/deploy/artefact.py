"""A release as a folder, which a team deploys with `aws` and `docker` alone: the same bytes of the same sources."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from agon import config
from agon.errors import StackFailed
from chalicelib.contract.version import VERSION
from infra.deploy import hosting, packaging

SUMS = "SHA256SUMS"
#: What a zip calls the beginning of time, and what everybody may read.
_DATE, _MODE = (1980, 1, 1, 0, 0, 0), 0o644
#: Which a lock of what runs on Lambda does not have: Chalice packs itself.
_PACKER = "chalice"
_RUNNER_HEAD = "# What a runner is installed of, in this folder: pip install --require-hashes -r runner.txt"

Say = Callable[[str], None]


def make(root: Path, python: str, architecture: str, say: Say) -> Path:
    """The folder `root`/agon-VERSION, made anew. Raises StackFailed."""
    folder = root / f"agon-{VERSION}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "sbom").mkdir(parents=True)
    say(f"Packaging the functions for Python {python} on {architecture} …")
    _stack(folder, packaging.packaged(python, architecture, config.SOURCE / "build/stages/artefact"))
    say("Packing the console, the runner and the command line …")
    _console(folder)
    _runner(folder)
    say("Writing down what all is made of …")
    _bills(folder / "sbom")
    _sums(folder)
    return folder


def _stack(folder: Path, built: Path) -> None:
    shutil.copyfile(built / "sam.yaml", folder / "template.yaml")
    shutil.copyfile(built / "deployment.zip", folder / "deployment.zip")
    for path in (hosting.TEMPLATE, config.SOURCE / "LICENSE", config.SOURCE / "infra/runner-host/fleet.yaml"):
        shutil.copyfile(path, folder / path.name)


def _console(folder: Path) -> None:
    if not (hosting.DIST / "index.html").exists():
        raise StackFailed("The console is not built: `make setup` does.")
    with ZipFile(folder / "console.zip", "w", ZIP_DEFLATED) as packed:
        for path in sorted(one for one in hosting.DIST.rglob("*") if one.is_file()):
            entry = ZipInfo(path.relative_to(hosting.DIST).as_posix(), _DATE)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, _MODE << 16
            packed.writestr(entry, path.read_bytes())


def _runner(folder: Path) -> None:
    script = (
        'source infra/setup/say.sh; source infra/setup/own_wheel.sh; pip="$1 -m pip"; own_wheel "$2" --no-build-isolation'
    )
    _run(["bash", "-euc", script, "bash", sys.executable, str(folder)], config.SOURCE)
    [wheel] = folder.glob("*.whl")
    own = f"./{wheel.name}[runner] --hash=sha256:{_sha256(wheel)}"
    locked = [line for line in (config.SOURCE / "locks/runner.txt").read_text().splitlines() if not line.startswith("#")]
    (folder / "runner.txt").write_text("\n".join([_RUNNER_HEAD, own, *locked, ""]))
    shutil.copyfile(config.SOURCE / "infra/images/runner/Dockerfile", folder / "Dockerfile")


def _bills(folder: Path) -> None:
    """A bill of materials (CycloneDX) of each part."""
    locks = config.SOURCE / "locks"
    [packer] = re.findall(rf"^{_PACKER}==.+?(?=^\S)", (locks / "dev.txt").read_text(), re.M | re.S)
    _bill_of_packages(folder / "functions.cdx.json", (locks / "function.txt").read_text() + packer)
    _bill_of_packages(folder / "runner.cdx.json", (locks / "runner.txt").read_text())
    (folder / "console.cdx.json").write_text(_bill_of_console())


def _bill_of_packages(target: Path, lock: str) -> None:
    words = [
        "-m",
        "cyclonedx_py",
        "requirements",
        "--output-reproducible",
        "--no-validate",
        "--output-file",
        str(target),
        "-",
    ]
    _run([sys.executable, *words], config.SOURCE, lock)


def _bill_of_console() -> str:
    with tempfile.TemporaryDirectory() as parent:
        # npm makes no bill of what has no version, and writes the folder's name into it.
        place = Path(parent) / "console"
        place.mkdir()
        told = json.loads((config.SOURCE / "console/package.json").read_text())
        (place / "package.json").write_text(json.dumps({**told, "version": VERSION}))
        shutil.copyfile(config.SOURCE / "console/package-lock.json", place / "package-lock.json")
        bill = json.loads(_run(["npm", "sbom", "--sbom-format=cyclonedx", "--omit=dev", "--package-lock-only"], place))
    # When it was made, and a number of its own, are another time others.
    del bill["serialNumber"], bill["metadata"]["timestamp"]
    return json.dumps(bill, indent=2, sort_keys=True) + "\n"


def _sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / SUMS).write_text("".join(lines))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(words: Sequence[str], folder: Path, given: str | None = None) -> str:
    environment: dict[str, Any] = config.child_environment()
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run(words, cwd=folder, env=environment, input=given, capture_output=True, text=True)
    if done.returncode:
        raise StackFailed(f"{words[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout
