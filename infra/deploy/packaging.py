"""The functions' code and the template that names it, for the Python and the processor that a stage wants."""

import subprocess
import sys
from pathlib import Path

from agon import config
from agon.errors import StackFailed
from agon.local import deploy

#: What this machine's own packages are made for, which emulators run.
HERE = (f"{sys.version_info.major}.{sys.version_info.minor}", "x86_64")


def packaged(python: str, architecture: str, folder: Path, snap_start: bool = False) -> Path:
    """A folder with sam.yaml and deployment.zip: `folder`, or the one of all local stacks where that is what is wanted.

    With `snap_start` the API's function is a published version that AWS starts from a snapshot. Raises StackFailed.
    """
    if (python, architecture) == HERE and not snap_start:
        return deploy.package(config.SOURCE / ".cache/stack", deploy.fingerprint(config.SOURCE))
    script = config.SOURCE / "infra/setup/package.sh"
    environment = config.child_environment()
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment.get('PATH', '')}"
    words = ["bash", str(script), str(folder), python, architecture, *(["snap-start"] if snap_start else [])]
    if subprocess.run(words, env=environment, stdout=sys.stderr).returncode:
        raise StackFailed("The functions cannot be packaged: see above.")
    return folder
