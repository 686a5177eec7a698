"""The functions' code and the template that names it, for the Python and the processor that a stage wants."""

import subprocess
import sys
from pathlib import Path

from agon import config
from agon.errors import StackFailed
from agon.local import deploy
from infra.deploy.stages import Stage


def packaged(stage: Stage, is_emulated: bool) -> Path:
    """A folder with sam.yaml and deployment.zip. An emulator runs functions by the Python that is here.

    Raises StackFailed.
    """
    if is_emulated:
        return deploy.package(config.SOURCE / ".cache/stack", deploy.fingerprint(config.SOURCE))
    folder = config.SOURCE / "build/stages" / stage.name
    script = config.SOURCE / "infra/setup/package.sh"
    environment = config.child_environment()
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment.get('PATH', '')}"
    words = ["bash", str(script), str(folder), stage.python, stage.architecture]
    done = subprocess.run(words, env=environment, stdout=sys.stderr)
    if done.returncode:
        raise StackFailed("The functions cannot be packaged: see above.")
    return folder
